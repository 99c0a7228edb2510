import { DAY_MS, SLOT_HOURS, SLOT_MS } from '../core/domain/instant.ts'
import { blockMeans, blockSlots, keptOver } from './bound/blocks.ts'
import { comfortLimits, limitsAbout } from './bound/comfort-limits.ts'
import { followPlan } from './bound/follow-plan.ts'
import type { ForesightProblem } from './bound/foresight-problem.ts'
import { createReachProbe, type Reach } from './bound/reach.ts'
import { fitResponse, modeStates, type Response, responseRmseC, riseShares } from './bound/response.ts'
import { type SampledLife, sampleLife } from './bound/sampled-life.ts'
import { type ForesightResult, solveForesight } from './bound/solve-foresight.ts'
import { learnThrottle, type Throttle } from './bound/throttle.ts'
import { halfDayShifts, type OffsetRange, randomShifts } from './bound/trial-shifts.ts'
import type { PhysicsRun } from './physics-run.ts'
import type { Bound } from './report.ts'
import type { WeatherTrack } from './weather-track.ts'

export interface BoundInput {
  readonly run: PhysicsRun
  /** The caretaker's shift, which the bound is measured from, K. */
  readonly tunedShiftK: number
  /** The coldest that any room was on the untouched curve, °C. */
  readonly asFoundMinC: number
  /** What a kilowatt-hour of space heat costs, one a slot. */
  readonly eurPerKwh: Float64Array
  /** What the actuator can add to the curve, K. */
  readonly offsets: OffsetRange
}

export interface BuildingBound {
  /** NaN where the solver did not come to an end: no figure is better than a wild one. */
  readonly savingEur: number
  readonly modelRmseC: number
}

/** What perfect foresight would have done with a building, for those who want to see it. */
export interface Foresight extends BuildingBound {
  readonly tuned: SampledLife
  readonly response: Response
  readonly rises: readonly number[]
  readonly reach: Reach
  readonly problem: ForesightProblem
  readonly result: ForesightResult
}

/** The most that moving heat could have saved one building against its caretaker's shift. */
export function boundBuilding(input: BoundInput, weather: WeatherTrack): BuildingBound {
  const { savingEur, modelRmseC } = foresee(input, weather)
  return { savingEur, modelRmseC }
}

export function foresee(input: BoundInput, weather: WeatherTrack): Foresight {
  const slots = (input.run.days * DAY_MS) / SLOT_MS
  const probe = createReachProbe(input.run, weather, input.offsets, slots)
  const tuned = sampleLife(input.run, weather, () => input.tunedShiftK, probe.look)
  const { response, modelRmseC } = learnResponse(input, weather, slots)
  const swing = halfDayShifts(slots, input.offsets)
  const swung = sampleLife(input.run, weather, (k) => swing.shifts[k]!)
  const throttle = learnThrottle(swing, swung, tuned, probe.reach)
  const rises = riseShares(response, tuned, swung)
  const learned = { response, rises, reach: probe.reach, throttle }
  const problem = problemOf(input, tuned, learned)
  const first = solveForesight(problem)
  const result = mend(input, weather, tuned, learned, { problem, first })
  const savingEur = mostSaved([first, result])
  return { savingEur, modelRmseC, tuned, response, rises, reach: probe.reach, problem, result }
}

// Beyond this the solver has lost its way: what it says of the best is no bound.
const LARGEST_GAP_EUR = 25

/** What the solver may have left on the table is the bound's, so that it stays one. */
function mostSaved(results: readonly ForesightResult[]): number {
  const solved = results.filter(({ gapEur }) => gapEur <= LARGEST_GAP_EUR)
  if (solved.length === 0) return Number.NaN
  return Math.max(0, ...solved.map(({ gapEur, costEur }) => gapEur - costEur))
}

