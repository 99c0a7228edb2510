import type { BuildingId } from '../../core/domain/building-id.ts'
import { DAY_MS, HOUR_MS, type Instant, SLOT_HOURS, SLOT_MS, slotStart } from '../../core/domain/instant.ts'
import type { AcceptedOrder } from '../../core/domain/order.ts'
import { type Burden, bear, isFelt, NO_BURDEN } from '../../core/plan/orders/fairness.ts'
import type { Member } from '../member.ts'
import type { NetworkPlaces } from './network-places.ts'
import type { OrderBook } from './order-book.ts'

/** What a building took in the slot that has just ended; undefined where it was not heard. */
export interface MeteredHeat {
  readonly totalKw: number
  readonly spaceKw: number
}

export interface SettleTerms {
  readonly book: OrderBook
  readonly members: readonly Member[]
  readonly places: NetworkPlaces
  readonly now: Instant
  readonly metered: (member: Member) => MeteredHeat | undefined
  /** What stands in for a meter that was silent: it is on its curve, or soon will be. */
  readonly expectedKw: (member: Member) => number
}

/**
 * Once a slot: what each building has given since the last, and what the meters of each order's buildings show. Gives
 * the orders that were metered.
 */
export function settleOrders(terms: SettleTerms): readonly AcceptedOrder[] {
  const at = slotStart(terms.now) - SLOT_MS
  const standing = terms.book.standing().filter(({ placedAt }) => placedAt < at + SLOT_MS)
  for (const member of terms.members) settleBurden(member, standing, at, terms)
  // What comes back is counted for a day.
  const over = terms.book.over().filter(({ state, until }) => state === 'done' && at < until + DAY_MS)
  const metered = [...standing, ...over].map((order) => measured(order, at, terms))
  for (const order of metered) terms.book.note(order)
  return metered
}

function settleBurden(
  member: Member,
  standing: readonly AcceptedOrder[],
  at: Instant,
  terms: SettleTerms,
): void {
  // The first that stands was frozen over a plan without any.
  const first = standing.find(({ id }) => terms.book.share(id, member.building.id))
  if (!first && !isFelt(member.burden)) {
    member.burden = { ...NO_BURDEN, takenKh: member.burden.takenKh }
    return
  }
  const without = first && undisturbedKw(terms.book, first, member.building.id, at)
  const spaceKw = terms.metered(member)?.spaceKw
  const moreKw = without === undefined || spaceKw === undefined ? 0 : spaceKw - without
  const before = member.burden
  member.burden = bear(before, member.model, moreKw, SLOT_HOURS)
  const asking = standing.findLast(({ id, from }) => from <= at && terms.book.share(id, member.building.id))
  if (asking) member.givenKh = credited(member.givenKh, asking.id, before, member.burden)
}

function credited(
  given: ReadonlyMap<string, number>,
  order: string,
  before: Burden,
  after: Burden,
): ReadonlyMap<string, number> {
  return new Map(given).set(order, (given.get(order) ?? 0) + after.takenKh - before.takenKh)
}

function undisturbedKw(
  book: OrderBook,
  order: AcceptedOrder,
  building: BuildingId,
  at: Instant,
): number | undefined {
  const share = book.share(order.id, building)
  return share?.heatKw[Math.round((at - share.start) / SLOT_MS)]
}

/** With the sum over the slot from `at`; `NaN` where more meters were silent than spoke. */
function measured(order: AcceptedOrder, at: Instant, terms: SettleTerms): AcceptedOrder {
  const { start, meteredKw } = order.measured
  const k = Math.round((at - start) / SLOT_MS)
  if (k < 0 || k >= meteredKw.length) return order
  const next = meteredKw.slice()
  next[k] = sumKw(order, terms)
  return { ...order, measured: { start, meteredKw: next, silent: silentMeters(order, at, terms) } }
}

/** Who was not heard in one more slot of the order. */
function silentMeters({ branch, from, until, measured }: AcceptedOrder, at: Instant, terms: SettleTerms) {
  if (at + SLOT_MS <= from || at >= until) return measured.silent
  const silent = new Map(measured.silent)
  for (const member of terms.members) {
    const { id, branch: own } = member.building
    if (!terms.places.isUnder(own, branch) || terms.metered(member)) continue
    silent.set(id, (silent.get(id) ?? 0) + 1)
  }
  return silent
}

function sumKw({ branch }: AcceptedOrder, { members, places, metered, expectedKw }: SettleTerms): number {
  let kw = 0
  let heard = 0
  let silent = 0
  for (const member of members) {
    if (!places.isUnder(member.building.branch, branch)) continue
    const totalKw = metered(member)?.totalKw
    if (totalKw === undefined) silent++
    else heard++
    kw += totalKw ?? expectedKw(member)
  }
  return heard >= silent && heard > 0 ? kw : Number.NaN
}

/** How long after its end an order still limits what comes back. */
export function orderEnd(
  order: AcceptedOrder,
  settings: { readonly releaseMinutes: number; readonly reboundHours: number },
): Instant {
  const releaseMs = (settings.releaseMinutes / 60) * HOUR_MS
  const reboundMs = order.kind === 'increase' ? 0 : settings.reboundHours * HOUR_MS
  return order.until + Math.max(releaseMs, reboundMs)
}
