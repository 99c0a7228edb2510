import { type Config, configuredBuildings, parseConfig } from '../../../../src/config.ts'
import type { Member } from '../../../../src/controller/member.ts'
import type { PlanWith } from '../../../../src/controller/orders/judge-order.ts'
import type { Recorder } from '../../../../src/controller/ports.ts'
import { restoreFleet } from '../../../../src/controller/restore-fleet.ts'
import { type Instant, SLOT_MS, slotStart } from '../../../../src/core/domain/instant.ts'
import { solveFleetQp } from '../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { planFleet } from '../../../../src/core/plan/plan-fleet.ts'
import type { PlanJob, Schedule } from '../../../../src/core/plan/plan-job.ts'
import { priorModel } from '../../../../src/core/thermal/prior-model.ts'
import { heatLossKwPerK } from '../../../../src/core/thermal/time-constant.ts'
import { productConfig } from '../../../fixtures/product.ts'

/** Monday, 02:00 in Helsinki: no school is in session. */
export const START = Date.UTC(2026, 0, 12, 0)
export const SLOTS = 64
/** Heat that nobody steers, kW. */
const FIXED_KW = 50

export function configOf(ids: readonly string[]): Config {
  const parsed = parseConfig(productConfig(ids))
  if (!parsed.ok) throw new Error('the configuration of this test is wrong')
  return parsed.config
}

const KINDS = ['concrete-block', 'insulated-block', 'row-house'] as const

/** Houses that are built and sized differently. */
export async function membersOf(
  ids: readonly string[],
  recorder: Pick<Recorder, 'recover'>,
  now: Instant,
): Promise<readonly Member[]> {
  const { fleet } = await restoreFleet(configuredBuildings(configOf(ids)), recorder, now)
  const members = [...fleet.values()].sort((a, b) => (a.building.id < b.building.id ? -1 : 1))
  members.forEach((member, i) => {
    const comfort = { coldestC: 20.9, lowestC: 20.9, meanC: 20.9, warmestC: 20.9, zones: 1 }
    const { timeline } = member
    member.timeline = { ...timeline, belief: { ...timeline.belief, comfort } }
    member.model = priorModel({ kind: KINDS[i % 3]!, floorAreaM2: 1500 + 700 * i, builtYear: 1970 })
  })
  return members
}

/** A frosty night at one price: rooms half a kelvin above where plans keep them. */
export function jobOf({ building, model }: Member, now: Instant, more: Partial<PlanJob> = {}): PlanJob {
  const start = slotStart(now)
  const flat = (value: number) => new Float64Array(SLOTS).fill(value)
  const curveKw = heatLossKwPerK(model) * 31 - model.gainsKw
  return {
    building: building.id,
    madeAt: now,
    start,
    model,
    airC: 20.9,
    massC: 20.7,
    heatKw: curveKw,
    outdoorC: flat(-10),
    solarWm2: flat(0),
    gainsKw: flat(0),
    eurPerKwh: flat(0.08),
    curveHeatKw: flat(curveKw),
    minHeatKw: flat(0.35 * curveKw),
    maxHeatKw: flat(1.4 * curveKw),
    minC: flat(20.35),
    maxC: flat(22.5),
    warmEurPerKh: 2,
    earlierKw: undefined,
    rateKw: 0.7 * curveKw,
    ...more,
  }
}

/** The real solver over the members at one place of the network. */
export function planTogether(members: readonly Member[], more: Partial<PlanJob> = {}): PlanWith {
  return async (demand, now) => {
    const start = slotStart(now)
    const jobs = members.map((member) => demand.jobOf(member, jobOf(member, now, more)))
    const row = (kw: number) => new Float64Array(SLOTS).fill(kw)
    const plan = await planFleet(
      {
        members: jobs.map((job, i) => ({ job, node: 0, weight: demand.weightOf(members[i]!) })),
        stores: [],
        nodes: [
          {
            parent: -1,
            fixedKw: row(FIXED_KW),
            capKw: row(Number.POSITIVE_INFINITY),
            lossRatio: 0,
            delaySteps: 0,
          },
        ],
        sources: [],
        limits: demand.limits({ start, slots: SLOTS }, () => 0, jobs),
        peakEurPerKw: 0,
        co2CapKg: Number.POSITIVE_INFINITY,
        objective: 'owner',
      },
      solveFleetQp,
    )
    return { start, schedules: plan.schedules, flowKw: () => plan.flowKw[0]! }
  }
}

export function meteredOf(schedules: readonly Schedule[]): Float64Array {
  const sum = new Float64Array(SLOTS)
  for (const { heatKw } of schedules) for (let k = 0; k < SLOTS; k++) sum[k]! += heatKw[k]!
  return sum
}

/** The values of a series while `[from, until)` runs. */
export function during(
  kw: Float64Array,
  start: Instant,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly number[] {
  return Array.from(kw.subarray((from - start) / SLOT_MS, (until - start) / SLOT_MS))
}