/** Lives the plan in the simulator, noise and all, and solves again about what then really came of the rooms. */
function mend(
  input: BoundInput,
  weather: WeatherTrack,
  tuned: SampledLife,
  learned: Learned,
  { problem, first }: { readonly problem: ForesightProblem; readonly first: ForesightResult },
): ForesightResult {
  const block = tuned.heatKw.length / problem.n
  const heatKw = tuned.heatKw.map((kw, k) => kw + first.plan.u[Math.floor(k / block)]!)
  const { offsets, tunedShiftK: firstShiftK } = input
  const lived = followPlan(input.run, weather, { heatKw, firstShiftK, offsets, reach: learned.reach })
  const duKw = lived.heatKw.map((kw, k) => kw - tuned.heatKw[k]!)
  const states = modeStates(learned.response, duKw)
  const x = new Float64Array(problem.n * states.length)
  states.forEach((mode, j) => {
    for (let b = 0; b < problem.n; b++) x[b * states.length + j] = mode[(b + 1) * block - 1]!
  })
  const about = problemOf(input, lived, learned).limits
  return solveForesight({ ...problem, limits: limitsAbout(problem.limits, about, x) })
}

/** The fleet's bound from its buildings', and the share of it that `realisedEur` is; null where one is not known. */
export function fleetBound(bounds: readonly BuildingBound[], realisedEur: number): Bound | null {
  if (bounds.some(({ savingEur }) => Number.isNaN(savingEur))) return null
  const savingEur = bounds.reduce((sum, bound) => sum + bound.savingEur, 0)
  const squares = bounds.reduce((sum, bound) => sum + bound.modelRmseC * bound.modelRmseC, 0)
  return {
    savingEur,
    realisedShare: savingEur > 0 ? realisedEur / savingEur : null,
    modelRmseC: bounds.length > 0 ? Math.sqrt(squares / bounds.length) : 0,
    how: HOW,
  }
}

const HOW =
  'Per building a linear response of each room and of stored heat to heat (three modes), fitted to simulator runs ' +
  'with noise off, its error that of rooms on a schedule it had not seen; all prices, weather, people and valves known ' +
  'as they were in tunedDown; one schedule for all days, no coldest-room, 10th-percentile or overheating kelvin-hours ' +
  'beyond those of tunedDown and no room under 18 °C; heat within what the largest and smallest offset give, less ' +
  'what valves throttle as rooms warm; hot rooms warm by no more than they were seen to; the plan lived once in the ' +
  'simulator and solved again about the rooms that came of it, the larger taken; heat left at the end at the mean price.'

/** Excitation goes as far as the plan will; shifts are counted from the curve, as the caretaker's is. */
function learnResponse({ run, tunedShiftK, offsets }: BoundInput, weather: WeatherTrack, slots: number) {
  const quiet: PhysicsRun = { ...run, site: { ...run.site, noise: false } }
  const live = (shifts: Float64Array) => sampleLife(quiet, weather, (k) => shifts[k]!)
  const base = sampleLife(quiet, weather, () => tunedShiftK)
  const response = fitResponse(base, live(randomShifts(run.spec.seed, slots, offsets)))
  const unseen = live(randomShifts(run.spec.seed + 1, slots, offsets))
  return { response, modelRmseC: responseRmseC(response, base, unseen) }
}

const FLOOR_C = 18
/** Of the largest heat: what is left where the caretaker's heat lies on the actuator's edge. */
const LEAST_ROOM = 0.01

interface Learned {
  readonly response: Response
  readonly rises: readonly number[]
  readonly reach: Reach
  readonly throttle: Throttle
}

function problemOf(
  { run, eurPerKwh, asFoundMinC }: BoundInput,
  tuned: SampledLife,
  { response, rises, reach, throttle }: Learned,
): ForesightProblem {
  const block = blockSlots(eurPerKwh)
  const means = (series: Float64Array) => blockMeans(series, block)
  const heatKw = means(tuned.heatKw)
  const leastRoomKw = LEAST_ROOM * Math.max(...reach.mostKw)
  const hours = block * SLOT_HOURS
  const price = means(eurPerKwh).map((eur) => eur * hours)
  const meanEur = meanOf(eurPerKwh)
  const edges = { ...run.band, floorC: Math.min(FLOOR_C, asFoundMinC), stepHours: hours }
  return {
    n: price.length,
    keep: response.keep.map((keep) => keptOver(keep, block)),
    price,
    endValue: response.storedKwh.map((kwh) => kwh * meanEur),
    least: means(reach.leastKw).map((kw, k) => Math.min(kw - heatKw[k]!, -leastRoomKw)),
    most: means(reach.mostKw).map((kw, k) => Math.max(kw - heatKw[k]!, leastRoomKw)),
    mean: response.meanK,
    ...throttle,
    limits: comfortLimits(tuned.zoneC.map(means), response, rises, edges),
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
