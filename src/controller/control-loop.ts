import { offsetSteps } from '../core/dispatch/dispatch-building.ts'
import { makeLease, nextSeq } from '../core/dispatch/lease.ts'
import type { Said } from '../core/dispatch/move-reason.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import { DAY_MS, type Instant } from '../core/domain/instant.ts'
import type { Lease } from '../core/domain/lease.ts'
import type { BuildingPlan } from '../core/domain/plan.ts'
import type { TurnView } from '../core/domain/views.ts'
import { CURVE_TEXT, type CurveReason } from '../core/plan/steering.ts'
import { fullPipes } from './full-pipes.ts'
import type { Member } from './member.ts'
import type { MemberSteering } from './member-learning.ts'
import type { Orders } from './orders/orders.ts'
import type { Outlook } from './outlook.ts'
import {
  dispatchMember,
  heldOffsetK,
  type MemberOutlook,
  memberOutlook,
  meterOnlyPlan,
  type SteeringLimits,
} from './plan-member.ts'
import type { PlanOutcomes } from './plan-outcomes.ts'
import {
  type PlannedFlows,
  type PlannedMember,
  type PlannedTogether,
  planTogether,
  type Ties,
} from './plan-together.ts'
import type { MessageLink, Planner, Recorder } from './ports.ts'
import { sayLease, sayRelease } from './say-lease.ts'
import { askedValue, steadySteps, valueInForce } from './value-in-force.ts'

export interface ControlSetup {
  readonly recorder: Recorder
  readonly link: MessageLink
  readonly planner: Planner
  readonly limits: SteeringLimits
  readonly ties: Ties
  readonly outcomes: PlanOutcomes
  readonly orders?: OrderMarks | undefined
  /** Written in the same breath as the leases of a regular turn, so that no restart plans it again. */
  readonly keepTurn?: (() => Promise<void>) | undefined
  readonly onError: (error: unknown, what: string, facts?: Readonly<Record<string, number>>) => void
}

/** How orders show in a building's lease. */
export type OrderMarks = Pick<Orders, 'leaseMark' | 'isScarce' | 'callOf'>

type Decision = LeaseDecision | CurveDecision
interface LeaseDecision {
  readonly kind: 'lease'
  readonly member: Member
  readonly lease: Lease
  readonly offsetK: number
  readonly plan: BuildingPlan | undefined
}
interface CurveDecision {
  readonly kind: 'curve'
  readonly member: Member
  readonly why: CurveReason
}

/**
 * State → forecast → plan → dispatch, for the fleet or for the buildings that need it at once. Leases are
 * durable before they are sent; whatever fails, the buildings that it would have reached run out their leases
 * and return to their curves.
 */
export async function controlTurn(
  setup: ControlSetup,
  members: readonly Member[],
  outlook: Outlook,
  now: Instant,
): Promise<Turned> {
  const { decisions, flows } = await decide(setup, members, outlook, now)
  const leases = decisions.filter((decision) => decision.kind === 'lease')
  await keepDecisions(setup, leases, now)
  const unsent = (await Promise.all(decisions.map((decision) => carryOut(setup, decision, now)))).flat()
  // Once a turn: without a broker every building would say the same.
  if (unsent[0]) setup.onError(unsent[0].error, 'setpoint not sent', { buildings: unsent.length })
  return { view: summary(now, leases, decisions.length, decisions.length - unsent.length), flows }
}

export interface Turned {
  readonly view: Omit<TurnView, 'tookMs'>
  /** Of the plan behind it; undefined where none was made. */
  readonly flows: PlannedFlows | undefined
}

/** All or nothing: a lease that is not durable is as if never given. */
async function keepDecisions(
  setup: ControlSetup,
  leases: readonly LeaseDecision[],
  now: Instant,
): Promise<void> {
  const undo = leases.map((lease) => remember(lease, now))
  try {
    await Promise.all([
      setup.recorder.keepLeases(leases.map(({ lease }) => lease)),
      setup.recorder.keepPlans(leases.flatMap(({ plan }) => (plan ? [plan] : []))),
      setup.keepTurn?.(),
    ])
  } catch (error) {
    for (const restore of undo) restore()
    throw error
  }
}

interface Decided {
  readonly decisions: readonly Decision[]
  readonly flows: PlannedFlows | undefined
}

async function decide(
  setup: ControlSetup,
  members: readonly Member[],
  outlook: Outlook,
  now: Instant,
): Promise<Decided> {
  const together = await planTogether(setup, members, outlook, now)
  const fullPipe = fullPipes(setup.ties.production, together.flows, now, outlook.timeZone)
  const decisions = new Map<BuildingId, Decision>()
  for (const { member, own, schedule } of together.planned) {
    const full = fullPipe(member)
    decisions.set(member.building.id, planned(setup, { member, own, schedule, full }, now))
  }
  for (const { member, steering } of together.others) {
    decisions.set(member.building.id, withoutPlanner(setup, { member, steering }, outlook, now))
  }
  const inOrder = members.flatMap((member) => decisions.get(member.building.id) ?? [])
  return { decisions: inOrder, flows: together.flows }
}

function withoutPlanner(
  setup: ControlSetup,
  { member, steering }: PlannedTogether['others'][number],
  outlook: Outlook,
  now: Instant,
): Decision {
  switch (steering.kind) {
    case 'curve':
      return { kind: 'curve', member, why: steering.why }
    case 'hold':
    case 'excite':
      return held(member, memberOutlook(member, outlook, now), steering, now)
    case 'meter-only': {
      const own = memberOutlook(member, outlook, now)
      return leased(setup, { member, own, schedule: meterOnlyPlan(member, own, now) }, now)
    }
    default:
      return steering satisfies never
  }
}

