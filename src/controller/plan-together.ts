import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { FleetJob, FleetJobMember, FleetPlan } from '../core/plan/fleet-job.ts'
import type { PlanJob, Schedule } from '../core/plan/plan-job.ts'
import type { PlantJob, PlantTerms } from '../core/plan/production/plant-job.ts'
import type { BranchMisses } from './branch-misses.ts'
import { laterSchedule } from './later-schedule.ts'
import type { Member } from './member.ts'
import { learnerSteering, type MemberSteering } from './member-learning.ts'
import type { OrderDemand } from './orders/order-demand.ts'
import type { Outlook } from './outlook.ts'
import { type MemberOutlook, memberOutlook, planJob, type SteeringLimits, steeringOf } from './plan-member.ts'
import type { PlanOutcomes } from './plan-outcomes.ts'
import { isOnNetwork, memberFlow, plantOutlook } from './plant-outlook.ts'
import type { Planner } from './ports.ts'
import { withPowerFee } from './power-fee-ahead.ts'
import { storeLevels } from './store-levels.ts'
import { yieldToHotWater } from './yield-to-hot-water.ts'

/** What ties the plans of buildings together: the network and its plant, and what orders want of them. */
export interface Ties {
  /** The whole fleet in the order of its ids: who is not planned now takes heat as well. */
  readonly members: readonly Member[]
  readonly production: PlantTerms | undefined
  readonly demand: OrderDemand
  /** Flows are wanted even where nothing limits them. */
  readonly wantsFlows?: boolean
  /** The plan before, whose prices are where the solver starts. */
  readonly before?: PlannedFlows | undefined
  /** What meters show beyond what is expected of them. */
  readonly misses?: BranchMisses | undefined
}

/** Flows and prices of a plan of the fleet, on the slot grid from `start` on. */
export interface PlannedFlows {
  readonly start: Instant
  readonly nodeOf: ReadonlyMap<string, number>
  /** Of the heat stores at `start`. */
  readonly levelsKwh: ReadonlyMap<string, number>
  /** By node; Infinity is none. */
  readonly capKw: readonly Float64Array[]
  /** Whether flows were asked for at all, and whether a plant or a limit gives them a price. */
  readonly hasFlows: boolean
  readonly isPriced: boolean
  readonly plan: Pick<FleetPlan, 'nodeEurPerKwh' | 'flowKw' | 'sourceKw' | 'stores' | 'certificate'>
}

/** A building that is planned now, with what it was planned from. */
export interface PlannedMember {
  readonly member: Member
  readonly own: MemberOutlook
  readonly schedule: Schedule
}

export interface PlannedTogether {
  readonly planned: readonly PlannedMember[]
  /** How the others are steered. */
  readonly others: readonly {
    readonly member: Member
    readonly steering: Exclude<MemberSteering, { kind: 'plan' }>
  }[]
  /** Undefined where no plan came about, and buildings go on with the one that they have. */
  readonly flows: PlannedFlows | undefined
}

export interface TogetherTerms {
  readonly planner: Planner
  readonly limits: SteeringLimits
  readonly ties: Ties
  readonly outcomes: PlanOutcomes
}

interface Candidate {
  readonly member: Member
  readonly own: MemberOutlook
  readonly asked: FleetJobMember
}

/** Plans these buildings as one plant with all that surrounds them; the rest of the fleet stays as it is planned. */
export async function planTogether(
  terms: TogetherTerms,
  which: readonly Member[],
  outlook: Outlook,
  now: Instant,
): Promise<PlannedTogether> {
  const { limits, ties } = terms
  const steered = which.map((member) => ({
    member,
    steering: learnerSteering(member, steeringOf(limits, member, outlook, now), now, limits.planFrom),
  }))
  const others = steered.flatMap(({ member, steering }) =>
    steering.kind === 'plan' ? [] : [{ member, steering }],
  )
  const toPlan = steered.flatMap(({ member, steering }) => (steering.kind === 'plan' ? [member] : []))
  // Who has a heat pump of his own takes nothing from the network, and pays his own price.
  const apart = ties.production ? toPlan.filter(({ building }) => !isOnNetwork(building)) : []
  const onNetwork = toPlan.filter((member) => !apart.includes(member))
  const plant = surroundings(ties, onNetwork, outlook, now)
  const { before, demand } = ties
  const tied = await planGroup(
    terms,
    { plant, members: onNetwork, limits: demand.limits, before },
    outlook,
    now,
  )
  const free = { plant: alone(outlook.slots), members: apart, limits: () => [], before: undefined }
  const untied = apart.length > 0 ? await planGroup(terms, free, outlook, now) : undefined
  return { others, planned: [...tied.planned, ...(untied?.planned ?? [])], flows: tied.flows }
}

