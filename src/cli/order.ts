import type { z } from 'zod'
import type { problemSchema } from '../adapters/http/problem.ts'
import type { orderDetailSchema, orderQuoteSchema, orderSchema } from '../adapters/http/schemas/order.ts'
import { instantField } from '../core/devices/instant-field.ts'
import { HOUR_MS, type Instant } from '../core/domain/instant.ts'
import { STANDING_STATES } from '../core/domain/order.ts'
import { bearer, tokenAdvice } from './api-token.ts'
import { explain, print, say } from './terminal.ts'

export interface ApiOptions {
  readonly url: string
  /** Where the API wants one. */
  readonly token?: string | undefined
  readonly json?: boolean | undefined
}

/** An order as it was typed. */
export interface AskedOrder {
  readonly kind: string
  readonly kw?: number | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly hours?: number | undefined
  readonly branch?: string | undefined
  readonly note?: string | undefined
}

type Order = z.output<typeof orderSchema>
type Problem = z.output<typeof problemSchema>
type ExitCode = 0 | 1 | 2 | 3

/** 0 accepted (or would be), 1 refused, 2 the order is at fault, 3 no controller. */
export async function createOrder(api: ApiOptions, asked: AskedOrder, isDryRun: boolean): Promise<ExitCode> {
  const window = windowOf(asked, Date.now())
  if (!window) return 2
  const { kind, kw, branch, note } = asked
  const answer = await ask(api, 'POST', `orders?dryRun=${isDryRun}`, { kind, kw, branch, note, ...window })
  if (!answer) return 3
  if (!answer.response.ok) return refused(api, answer)
  if (isDryRun) return quoted(api, answer.body as z.output<typeof orderQuoteSchema>)
  const order = answer.body as z.output<typeof orderDetailSchema>
  if (api.json) print(JSON.stringify(order))
  else for (const line of orderLines(order)) print(line)
  return 0
}

export async function listOrders(api: ApiOptions): Promise<ExitCode> {
  const answer = await ask(api, 'GET', 'orders')
  if (!answer?.response.ok) return answer ? refused(api, answer) : 3
  const orders = answer.body as readonly Order[]
  if (api.json) print(JSON.stringify(orders))
  else if (orders.length === 0) print('no orders')
  else for (const order of orders) for (const line of orderLines(order)) print(line)
  return 0
}

/** Orders that stand, for a list of other things; none where they cannot be had. */
export async function standingOrderLines(api: ApiOptions): Promise<readonly string[]> {
  const answer = await ask(api, 'GET', 'orders')
  if (!answer?.response.ok) return []
  const orders = answer.body as readonly Order[]
  return orders
    .filter(({ state }) => STANDING_STATES.some((standing) => standing === state))
    .flatMap((order) => orderLines(order))
}

/** 1 where it is over already, 2 where there is none of that id. */
export async function cancelOrder(api: ApiOptions, id: string): Promise<ExitCode> {
  const answer = await ask(api, 'DELETE', `orders/${encodeURIComponent(id)}`)
  if (!answer) return 3
  if (!answer.response.ok) return refused(api, answer)
  if (api.json) print(JSON.stringify({ id, state: 'cancelled' }))
  else print(`${id} is cancelled`)
  return 0
}

interface Answer {
  readonly response: Response
  readonly body: unknown
}

// A large fleet is planned several times before an order is answered.
const PATIENCE_MS = 5 * 60_000

