import type { Order, OrderQuote, OrderRequest } from './api-types.ts'
import { figure } from './figures.ts'

export const ORDER_KINDS = ['reduce', 'increase', 'cap', 'emergency'] as const
export type OrderKind = (typeof ORDER_KINDS)[number]

export const KIND_WORDS: Readonly<Record<OrderKind, string>> = {
  reduce: 'Take less heat',
  increase: 'Take more heat',
  cap: 'Keep the flow under',
  emergency: 'Emergency: all but the protected give',
}

/** `Take less heat: 150 kW on north`. */
export function orderTitle({ kind, kw, branch }: Pick<Order, 'kind' | 'kw' | 'branch'>): string {
  const where = branch === undefined ? '' : ` on ${branch}`
  if (kind === 'emergency') return `${KIND_WORDS[kind]}${where}`
  return kind === 'cap'
    ? `${KIND_WORDS[kind]} ${figure(kw)} kW${where}`
    : `${KIND_WORDS[kind]}: ${figure(kw)} kW${where}`
}

/** What was promised, what came of it so far, or why it was refused. */
export function orderOutcome({ kind, promised, deliveredKw, refusal }: Order): string {
  if (refusal) return refusal.detail
  if (!promised) return ''
  const isCap = kind === 'cap'
  const promise = isCap ? `at most ${figure(promised.kw)} kW promised` : `${figure(promised.kw)} kW promised`
  if (deliveredKw === null) return promise
  const delivered = isCap ? `at most ${figure(deliveredKw)} kW so far` : `${figure(deliveredKw)} kW so far`
  return `${promise}, ${delivered}`
}

/** Whether something is still asked of somebody, so that it can be taken back. */
export function isStanding({ state }: Pick<Order, 'state'>): boolean {
  return state === 'accepted' || state === 'running' || state === 'releasing'
}

/** What would become of an order, in sentences. */
export function quoteSentences(quote: OrderQuote, { kind }: Pick<OrderRequest, 'kind'>): readonly string[] {
  const { deliverableKw, baselineKw, promised, refusal } = quote
  const sentences = [refusal ? `It would be refused: ${refusal.detail}.` : 'It would be accepted.']
  if (deliverableKw !== null && kind !== 'emergency') {
    const most = kind === 'cap' ? 'The lowest that holds is' : 'At most can be had'
    sentences.push(`${most} ${figure(deliverableKw, 1)} kW; without it ${figure(baselineKw)} kW flow.`)
  }
  if (promised) {
    if (kind === 'emergency') sentences.push(`It takes away at least ${figure(promised.kw)} kW.`)
    sentences.push(
      `Afterwards up to ${figure(promised.reboundKw)} kW come back beyond the baseline, ${figure(promised.reboundKwh)} kWh in a day.`,
    )
    if (promised.underKh >= 0.1) {
      sentences.push(`It costs ${figure(promised.underKh, 1)} K·h below the band, over all buildings.`)
    }
  }
  return sentences
}

const QUARTER_MS = 15 * 60_000

/** What the form begins with: from the next quarter-hour but one, for two hours. */
export function firstWindow(at: number): { readonly from: number; readonly until: number } {
  const from = (Math.floor(at / QUARTER_MS) + 2) * QUARTER_MS
  return { from, until: from + 8 * QUARTER_MS }
}

/** `2026-01-14T17:00` on the operator's clock, as an input of that kind wants it. */
export function inputTime(at: number): string {
  const local = new Date(at)
  const pad = (value: number) => String(value).padStart(2, '0')
  const day = `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())}`
  return `${day}T${pad(local.getHours())}:${pad(local.getMinutes())}`
}
