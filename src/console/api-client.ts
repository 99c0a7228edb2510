import type {
  AuditEntry,
  Building,
  Fleet,
  FleetPlan,
  Flexibility,
  Forecast,
  Health,
  ModeAnswer,
  ModeRequest,
  Order,
  OrderDetail,
  OrderQuote,
  OrderRequest,
  Problem,
  Rejection,
  Series,
} from './api-types.ts'

const API = 'api/v1'

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string }

export const readHealth = (signal: AbortSignal) => get<Health>('/health', signal)
export const readFleet = (signal: AbortSignal) => get<Fleet>('/fleet', signal)
export const readPlan = (signal: AbortSignal) => get<FleetPlan>('/plan', signal)
export const readForecast = (signal: AbortSignal) => get<Forecast>('/forecast', signal)
export const readFlexibility = (signal: AbortSignal) => get<Flexibility>('/flexibility', signal)
export const readRejected = (signal: AbortSignal) => get<readonly Rejection[]>('/rejected?limit=100', signal)
export const readAudit = (signal: AbortSignal) => get<readonly AuditEntry[]>('/audit?limit=50', signal)

export const readOrders = (signal: AbortSignal) => get<readonly Order[]>('/orders', signal)

export function readBuilding(id: string, signal: AbortSignal): Promise<Answer<Building>> {
  return get(`/buildings/${encodeURIComponent(id)}`, signal)
}

export function readSeries(id: string, from: number, signal: AbortSignal): Promise<Answer<Series>> {
  return get(`/buildings/${encodeURIComponent(id)}/series?from=${Math.round(from)}&limit=5000`, signal)
}

export function setMode(id: string, request: ModeRequest): Promise<Answer<ModeAnswer>> {
  return post(`/buildings/${encodeURIComponent(id)}/mode`, request)
}

export function quoteOrder(request: OrderRequest): Promise<Answer<OrderQuote>> {
  return post('/orders?dryRun=true', request)
}

export function placeOrder(request: OrderRequest): Promise<Answer<OrderDetail>> {
  return post('/orders', request)
}

export function cancelOrder(id: string): Promise<Answer<undefined>> {
  return ask(`/orders/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

function post<T>(path: string, body: object): Promise<Answer<T>> {
  const headers = { 'content-type': 'application/json' }
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

function get<T>(path: string, signal: AbortSignal): Promise<Answer<T>> {
  return ask(path, { signal })
}

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(API + path, init)
    if (!response.ok) return { ok: false, why: await whyNot(response) }
    const value: T = response.status === 204 ? undefined : await response.json()
    return { ok: true, value }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  }
}

async function whyNot(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('application/problem+json')) return `answer ${response.status}`
  const problem: Problem = await response.json()
  const title = problem.detail ? `${problem.title}: ${problem.detail}` : problem.title
  return [title, ...(problem.errors ?? []).map(({ message }) => message)].join('; ')
}