/** Buildings that are planned together, and what surrounds them. */
interface Group {
  readonly plant: Surroundings
  readonly members: readonly Member[]
  readonly limits: OrderDemand['limits']
  readonly before: PlannedFlows | undefined
}

async function planGroup(
  terms: TogetherTerms,
  group: Group,
  outlook: Outlook,
  now: Instant,
): Promise<Pick<PlannedTogether, 'planned' | 'flows'>> {
  const { ties } = terms
  const { plant, members } = group
  const own = members.map((member) =>
    answeringTo(plant, ownOutlook(member, outlook, now, ties.demand.isWanted)),
  )
  const jobs = members.map((member, i) => {
    const job = ties.demand.jobOf(member, planJob(member, own[i]!, now))
    return plant.objective === 'owner' ? withPowerFee(job, member, outlook) : job
  })
  const job = fleetJob(ties, group, jobs, outlook)
  const candidates = members.map((member, i): Candidate => ({ member, own: own[i]!, asked: job.members[i]! }))
  if (candidates.length === 0 && !ties.wantsFlows) return { planned: [], flows: undefined }
  return planned(terms, candidates, { job, plant, start: outlook.start })
}

// Orders take rooms down to their band's edge: some tenths under it are no cold room yet, as for dispatch.
const NOT_YET_COLD_K = 0.4

function ownOutlook(member: Member, outlook: Outlook, now: Instant, isCalled: boolean): MemberOutlook {
  const { timeline, building } = member
  const coldC = building.comfort.minC - (isCalled ? NOT_YET_COLD_K : 0)
  return yieldToHotWater(timeline.belief, memberOutlook(member, outlook, now), coldC)
}

/** Where the plant's costs count, comfort and the heat that is left over are worth what heat costs to make. */
function answeringTo({ objective, expected }: Surroundings, own: MemberOutlook): MemberOutlook {
  return objective === 'system' && expected ? { ...own, eurPerKwh: expected.marginalEurPerKwh } : own
}

async function planned(
  { planner, outcomes }: TogetherTerms,
  candidates: readonly Candidate[],
  { job, plant, start }: { job: FleetJob; plant: Surroundings; start: Instant },
): Promise<Pick<PlannedTogether, 'planned' | 'flows'>> {
  try {
    const plan = await planner.planFleet(job)
    if (!outcomes.made(job, plan)) return goneOn(candidates)
    return {
      planned: candidates.map(({ member, own }, i) => ({ member, own, schedule: plan.schedules[i]! })),
      flows: {
        start,
        nodeOf: plant.nodeOf,
        levelsKwh: plant.levelsKwh,
        capKw: job.nodes.map(({ capKw }) => capKw),
        hasFlows: plant.hasFlows,
        isPriced: job.sources.length > 0 && job.objective === 'system',
        plan,
      },
    }
  } catch (error) {
    outcomes.failed(error)
    return goneOn(candidates)
  }
}

/** The last good plan goes on; who has none returns to the curve. */
function goneOn(candidates: readonly Candidate[]): Pick<PlannedTogether, 'planned' | 'flows'> {
  const planned = candidates.map(({ member, own, asked }) => {
    return { member, own, schedule: laterSchedule(member.plan, asked.job) ?? notSolved(asked.job) }
  })
  return { planned, flows: undefined }
}

