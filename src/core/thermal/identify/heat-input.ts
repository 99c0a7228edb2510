import { HOUR_MS } from '../../domain/instant.ts'
import { fitShape } from './fit-shape.ts'
import { type RoomAnswer, roomAnswer } from './room-answer.ts'
import { fitSeries, usualStepMs } from './series.ts'
import { heatShape, type SmoothedHeat, smoothedHeat } from './smoothed-heat.ts'
import { type SupplyAnswer, supplyAnswer } from './supply-answer.ts'
import type { IdentifyPrior, IdentifyTelemetry, PowerOf } from './telemetry.ts'
import { timedLoadKw } from './timed-load.ts'

/** How the heat that a fit is driven by was come by. */
export interface HeatInput {
  /** `by-pipes`: the meter's size in the shape of the pipes' temperatures, which is without its noise. */
  readonly source: 'metered' | 'by-pipes'
  readonly powerOf: PowerOf
}

/** Evidence that a file's powers belong to the interval after their instant, in deviance. */
const CLEARLY = 25

/** A meter with less noise than this, as a share of its mean, may be better than its pipes. */
const CLEAN_METER = 0.06
/** So much worse must the pipes explain the rooms, before a noisy meter is believed. */
const FAR_WORSE = 30

/** A clean meter or its pipes, whichever explains the rooms better; of a noisy meter the pipes, unless they do not. */
export function likeliestHeat(
  telemetry: IdentifyTelemetry,
  prior: IdentifyPrior,
  known: PowerOf | undefined,
): HeatInput {
  const deviance = (input: HeatInput) => devianceOf(telemetry, prior, input, false)
  const powerOf = known ?? likelierPower(telemetry, prior)
  const metered: HeatInput = { source: 'metered', powerOf }
  const byPipes: HeatInput = { source: 'by-pipes', powerOf }
  const seen = throughPipes(telemetry, powerOf)
  if (seen === undefined) return metered
  const margin = seen.noiseRatio > CLEAN_METER ? FAR_WORSE : 0
  return deviance(byPipes) < deviance(metered) + margin ? byPipes : metered
}

/** In deviance, by what a load by the clock must explain the meter better: some hundred parameters after Schwarz. */
const TIMED_LOAD_GAIN = 700

/** A lag of the emitters looks like powers that are told too early: only beside one can the two be told apart. */
function likelierPower(telemetry: IdentifyTelemetry, prior: IdentifyPrior): PowerOf {
  const deviance = (powerOf: PowerOf) => devianceOf(telemetry, prior, { source: 'metered', powerOf }, true)
  return deviance('starts') < deviance('ends') - CLEARLY ? 'starts' : 'ends'
}

function devianceOf(
  telemetry: IdentifyTelemetry,
  prior: IdentifyPrior,
  input: HeatInput,
  hasEmitter: boolean,
): number {
  const series = fitSeries(drivenBy(telemetry, input), input.powerOf, false)
  const shape = { hasMass: true, hasEmitter, hasSun: series.hasSun, hasHabit: false }
  const starts = [hasEmitter ? { emitterHours: series.stepHours } : {}]
  return fitShape(series, prior, shape, starts).deviance
}

/** The telemetry with the heat that a fit takes. */
export function drivenBy(telemetry: IdentifyTelemetry, { source, powerOf }: HeatInput): IdentifyTelemetry {
  const seen = source === 'metered' ? undefined : throughPipes(telemetry, powerOf)
  return seen === undefined ? telemetry : { ...telemetry, heatKw: seen.heatKw }
}

function throughPipes(telemetry: IdentifyTelemetry, powerOf: PowerOf): SmoothedHeat | undefined {
  const { supplyC, returnC, indoorC, heatKw, at } = telemetry
  if (supplyC === undefined) return undefined
  const shape = heatShape({ supplyC, returnC, indoorC, powerOf })
  const stepHours = usualStepMs(at) / HOUR_MS
  const whole = smoothedHeat(heatKw, shape, stepHours)
  const loadKw = timedLoadKw({ at, meteredKw: heatKw, shape, outdoorC: telemetry.outdoorC })
  if (loadKw === undefined) return whole
  const withoutLoad = smoothedHeat(
    loadKw.map((kw, k) => heatKw[k] - kw),
    shape,
    stepHours,
  )
  return withoutLoad.deviance < whole.deviance - TIMED_LOAD_GAIN ? withoutLoad : whole
}

/** What a kelvin of supply changes in heat, by the pipes; null where no supply is known. */
export function answerOf(telemetry: IdentifyTelemetry, powerOf: PowerOf): SupplyAnswer | null {
  const { at, outdoorC, indoorC, supplyC } = telemetry
  const seen = throughPipes(telemetry, powerOf)
  if (supplyC === undefined || seen === undefined) return null
  const offsetK = telemetry.offsetK ?? supplyC
  const stepHours = usualStepMs(at) / HOUR_MS
  return supplyAnswer({ at, heatKw: seen.heatKw, offsetK, outdoorC, supplyC, indoorC, stepHours })
}

/** What a kelvin of supply changes in the rooms; null where nobody said what was asked of it. */
export function roomAnswerOf(telemetry: IdentifyTelemetry): RoomAnswer | null {
  const { at, indoorC, outdoorC, solarWm2, offsetK } = telemetry
  if (offsetK === undefined) return null
  return roomAnswer({ at, indoorC, outdoorC, solarWm2, offsetK, stepHours: usualStepMs(at) / HOUR_MS })
}
