import type { Building } from '../../core/domain/building.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { AcceptedOrder, OrderShare } from '../../core/domain/order.ts'
import type { FlowLimit } from '../../core/math/fleet/fleet-qp.ts'
import { askedJob } from '../../core/plan/orders/asked-job.ts'
import { type Sparing, sparings } from '../../core/plan/orders/fairness.ts'
import { type LimitingOrder, orderLimits, type SlotGrid } from '../../core/plan/orders/order-limits.ts'
import type { OrderSettings } from '../../core/plan/orders/order-settings.ts'
import { isProtected } from '../../core/plan/orders/priority.ts'
import { releaseAt } from '../../core/plan/orders/release.ts'
import type { PlanJob } from '../../core/plan/plan-job.ts'
import type { Member } from '../member.ts'
import { safeRoomC } from '../plan-member.ts'
import type { NetworkPlaces } from './network-places.ts'

/** What orders mean for one plan of the fleet: to be asked while its jobs are made. */
export interface OrderDemand {
  /** Whether any order stands: only then do flows matter. */
  readonly isWanted: boolean
  /** The job of a building that orders stand for; the same where none does. */
  jobOf(member: Member, job: PlanJob): PlanJob
  /** What comfort counts for in this building, against another that gave no more than most. */
  weightOf(member: Member): number
  /** What is wanted of the network's flows; `jobs` say what heat costs at most. */
  limits(
    grid: SlotGrid,
    nodeOf: (branch: string | undefined) => number | undefined,
    jobs: readonly PlanJob[],
  ): readonly FlowLimit[]
}

/** Where no order stands. */
export const NO_DEMAND: OrderDemand = {
  isWanted: false,
  jobOf: (_, job) => job,
  weightOf: () => 1,
  limits: () => [],
}

export interface DemandFacts {
  readonly members: readonly Member[]
  /** Those that a plan is to meet; the last may be one that is only thought of. */
  readonly orders: readonly LimitingOrder[]
  /** Those that some buildings are still held for. */
  readonly ending: readonly EndingOrder[]
  /** What a building would do without an order. */
  readonly shareOf: (order: LimitingOrder, building: BuildingId) => Undisturbed | undefined
  readonly settings: OrderSettings
  readonly places: NetworkPlaces
  readonly timeZone: string
  readonly now: Instant
}

/** The comfort zone of a building without an order, °C after each slot. */
export type Undisturbed = Pick<OrderShare, 'start' | 'indoorC'>

/** An order whose buildings return, from `until` on. */
export type EndingOrder = Pick<AcceptedOrder, 'id' | 'kind' | 'from' | 'until' | 'branch' | 'marginRatio'>

// Where a pipe or a plant is too small, these rooms are the last to cool.
const PROTECTED_WEIGHT = 8
const NO_SPARING: Sparing = { sparedRatio: 0, weight: 1 }
// As in comfort's own weights: what is nearly free is no measure of what comfort or an order is worth.
const LEAST_EUR_PER_KWH = 0.05

export function orderDemand(facts: DemandFacts): OrderDemand {
  const { members, orders, settings, places } = facts
  const sparing = orders.length > 0 ? sparingOf(members, settings) : new Map<Member, Sparing>()
  return {
    isWanted: orders.length > 0,
    jobOf(member, job) {
      const isHere = ({ branch }: Pick<LimitingOrder, 'branch'>) =>
        places.isUnder(member.building.branch, branch)
      const asking = orders.filter(isHere)
      const heldUntil = heldUntilOf(member.building, facts)
      if (asking.length === 0 && heldUntil === undefined) return job
      return askedJob(job, {
        orders: [...facts.ending.filter(isHere), ...asking],
        isProtectedAt: (at) => isProtectedAt(member.building, at, facts),
        sparing: sparing.get(member) ?? NO_SPARING,
        undisturbedC: (at) => undisturbedC(asking, member, at, facts),
        safeC: safeRoomC(member),
        heldUntil,
        reboundMs: settings.reboundHours * HOUR_MS,
      })
    },
    weightOf: (member) =>
      member.building.priority === 'protected' ? PROTECTED_WEIGHT : (sparing.get(member)?.weight ?? 1),
    limits: (grid, nodeOf, jobs) =>
      orderLimits(orders, { grid, nodeOf, settings, eurPerKwh: settings.worth * dearest(jobs) }),
  }
}

function sparingOf(members: readonly Member[], { fairness }: OrderSettings): Map<Member, Sparing> {
  const taken = members.map(({ burden }) => burden.takenKh)
  const owed = sparings(taken, fairness)
  return new Map(members.map((member, i) => [member, owed[i] ?? NO_SPARING]))
}

/** By the first order that stands: it was frozen over a plan without any. */
function undisturbedC(
  orders: readonly LimitingOrder[],
  { building }: Member,
  at: Instant,
  { shareOf }: Pick<DemandFacts, 'shareOf'>,
): number | undefined {
  for (const order of orders) {
    const share = shareOf(order, building.id)
    if (share) return share.indoorC[Math.round((at - share.start) / SLOT_MS)]
  }
  return undefined
}

export function isProtectedAt(
  building: Building,
  at: Instant,
  { settings, timeZone }: Pick<DemandFacts, 'settings' | 'timeZone'>,
): boolean {
  return isProtected(building, at, { schools: settings.schools, timeZone })
}

/** When the building's turn to return comes; undefined where it came already, or nothing held it. */
export function heldUntilOf(
  building: Building,
  { ending, settings, places, now }: Pick<DemandFacts, 'ending' | 'settings' | 'places' | 'now'>,
): Instant | undefined {
  const ends = ending
    .filter(({ until, branch }) => {
      const isRecent = now >= until && now < until + settings.releaseMinutes * MINUTE_MS
      return isRecent && places.isUnder(building.branch, branch)
    })
    .map((order) => releaseAt(order, building.id, settings.releaseMinutes))
    .filter((at) => at > now)
  return ends.length > 0 ? Math.max(...ends) : undefined
}

function dearest(jobs: readonly PlanJob[]): number {
  let eurPerKwh = LEAST_EUR_PER_KWH
  for (const job of jobs) for (const price of job.eurPerKwh) if (price > eurPerKwh) eurPerKwh = price
  return eurPerKwh
}