async function ask(
  { url, token }: ApiOptions,
  method: string,
  path: string,
  body?: object,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(new URL(`/api/v1/${path}`, url), {
      method,
      headers: { ...bearer(token), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const type = response.headers.get('content-type') ?? ''
    return { response, body: type.includes('json') ? await response.json() : undefined }
  } catch (error) {
    say(`no controller answers at ${url}: ${explain(error)}`)
    return undefined
  }
}

/** What was typed wrongly; everything else that is refused makes sense, but not now. */
const FAULTS = new Set([
  'bad-request',
  'kw-out-of-range',
  'ends-before-it-starts',
  'in-the-past',
  'beyond-horizon',
  'unknown-branch',
  'unknown-order',
])
const REFUSALS = new Set([409, 422])

function refused({ url, json }: ApiOptions, { response, body }: Answer): ExitCode {
  const problem = body as Problem | undefined
  if (json && problem) print(JSON.stringify(problem))
  const { status, statusText } = response
  if (!problem) say(`${url} answered ${status} ${statusText}${tokenAdvice(status)}`)
  else for (const line of problemLines(problem)) say(line)
  if (problem && FAULTS.has(problem.code)) return 2
  return REFUSALS.has(status) ? 1 : 3
}

function problemLines({ status, code, title, detail, errors = [], deliverableKw }: Problem): string[] {
  return [
    `${title}${detail ? `: ${detail}` : ''} (${code})${tokenAdvice(status)}`,
    ...errors.map(({ path, message }) => `  ${path}: ${message}`),
    ...(deliverableKw === undefined ? [] : [`  ${deliverableKw} kW would be accepted`]),
  ]
}

function quoted(
  { json }: ApiOptions,
  { deliverableKw, baselineKw, promised, refusal }: z.output<typeof orderQuoteSchema>,
): ExitCode {
  if (json) print(JSON.stringify({ deliverableKw, baselineKw, promised, refusal }))
  else {
    print(refusal ? `would be refused: ${refusal.detail} (${refusal.code})` : 'would be accepted')
    if (deliverableKw !== null) print(`can be had: ${kw(deliverableKw)}; without it ${kw(baselineKw)} flow`)
    if (promised) print(promiseLine(promised))
  }
  if (!refusal) return 0
  return FAULTS.has(refusal.code) ? 2 : 1
}

function orderLines(order: Order): string[] {
  const { id, state, kind, branch, from, until, note, promised, deliveredKw, refusal } = order
  const where = branch === undefined ? '' : ` on ${branch}`
  const asked = kind === 'emergency' ? kind : `${kind} ${kw(order.kw)}`
  return [
    `${id.padEnd(24)} ${state.padEnd(9)} ${asked}${where}, ${timeOf(from)} to ${timeOf(until)}${note ? `: ${note}` : ''}`,
    ...(promised ? [`  ${promiseLine(promised)}`] : []),
    ...(deliveredKw === null ? [] : [`  so far ${kw(deliveredKw)}`]),
    ...(refusal ? [`  refused: ${refusal.detail}`] : []),
  ]
}

function promiseLine({ kw: promisedKw, reboundKw, reboundKwh, underKh }: NonNullable<Order['promised']>) {
  return `promised ${kw(promisedKw)}; afterwards up to ${kw(reboundKw)} more, ${reboundKwh.toFixed(0)} kWh; rooms ${underKh.toFixed(1)} K·h below their band`
}

/** Epoch milliseconds, or a sentence of what is wrong with it. */
function windowOf(asked: AskedOrder, now: Instant): { from: Instant; until: Instant } | undefined {
  const from = asked.from === undefined ? now : instantOf('--from', asked.from)
  const until =
    asked.hours === undefined ? instantOf('--until', asked.until) : from && from + asked.hours * HOUR_MS
  return from === undefined || until === undefined ? undefined : { from, until: Math.round(until) }
}

function instantOf(option: string, text: string | undefined): Instant | undefined {
  if (text === undefined) {
    say(`${option}: when does it end? An instant here, or --hours`)
    return undefined
  }
  const read = instantField.safeParse(/^-?\d+$/.test(text) ? Number(text) : text)
  if (read.success) return read.data
  say(`${option}: ${read.error.issues[0]?.message ?? 'not an instant'}`)
  return undefined
}

function timeOf(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}

function kw(value: number | null): string {
  return value === null ? '– kW' : `${value.toFixed(value < 100 ? 1 : 0)} kW`
}
