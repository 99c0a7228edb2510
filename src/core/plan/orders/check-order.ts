import { HOUR_MS, type Instant, SLOT_MS, type Window } from '../../domain/instant.ts'
import type { AcceptedOrder, OrderRefusal, OrderRequest } from '../../domain/order.ts'

/** What a request is held against before any plan is asked. */
export interface OrderFacts {
  readonly now: Instant
  /** What plans look ahead to. */
  readonly horizon: Window
  /** Branches of the network. */
  readonly branches: ReadonlySet<string>
  readonly standing: readonly AcceptedOrder[]
  /** Buildings there that may be asked at all. */
  readonly askable: number
}

const MOST_KW = 1e7
const MOST_ORDERS = 50
/** Clocks differ and messages take their time: what began so lately begins now. */
const LATE_MS = SLOT_MS

/** Why the request makes no sense, whatever the fleet can do; undefined where a plan may be asked. */
export function orderFault(request: OrderRequest, facts: OrderFacts): OrderRefusal | undefined {
  return (
    figureFault(request) ??
    timeFault(request, facts) ??
    branchFault(request, facts) ??
    crowdFault(facts) ??
    contradiction(request, facts.standing) ??
    askableFault(request, facts)
  )
}

function figureFault({ kind, kw }: OrderRequest): OrderRefusal | undefined {
  // Written so that NaN lands here too.
  if (!(kw >= 0 && kw <= MOST_KW)) {
    return { code: 'kw-out-of-range', detail: `kw must be 0 to ${MOST_KW}, and is ${kw}` }
  }
  const isEmpty = kw === 0 && (kind === 'reduce' || kind === 'increase')
  return isEmpty ? { code: 'kw-out-of-range', detail: `an order to ${kind} by 0 kW asks nothing` } : undefined
}

function timeFault({ from, until }: OrderRequest, { now, horizon }: OrderFacts): OrderRefusal | undefined {
  if (!(until > from)) return { code: 'ends-before-it-starts', detail: '`until` must be after `from`' }
  if (until <= now) return { code: 'in-the-past', detail: 'it is over already' }
  if (from < now - LATE_MS) {
    const detail = 'it began more than a quarter-hour ago: what was not asked then cannot be given now'
    return { code: 'in-the-past', detail }
  }
  if (until <= horizon.to) return undefined
  const hours = Math.floor((horizon.to - now) / HOUR_MS)
  return { code: 'beyond-horizon', detail: `plans look ${hours} h ahead, and it ends later` }
}

function branchFault({ branch }: OrderRequest, { branches }: OrderFacts): OrderRefusal | undefined {
  if (branch === undefined || branches.has(branch)) return undefined
  const known = branches.size > 0 ? [...branches].sort().join(', ') : 'none is configured'
  return { code: 'unknown-branch', detail: `there is no branch "${branch}" (${known})` }
}

function crowdFault({ standing }: OrderFacts): OrderRefusal | undefined {
  if (standing.length < MOST_ORDERS) return undefined
  return { code: 'too-many-orders', detail: `${standing.length} orders stand: cancel one first` }
}

function askableFault({ branch }: OrderRequest, { askable }: OrderFacts): OrderRefusal | undefined {
  if (askable > 0) return undefined
  const where = branch === undefined ? 'the fleet' : `branch "${branch}"`
  const detail = `no building of ${where} can be asked now: none is steered, or all are protected`
  return { code: 'nobody-to-ask', detail, deliverableKw: 0 }
}

/** An order that stands at the same place and time and wants the opposite. */
function contradiction(request: OrderRequest, standing: readonly AcceptedOrder[]): OrderRefusal | undefined {
  for (const other of standing) {
    if (other.branch !== request.branch || !overlaps(request, other)) continue
    const detail = clash(request, other)
    if (detail) return { code: 'contradictory', detail: `${detail} (order ${other.id})` }
  }
  return undefined
}

function overlaps(a: OrderRequest, b: OrderRequest): boolean {
  return a.from < b.until && b.from < a.until
}

/** An emergency goes before all: what raises heat meanwhile is cancelled by it, see `supersededBy`. */
function clash(request: OrderRequest, other: AcceptedOrder): string | undefined {
  if (request.kind === 'emergency') return undefined
  if ((request.kind === 'increase') === (other.kind === 'increase')) return undefined
  const [increase, limit] = request.kind === 'increase' ? [request, other] : [other, request]
  if (limit.kind !== 'cap') return `one wants more heat while the other, ${limit.kind}, wants less`
  const wantedKw = increase.kw + leastBaseline(other, overlap(request, other))
  if (limit.kw >= wantedKw) return undefined
  return `a cap of ${limit.kw} kW lies below the ${Math.round(wantedKw)} kW that the increase raises the flow to`
}

/** Standing orders that an accepted emergency ends. */
export function supersededBy(
  request: OrderRequest,
  standing: readonly AcceptedOrder[],
): readonly AcceptedOrder[] {
  if (request.kind !== 'emergency') return []
  return standing.filter(
    (other) =>
      other.kind === 'increase' &&
      (request.branch === undefined || other.branch === request.branch) &&
      overlaps(request, other),
  )
}

function overlap(a: OrderRequest, b: OrderRequest): Window {
  return { from: Math.max(a.from, b.from), to: Math.min(a.until, b.until) }
}

/** Of either order's baseline the least flow in the window: what is wanted there at any time is at least that. */
function leastBaseline({ baseline }: AcceptedOrder, { from, to }: Window): number {
  const first = Math.max(0, Math.floor((from - baseline.start) / SLOT_MS))
  const last = Math.ceil((to - baseline.start) / SLOT_MS)
  const flows = baseline.flowKw.subarray(first, last)
  return flows.length > 0 ? flows.reduce((least, kw) => Math.min(least, kw)) : 0
}
