import { SLOT_HOURS } from '../domain/instant.ts'
import type { BuildingQp, BuildingQpResult } from '../math/building-qp.ts'
import type { BuildingTask } from '../math/building-task.ts'
import { solveBuildingQp } from '../math/solve-building-qp.ts'
import type { Workspace } from '../math/workspace.ts'
import { type DiscreteModel, discretise } from '../thermal/discretise.ts'
import { heatLossKwPerK, timeConstantHours } from '../thermal/time-constant.ts'
import { comfortWeights } from './comfort-weights.ts'
import type { PlanJob, Schedule } from './plan-job.ts'
import { terminalValue } from './terminal-value.ts'

export const PLAN_SETTINGS = { gap: 1e-4, maxIterations: 40 }

/**
 * The cheapest heat that keeps the comfort zone in its band over the horizon. A band that cannot be kept is
 * broken by as little as possible, and the plan says by how much; it is never infeasible.
 */
export function planBuilding(job: PlanJob, workspace: Workspace): Schedule {
  const { qp, warmStart } = buildingTask(job)
  return readPlan(job, solveBuildingQp(qp, workspace, { ...PLAN_SETTINGS, ...(warmStart && { warmStart }) }))
}

/** What a solver is asked for a job, and where it may start; see `buildingQp`. */
export function buildingTask(job: PlanJob, outbidEurPerKw?: number): BuildingTask {
  const qp = buildingQp(job, discretise(job.model, SLOT_HOURS), outbidEurPerKw)
  const warmStart = job.earlierKw?.map((kw, k) => kw - job.minHeatKw[k])
  return warmStart ? { qp, warmStart } : { qp }
}

/**
 * The plan as a quadratic programme over the heat above what the actuator cannot take away. Comfort outbids a fee on
 * the peak: its own, or whose the fleet says.
 */
export function buildingQp(
  job: PlanJob,
  model: DiscreteModel,
  outbidEurPerKw = job.powerFee?.eurPerKw,
): BuildingQp {
  const n = job.eurPerKwh.length
  const price = job.eurPerKwh.map((eur) => eur * SLOT_HOURS)
  const uMax = job.maxHeatKw.map((max, k) => Math.max(0, max - job.minHeatKw[k]))
  const { powerFee } = job
  const weights = comfortWeights(job.eurPerKwh, model, job.warmEurPerKh, outbidEurPerKw)
  return {
    n,
    a: [model.a11, model.a12, model.a21, model.a22],
    b: [model.bHeat1, model.bHeat2],
    ...drift(job, model),
    x0: [job.airC, job.massC],
    u0: Math.max(0, job.heatKw - job.minHeatKw[0]),
    uMax,
    rateKw: job.rateKw,
    wr: rampWeight(job),
    price,
    lo: job.minC,
    hi: job.maxC,
    ...weights,
    terminal: terminalCost(job),
    ...(powerFee && {
      peak: {
        eurPerKw: powerFee.eurPerKw,
        soFarKw: powerFee.soFarKw,
        fixedKw: powerFee.besideKw.map((kw, k) => kw + job.minHeatKw[k]),
      },
    }),
  }
}

/** What weather, gains and the heat that is taken anyway do to both masses, K a slot. */
function drift(job: PlanJob, m: DiscreteModel): { d1: Float64Array; d2: Float64Array } {
  const n = job.eurPerKwh.length
  const d1 = new Float64Array(n)
  const d2 = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const halfSunKw = (0.5 * job.model.apertureM2 * job.solarWm2[k]) / 1000
    const airKw = job.gainsKw[k] + job.model.gainsKw + halfSunKw
    d1[k] = m.eOut1 * job.outdoorC[k] + m.gAir1 * airKw + m.gMass1 * halfSunKw + m.bHeat1 * job.minHeatKw[k]
    d2[k] = m.eOut2 * job.outdoorC[k] + m.gAir2 * airKw + m.gMass2 * halfSunKw + m.bHeat2 * job.minHeatKw[k]
  }
  return { d1, d2 }
}

// A change of the whole heat within a slot costs as much as this share of a slot's full heat. Enough that plans do not
// leap among near equals: what leaps cannot be followed with a dozen writes a day.
const RAMP_SHARE = 0.1

function rampWeight(job: PlanJob): number {
  let largest = 1e-3
  let mean = 0
  for (let k = 0; k < job.eurPerKwh.length; k++) {
    largest = Math.max(largest, job.maxHeatKw[k])
    mean += Math.abs(job.eurPerKwh[k]) / job.eurPerKwh.length
  }
  return (RAMP_SHARE * 2 * SLOT_HOURS * Math.max(mean, 0.01)) / largest
}

/** −V(E) with E the heat above the band's lower edge at the horizon's end, air and structure together. */
function terminalCost(job: PlanJob): BuildingQp['terminal'] {
  const { model } = job
  const last = job.minC.length - 1
  const floorC = job.minC[last]
  const massFloorC = restingMassC(job, floorC, job.outdoorC[last])
  const capacity = model.airKwhPerK + model.massKwhPerK
  const loadKw = heatLossKwPerK(model) * Math.max(1, floorC - job.outdoorC[last])
  const bandKwh = capacity * Math.max(0.5, job.maxC[last] - floorC)
  const value = terminalValue(job.eurPerKwh, loadKw, timeConstantHours(model), bandKwh)
  const { airKwhPerK: c1, massKwhPerK: c2 } = model
  const { firstEurPerKwh: v, slopeEurPerKwh2: s } = value
  return { p: [-v * c1, -v * c2], P: [s * c1 * c1, s * c1 * c2, s * c2 * c2], r: [floorC, massFloorC] }
}

/** Where the structure rests while the air is held at `airC`. */
function restingMassC({ model }: PlanJob, airC: number, outdoorC: number): number {
  const { couplingKwPerK: h, massLossKwPerK: m } = model
  return (h * airC + m * outdoorC) / (h + m)
}

/** What a solver's answer means for the building. */
export function readPlan(job: PlanJob, result: BuildingQpResult): Schedule {
  const solved = result.status !== 'not-finite'
  const heatKw = result.u.map((kw, k) => kw + job.minHeatKw[k])
  const underKh = result.slackLo * SLOT_HOURS
  const overKh = result.slackHi * SLOT_HOURS
  return {
    building: job.building,
    madeAt: job.madeAt,
    start: job.start,
    heatKw: solved ? heatKw : job.curveHeatKw,
    curveHeatKw: job.curveHeatKw,
    indoorC: result.ti.slice(),
    eurPerKwh: job.eurPerKwh,
    outcome: !solved ? 'not-solved' : underKh + overKh > 0.05 ? 'band-broken' : 'solved',
    gap: result.gap,
    iterations: result.iterations,
    underKh,
    overKh,
  }
}
