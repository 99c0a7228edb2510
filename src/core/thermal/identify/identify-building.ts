import type { ThermalModel } from '../../domain/building.ts'
import { DAY_MS } from '../../domain/instant.ts'
import { timeConstants } from './box-response.ts'
import { chooseFit, fitCandidates, informationCriterion, LEAST_GAIN } from './choose-shape.ts'
import { coarsened } from './coarsen.ts'
import { type Estimates, estimatesOf, halfWidth } from './estimates.ts'
import { fitShape, type ShapeFit } from './fit-shape.ts'
import { type ForecastError, forecastError } from './forecast-error.ts'
import { gate, LEAST_DAYS, type Verdict } from './gate.ts'
import { type GreyBox, type Shape, shapeName, stateCount } from './grey-box.ts'
import { heatByOutdoor } from './heat-by-outdoor.ts'
import { answerOf, drivenBy, type HeatInput, likeliestHeat, roomAnswerOf } from './heat-input.ts'
import { type Parameter, parametersOf } from './parameters.ts'
import type { RoomAnswer } from './room-answer.ts'
import { isConstantHeat, screenTelemetry, type TelemetryFault } from './screen-telemetry.ts'
import { type FitSeries, fitSeries } from './series.ts'
import type { SupplyAnswer } from './supply-answer.ts'
import type { IdentifyPrior, IdentifyTelemetry, PowerOf } from './telemetry.ts'
import { toThermalModel } from './to-thermal-model.ts'
import { type Whiteness, whitenessOf } from './whiteness.ts'

/** One candidate beside the one that was chosen. */
export interface Candidate {
  readonly name: string
  readonly states: 1 | 2 | 3
  readonly parameters: number
  /** Above the best of all. */
  readonly criterion: number
  readonly isChosen: boolean
}

/** Everything that a fit found; plain data, so that it crosses threads and is kept as JSON. */
export interface BuildingFit {
  readonly shape: Shape
  readonly box: GreyBox
  /** What plan and filter use. */
  readonly model: ThermalModel
  readonly heat: HeatInput
  /** What a kelvin of supply does to the heat; null where no supply was measured. */
  readonly supplyAnswer: SupplyAnswer | null
  /** What it does to the rooms, without any model; null where it is not known what was asked of the supply. */
  readonly roomAnswer: RoomAnswer | null
  readonly candidates: readonly Candidate[]
  readonly parameters: readonly Parameter[]
  readonly estimates: Estimates
  readonly fastHours: number | null
  /** On the last third, by the same shape fitted to the first two. */
  readonly heldOut: ForecastError
  readonly whiteness: Whiteness
  readonly heatByOutdoor: number
}

export type Identified =
  /** The telemetry itself is wrong: nothing was fitted. */
  | { readonly kind: 'bad-input'; readonly faults: readonly TelemetryFault[] }
  /** Sound telemetry that cannot tell what heat does. */
  | {
      readonly kind: 'not-identifiable'
      readonly rows: number
      readonly days: number
      readonly verdict: Verdict & { kind: 'leave-alone' }
    }
  | {
      readonly kind: 'fitted'
      readonly rows: number
      readonly days: number
      readonly verdict: Verdict
      readonly fit: BuildingFit
    }

export interface IdentifyOptions {
  /** Where it is left out, the likelihood decides. */
  readonly powerOf?: PowerOf | undefined
  /** Last night's fit: a start beside the others. */
  readonly previous?: Pick<BuildingFit, 'box' | 'heat'> | undefined
}

const HELD_OUT_SHARE = 1 / 3
/** Learns one building from its telemetry, says how sure it is, and whether it may be steered. */
export function identifyBuilding(
  given: IdentifyTelemetry,
  prior: IdentifyPrior,
  options: IdentifyOptions = {},
): Identified {
  const faults = screenTelemetry(given)
  return faults.length > 0 ? { kind: 'bad-input', faults } : identifyScreened(given, prior, options)
}

/** The same for telemetry that is known to be of a heated building. */
export function identifyScreened(
  given: IdentifyTelemetry,
  prior: IdentifyPrior,
  options: IdentifyOptions = {},
): Exclude<Identified, { kind: 'bad-input' }> {
  const telemetry = coarsened(given)
  const rows = telemetry.at.length
  const days = (telemetry.at[rows - 1] - telemetry.at[0]) / DAY_MS
  if (isConstantHeat(telemetry)) return notIdentifiable(rows, days)
  const { previous } = options
  const heat = likeliestHeat(telemetry, prior, options.powerOf ?? previous?.heat.powerOf)
  const driven = drivenBy(telemetry, heat)
  const fits = fitAll(driven, prior, heat.powerOf, previous?.box)
  const fit = {
    ...describe(fits, prior),
    heat,
    supplyAnswer: answerOf(telemetry, heat.powerOf),
    roomAnswer: roomAnswerOf(telemetry),
  }
  const verdict = gate({
    days,
    responseHalfWidth: halfWidth(fit.estimates.response2hKPerKw),
    responseToSteps: responseToSteps(fit),
    dayAheadRmseK: fit.heldOut.dayAheadRmseK,
    persistenceRmseK: fit.heldOut.persistenceRmseK,
    heatByOutdoor: fit.heatByOutdoor,
    atBound: boundNames(fit.parameters),
  })
  return { kind: 'fitted', rows, days, verdict, fit }
}

