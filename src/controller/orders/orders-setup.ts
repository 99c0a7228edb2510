import { type Instant, SLOT_MS, slotStart } from '../../core/domain/instant.ts'
import type { Order } from '../../core/domain/order.ts'
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from '../../core/plan/orders/order-settings.ts'
import type { Schedule } from '../../core/plan/plan-job.ts'
import { curveHeatKw } from '../../core/state/effect.ts'
import { hotWaterKw } from '../../core/state/hot-water.ts'
import { ventilationKw } from '../../core/state/ventilation.ts'
import type { ControllerState } from '../controller-state.ts'
import type { Member } from '../member.ts'
import { memberDemand } from '../member-demand.ts'
import { learnerSteering } from '../member-learning.ts'
import { steeringOf } from '../plan-member.ts'
import type { Clock, Recorder, Recovered } from '../ports.ts'
import type { PlanWith } from './judge-order.ts'
import { type NetworkPlaces, networkPlaces } from './network-places.ts'
import type { OrderAimsSetup } from './order-aims.ts'
import type { MeteredHeat } from './settle-orders.ts'

/** All that orders ask of the controller around them. */
export interface OrdersSetup {
  readonly clock: Clock
  readonly recorder: Pick<
    Recorder,
    'keepOrders' | 'keepOrderShares' | 'keepLedger' | 'keepLearned' | 'keepAudit'
  >
  /** In order of their ids. */
  readonly members: readonly Member[]
  readonly settings: OrderSettings
  readonly places: NetworkPlaces
  readonly timeZone: string
  readonly horizonHours: number
  /** What the store remembers. */
  readonly kept: Pick<Recovered, 'orders' | 'shares' | 'learned'>
  readonly planWith: PlanWith
  /** Whether plans steer the building now: who is silent, or left to its curve, cannot be asked. */
  readonly isAskable: (member: Member, now: Instant) => boolean
  /** What the meters on a branch would show together if buildings were heated by these schedules, kW a slot. */
  readonly meteredKw: (
    schedules: readonly Schedule[],
    isThere: (member: Member) => boolean,
    now: Instant,
  ) => Float64Array
  /** What the building took in the last slot; undefined where it was not heard. */
  readonly metered: (member: Member, now: Instant) => MeteredHeat | undefined
  /** What its meter was to show in the slot that ended, by the plan that it has. */
  readonly plannedKw: (member: Member, now: Instant) => number
  /** What it takes on its own curve now. */
  readonly expectedKw: (member: Member, now: Instant) => number
  /** Work that waits for its place among the turns. */
  readonly enqueue: (work: () => Promise<void>) => Promise<void>
  /** The same for what takes several plans: no turn waits for more than one of them. */
  readonly enqueuePatient: (work: () => Promise<void>) => Promise<void>
  /** Between two of those plans: turns that wait meanwhile go first. */
  readonly letPass: () => Promise<void>
  /** Plans these anew as soon as may be. */
  readonly replan: (which: readonly Member[]) => void
  readonly onOrder: (order: Order) => void
  /** How surely what is asked is delivered, and what meters show beyond plans meanwhile. */
  readonly aims: OrderAimsSetup
  readonly onError: (error: unknown, what: string) => void
}

/** What the controller gives orders beside its own state. */
export type OrdersWiring = Pick<
  OrdersSetup,
  'planWith' | 'enqueue' | 'enqueuePatient' | 'letPass' | 'replan' | 'onOrder' | 'aims'
>

export function ordersSetup(state: ControllerState, wiring: OrdersWiring): OrdersSetup {
  const { setup, members, trouble, keptOrders } = state
  const { clock, recorder, timeZone, control, production } = setup
  return {
    ...wiring,
    clock,
    recorder,
    members,
    settings: setup.orders ?? DEFAULT_ORDER_SETTINGS,
    places: networkPlaces(production?.network.branches ?? []),
    timeZone,
    horizonHours: control.horizonHours,
    kept: keptOrders,
    isAskable: (member, now) => isAskable(state, member, now),
    meteredKw: (schedules, isThere, now) => meteredKw(state, schedules, isThere, now),
    metered: lastSlotHeat,
    plannedKw: (member, now) => plannedSlotKw(state, member, now),
    expectedKw: (member, now) => onCurveKw(state, member, now),
    onError: trouble.note,
  }
}

function isAskable({ setup, outlook }: ControllerState, member: Member, now: Instant): boolean {
  if (!outlook) return false
  const { control } = setup
  return (
    learnerSteering(member, steeringOf(control, member, outlook, now), now, control.planFrom).kind === 'plan'
  )
}

/** Buildings without a schedule are left to themselves. */
function meteredKw(
  { members, outlook }: ControllerState,
  schedules: readonly Schedule[],
  isThere: (member: Member) => boolean,
  now: Instant,
): Float64Array {
  const sum = new Float64Array(outlook?.slots ?? 0)
  if (!outlook) return sum
  const planned = new Map(schedules.map((schedule) => [schedule.building, schedule]))
  for (const member of members) {
    if (!isThere(member)) continue
    const { expectedKw } = memberDemand(member, outlook, now, planned.get(member.building.id) ?? null)
    for (let k = 0; k < sum.length; k++) sum[k]! += expectedKw[k]!
  }
  return sum
}

function plannedSlotKw({ outlook }: ControllerState, { plan, timeline }: Member, now: Instant): number {
  if (!outlook) return Number.NaN
  const { belief } = timeline
  const at = slotStart(now) - SLOT_MS
  const slot = (start: Instant) => Math.round((at - start) / SLOT_MS)
  const outdoorC = (outlook.outdoorC[slot(outlook.start)] ?? Number.NaN) + belief.outdoor.biasK
  const when = { at, timeZone: outlook.timeZone }
  const spaceKw = plan?.heatKw[slot(plan.start)] ?? curveHeatKw(belief, outdoorC, when)
  return spaceKw + hotWaterKw(belief, at, outlook.timeZone) + ventilationKw(belief, outdoorC, when)
}

function onCurveKw({ outlook }: ControllerState, member: Member, now: Instant): number {
  return outlook ? memberDemand(member, outlook, now, null).curveKw[0]! : Number.NaN
}

/** The mean of the samples of the slot that ended; undefined where none of them says. */
export function lastSlotHeat({ timeline }: Member, now: Instant): MeteredHeat | undefined {
  const end = slotStart(now)
  let weightS = 0
  let kw = 0
  for (const { at, intervalS, readings } of timeline.samples) {
    if (at <= end - SLOT_MS || at > end || readings.heatKw === undefined) continue
    weightS += intervalS
    kw += intervalS * readings.heatKw
  }
  const { heat, at } = timeline.belief
  const isBelieved = heat.totalKw !== null && at > end - SLOT_MS
  if (!isBelieved) return undefined
  const totalKw = weightS > 0 ? kw / weightS : heat.totalKw
  // What is not space heat changes less from sample to sample than the split is sure of.
  return { totalKw, spaceKw: Math.max(0, totalKw - (heat.totalKw - (heat.spaceKw ?? heat.totalKw))) }
}
