import { HOUR_MS } from '../../domain/instant.ts'
import { fitShape } from './fit-shape.ts'
import { fitSeries, usualStepMs } from './series.ts'
import { heatShape, smoothedHeat } from './smoothed-heat.ts'
import { type SupplyAnswer, supplyAnswer } from './supply-answer.ts'
import type { IdentifyPrior, IdentifyTelemetry, PowerOf } from './telemetry.ts'

/** How the heat that a fit is driven by was come by. */
export interface HeatInput {
  /** `by-pipes`: the meter's size in the shape of the pipes' temperatures, which is without its noise. */
  readonly source: 'metered' | 'by-pipes'
  readonly powerOf: PowerOf
}

/** Evidence that a file's powers belong to the interval after their instant, in deviance. */
const CLEARLY = 10

/** Whatever explains the rooms best: the same thermometer, driven by one and the other. */
export function likeliestHeat(
  telemetry: IdentifyTelemetry,
  prior: IdentifyPrior,
  known: PowerOf | undefined,
): HeatInput {
  const deviance = (input: HeatInput) => {
    const series = fitSeries(drivenBy(telemetry, input), input.powerOf, false)
    const shape = { hasMass: true, hasEmitter: false, hasSun: series.hasSun, hasHabit: false }
    return fitShape(series, prior, shape, [{}]).deviance
  }
  const powerOf = known ?? likelierPower(deviance)
  const metered: HeatInput = { source: 'metered', powerOf }
  if (telemetry.supplyC === undefined) return metered
  const byPipes: HeatInput = { source: 'by-pipes', powerOf }
  return deviance(byPipes) < deviance(metered) ? byPipes : metered
}

function likelierPower(deviance: (input: HeatInput) => number): PowerOf {
  const ends = deviance({ source: 'metered', powerOf: 'ends' })
  return deviance({ source: 'metered', powerOf: 'starts' }) < ends - CLEARLY ? 'starts' : 'ends'
}

/** The telemetry with the heat that a fit takes. */
export function drivenBy(telemetry: IdentifyTelemetry, { source, powerOf }: HeatInput): IdentifyTelemetry {
  const { supplyC, returnC, indoorC, heatKw, at } = telemetry
  if (source === 'metered' || supplyC === undefined) return telemetry
  const shape = heatShape({ supplyC, returnC, indoorC, powerOf })
  return { ...telemetry, heatKw: smoothedHeat(heatKw, shape, usualStepMs(at) / HOUR_MS).heatKw }
}

/** What a kelvin of supply changes in heat; null where no supply is known. */
export function answerOf(driven: IdentifyTelemetry): SupplyAnswer | null {
  const offsetK = driven.offsetK ?? driven.supplyC
  if (offsetK === undefined) return null
  const { at, heatKw, outdoorC } = driven
  return supplyAnswer({ at, heatKw, offsetK, outdoorC, stepHours: usualStepMs(at) / HOUR_MS })
}