/** Steps known less surely than this, as a share, contradict nobody. */
const SURE_STEPS = 0.2

function responseToSteps({ estimates, supplyAnswer, roomAnswer }: BuildingFit): number | null {
  if (supplyAnswer === null || roomAnswer === null) return null
  const { roomKPerK, errorKPerK } = roomAnswer
  const { kwPerK2h, errorKwPerK } = supplyAnswer
  const isSure = errorKPerK < SURE_STEPS * roomKPerK && errorKwPerK < SURE_STEPS * kwPerK2h
  return isSure ? estimates.response2hKPerKw.value / (roomKPerK / kwPerK2h) : null
}

function notIdentifiable(rows: number, days: number): Identified & { kind: 'not-identifiable' } {
  const reasons = [
    {
      code: 'constant-heat' as const,
      text: 'the heat hardly ever changes, so the data cannot tell what a change of heat would do',
    },
    ...(days < LEAST_DAYS
      ? [
          {
            code: 'too-few-data' as const,
            text: `${days.toFixed(1)} days of data; ${LEAST_DAYS} at least are needed`,
          },
        ]
      : []),
  ]
  return { kind: 'not-identifiable', rows, days, verdict: { kind: 'leave-alone', reasons } }
}

interface Fits {
  readonly series: FitSeries
  readonly chosen: ShapeFit
  readonly all: readonly ShapeFit[]
}

/** A rival this close to the chosen one is tried with a daily habit too. */
const CLOSE_RIVAL = 8

/** All candidates; where a daily habit of unmeasured heat explains more, the best of them again with it. */
function fitAll(
  telemetry: IdentifyTelemetry,
  prior: IdentifyPrior,
  powerOf: PowerOf,
  previous: GreyBox | undefined,
): Fits {
  const series = fitSeries(telemetry, powerOf, false)
  const plain = fitCandidates(series, prior, previous)
  const chosen = chooseFit(plain)
  const habit = fitSeries(telemetry, powerOf, true)
  const withHabit = (fit: ShapeFit) => fitShape(habit, prior, { ...fit.shape, hasHabit: true }, [fit.box])
  const first = withHabit(chosen)
  const limit = informationCriterion(chosen)
  if (informationCriterion(first) > limit - LEAST_GAIN) return { series, chosen, all: [...plain, first] }
  const rivals = plain.filter((fit) => fit !== chosen && informationCriterion(fit) < limit + CLOSE_RIVAL)
  const habits = [first, ...rivals.map(withHabit)]
  return { series: habit, chosen: chooseFit(habits), all: [...plain, ...habits] }
}

function describe(
  { series, chosen, all }: Fits,
  prior: IdentifyPrior,
): Omit<BuildingFit, 'heat' | 'supplyAnswer' | 'roomAnswer'> {
  const { shape, box } = chosen
  const least = Math.min(...all.map(informationCriterion))
  const weighed = all.map((fit) => ({ fit, behind: informationCriterion(fit) - least }))
  const own = weighed.find(({ fit }) => fit === chosen) ?? { fit: chosen, behind: 0 }
  const rivals = weighed.filter(({ fit }) => fit !== chosen && fit.shape.hasHabit === shape.hasHabit)
  return {
    shape,
    box,
    model: toThermalModel(box, shape),
    candidates: weighed.map(({ fit, behind }) => ({
      name: shapeName(fit.shape),
      states: stateCount(fit.shape),
      parameters: fit.list.length,
      criterion: behind,
      isChosen: fit === chosen,
    })),
    parameters: parametersOf(chosen),
    estimates: estimatesOf(series, own, rivals),
    fastHours: timeConstants(box, shape).fastHours,
    heldOut: heldOutError(series, prior, chosen),
    whiteness: whitenessOf(box, shape, series),
    heatByOutdoor: heatByOutdoor(series),
  }
}

/** The error of the chosen shape on the last third, fitted to the first two alone. */
function heldOutError(series: FitSeries, prior: IdentifyPrior, chosen: ShapeFit): ForecastError {
  const first = Math.floor(series.count * (1 - HELD_OUT_SHARE))
  const early = fitShape(cut(series, first), prior, chosen.shape, [chosen.box])
  return forecastError(early.box, chosen.shape, series, first)
}

function cut(series: FitSeries, count: number): FitSeries {
  return { ...series, count, at: series.at.slice(0, count) }
}

/** Physical parameters alone: noise on a bound is only very small. */
function boundNames(parameters: readonly Parameter[]): readonly string[] {
  const physical = ['lossKwPerK', 'airKwhPerK', 'massKwhPerK']
  return parameters
    .filter(({ name, toldBy }) => toldBy === 'bound' && physical.includes(name))
    .map(({ name }) => name)
}