/** A building as it was planned, and what is said where a full pipe is why it takes less. */
interface Explained extends PlannedMember {
  readonly full?: Said | undefined
}

function planned(setup: ControlSetup, made: Explained, now: Instant): Decision {
  const { member, schedule } = made
  if (schedule.outcome === 'not-solved') return { kind: 'curve', member, why: 'not-understood' }
  return leased(setup, made, now)
}

function leased(
  { orders }: ControlSetup,
  { member, own, schedule, full }: Explained,
  now: Instant,
): LeaseDecision {
  const grid = { start: schedule.start, slots: schedule.heatKw.length }
  const order = orders && { isScarce: orders.isScarce(member, now), ...orders.callOf(member, grid, now) }
  const { steps: wanted, offsetK, reason } = dispatchMember(member, own, schedule, now, order)
  const steps = steadySteps(member, wanted, offsetK === heldOffsetK(member, now), now)
  const seq = nextSeq(member.lastSeq, now)
  // That rooms are warm enough is what is said where nothing else explains it.
  const planned = reason.code === 'comfort-high' && full ? full : { mode: 'auto' as const, reason }
  const said = orders?.leaseMark(member, now, offsetK) ?? planned
  const lease = makeLease({ building: member.building.id, seq, now, steps, ...said })
  return { kind: 'lease', member, lease, offsetK, plan: { ...schedule, reason: said.reason } }
}

const HELD_REASON = {
  hold: { code: 'operator-hold', text: 'The operator holds this building at a fixed offset.' },
  excite: {
    code: 'learning',
    text: 'We are getting to know this building: heating goes up or down a little for some hours while rooms stay comfortable.',
  },
} as const

/** At one offset, whatever prices say: an operator's, or one to learn from. */
function held(
  member: Member,
  own: MemberOutlook,
  { kind, supplyOffsetK }: Extract<MemberSteering, { kind: 'hold' | 'excite' }>,
  now: Instant,
): LeaseDecision {
  const seq = nextSeq(member.lastSeq, now)
  const reason = HELD_REASON[kind]
  const [curveHeatKw, kwPerKDown, outdoorC] = [own.curveHeatKw[0]!, own.kwPerKDown[0]!, own.outdoorC[0]!]
  const { building } = member
  const slot = { offsetK: supplyOffsetK, outdoorC, curveHeatKw, kwPerKDown }
  // Held is held: it does not end unless it is said anew.
  const wanted = offsetSteps(building, slot, now).slice(0, 1)
  const isSameOffset = supplyOffsetK === heldOffsetK(member, now)
  const steps = kind === 'excite' ? steadySteps(member, wanted, isSameOffset, now) : wanted
  const lease = makeLease({ building: building.id, seq, now, steps, mode: 'auto', reason })
  return { kind: 'lease', member, lease, offsetK: supplyOffsetK, plan: undefined }
}

interface Unsent {
  readonly error: unknown
}

/** Sends what was decided; empty where the broker has taken it. */
async function carryOut(setup: ControlSetup, decision: Decision, now: Instant): Promise<readonly Unsent[]> {
  const { member } = decision
  if (decision.kind === 'curve') return releaseLease(setup, decision, now)
  return attempt(() => sayLease(setup.link, member, decision.lease, now))
}

/** What the controller takes to be so from now on; the answer takes it back. */
function remember({ member, lease, offsetK, plan }: LeaseDecision, now: Instant): () => void {
  const before = { ...member }
  const recent = member.writes.filter((at) => at > now - DAY_MS)
  const isWrite = valueInForce(member, now) !== askedValue(lease.steps[0], member.building.actuator.kind)
  member.writes = isWrite ? [...recent, now] : recent
  member.heldOffsetK = offsetK
  member.lease = lease
  member.lastSeq = lease.seq
  member.plan = plan
  member.plannedAt = now
  return () => {
    const { writes, heldOffsetK, lease, lastSeq, plan, plannedAt } = before
    Object.assign(member, { writes, heldOffsetK, lease, lastSeq, plan, plannedAt })
  }
}

/**
 * The building follows its own curve from now on, not from the lease's end, and its people are told why. The number
 * is used up whether or not the message arrives.
 */
async function releaseLease(
  setup: ControlSetup,
  { member, why }: CurveDecision,
  now: Instant,
): Promise<readonly Unsent[]> {
  member.plan = undefined
  member.plannedAt = now
  if (!member.lease) return []
  const seq = nextSeq(member.lastSeq, now)
  const reason = { code: why, text: CURVE_TEXT[why] }
  const lease = makeLease({ building: member.building.id, seq, now, steps: [], mode: 'release', reason })
  member.lastSeq = seq
  await setup.recorder.keepLeases([lease])
  return attempt(() => sayRelease(setup.link, member, lease, now))
}

async function attempt(say: () => Promise<void>): Promise<readonly Unsent[]> {
  try {
    await say()
    return []
  } catch (error) {
    return [{ error }]
  }
}

function summary(
  at: Instant,
  leases: readonly LeaseDecision[],
  buildings: number,
  sent: number,
): Omit<TurnView, 'tookMs'> {
  const curve = buildings - leases.length
  const lowered = leases.filter(({ offsetK }) => offsetK < 0).length
  const raised = leases.filter(({ offsetK }) => offsetK > 0).length
  const text =
    `${leases.length} planned (${lowered} lowered, ${raised} raised), ${curve} on their curve` +
    (sent < buildings ? `, ${buildings - sent} not reached` : '')
  return { at, planned: leases.length, leased: leases.length, onCurve: curve, text }
}