function notSolved(job: PlanJob): Schedule {
  const { building, madeAt, start, curveHeatKw, eurPerKwh } = job
  const indoorC = new Float64Array(eurPerKwh.length).fill(Number.NaN)
  const none = { gap: Number.POSITIVE_INFINITY, iterations: 0, underKh: 0, overKh: 0 }
  return {
    ...{ building, madeAt, start, curveHeatKw, eurPerKwh, indoorC },
    heatKw: curveHeatKw,
    outcome: 'not-solved',
    ...none,
  }
}

/** The coupled problem; one node and nothing else where nothing ties the buildings together. */
function fleetJob(
  { demand }: Ties,
  { plant, members: planned, before, limits: limitsOf }: Group,
  jobs: readonly PlanJob[],
  outlook: Outlook,
): FleetJob {
  const nodeAt = (branch: string | undefined) => (branch === undefined ? 0 : plant.nodeOf.get(branch))
  const limits = limitsOf({ start: outlook.start, slots: outlook.slots }, nodeAt, jobs)
  const members = jobs.map((job, i): FleetJobMember => {
    const member = planned[i]!
    return { job, node: nodeAt(member.building.branch) ?? 0, weight: demand.weightOf(member) }
  })
  const { stores, nodes, sources, peakEurPerKw, co2CapKg, objective } = plant
  const earlierEurPerKwh = earlierPrices(before, outlook, nodes.length)
  const job = { members, stores, nodes, sources, limits, peakEurPerKw, co2CapKg, objective }
  return earlierEurPerKwh ? { ...job, earlierEurPerKwh } : job
}

type Surroundings = Omit<FleetJob, 'members' | 'limits' | 'earlierEurPerKwh'> &
  Pick<PlantJob, 'nodeOf' | 'levelsKwh'> & { readonly hasFlows: boolean } & Partial<
    Pick<PlantJob, 'expected'>
  >

/** Buildings that buy their own heat, on pipes that nobody described. */
const NO_NETWORK: PlantTerms = {
  network: { branches: [], peakEurPerKw: 0, supply: [{ outdoorC: 0, supplyC: 80 }], objective: 'owner' },
  emissions: { eurPerT: 0, electricityEurPerT: 0 },
}

function surroundings(
  { members, production, demand, wantsFlows, before, misses }: Ties,
  toPlan: readonly Member[],
  outlook: Outlook,
  now: Instant,
): Surroundings {
  if (!production && !wantsFlows && !demand.isWanted) return alone(outlook.slots)
  const isPlanned = new Set(toPlan)
  const drawing = production ? members.filter(({ building }) => isOnNetwork(building)) : members
  const flows = drawing.map((member) => memberFlow(member, isPlanned.has(member), outlook, now))
  const levelsKwh = storeLevels(production?.plant, before, outlook.start)
  const job = { ...plantOutlook(production ?? NO_NETWORK, outlook, flows, levelsKwh), hasFlows: true }
  return misses?.applied(job, outlook.start) ?? job
}

function alone(slots: number): Surroundings {
  const row = (kw: number) => new Float64Array(slots).fill(kw)
  return {
    nodes: [
      { parent: -1, fixedKw: row(0), capKw: row(Number.POSITIVE_INFINITY), lossRatio: 0, delaySteps: 0 },
    ],
    nodeOf: new Map(),
    levelsKwh: new Map(),
    hasFlows: false,
    sources: [],
    stores: [],
    peakEurPerKw: 0,
    co2CapKg: Number.POSITIVE_INFINITY,
    objective: 'owner',
  }
}

/** The prices of the plan before, on this grid. */
function earlierPrices(
  before: PlannedFlows | undefined,
  { start, slots }: Outlook,
  nodes: number,
): Float64Array[] | undefined {
  const prices = before?.plan.nodeEurPerKwh
  if (!before || prices?.length !== nodes || prices.some((row) => row.length !== slots)) return undefined
  const skip = Math.round((start - before.start) / SLOT_MS)
  if (skip < 0 || skip >= slots) return undefined
  return prices.map((row) => Float64Array.from(row, (_, k) => row[Math.min(k + skip, slots - 1)]!))
}
