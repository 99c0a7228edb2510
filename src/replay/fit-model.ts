import type { ThermalModel } from '../core/domain/building.ts'
import { DAY_MS, SLOT_MS } from '../core/domain/instant.ts'
import { leastSquares } from '../core/math/least-squares.ts'
import { priorModel } from '../core/thermal/prior-model.ts'
import { followBeliefs, type Observations, observations } from './fit/belief-track.ts'
import { dayAheadRmseC } from './fit/day-ahead-error.ts'
import { type FitRun, liveExcited } from './fit/excited-life.ts'
import { PARAMETER_COUNT, parameterBounds, priorResiduals, scaledModel } from './fit/model-parameters.ts'
import { WINDOW, WINDOW_RESIDUALS, windowResiduals } from './fit/window-residuals.ts'
import type { WeatherTrack } from './weather-track.ts'

export interface FittedModel {
  readonly model: ThermalModel
  /** `prior` where the fit was no better on days it had not seen, or where there was nothing to fit. */
  readonly source: 'fitted' | 'prior'
  /** Error of the comfort zone 24 h ahead on days held out, K: of `model`, and of the prior. */
  readonly rmseC: number | null
  readonly priorRmseC: number | null
}

const DAY = DAY_MS / SLOT_MS
/** In these the building settles and the filter with it. */
const UNUSED_DAYS = 3
const HELD_OUT_DAYS = 6
const LEAST_DAYS = UNUSED_DAYS + HELD_OUT_DAYS + 4

/**
 * The model that a building is given in advance: fitted to a trial on the simulator with all its noise, through the
 * same eyes as the controller's, and judged on the trial's last days. Never worse there than the prior.
 */
export function fitModel(run: FitRun, weather: WeatherTrack): FittedModel {
  const prior = priorModel(run.building)
  const none: FittedModel = { model: prior, source: 'prior', rmseC: null, priorRmseC: null }
  if (run.days < LEAST_DAYS || !run.building.hasIndoorSensor) return none
  const life = liveExcited(run, weather)
  const judge = (model: ThermalModel) => {
    const beliefs = followBeliefs({ ...run.building, model }, life, weather, run.site.timeZone)
    const seen = observations(beliefs, weather)
    const first = (run.days - HELD_OUT_DAYS) * DAY
    return { seen, rmseC: dayAheadRmseC(model, beliefs, seen, { first, timeZone: run.site.timeZone }) }
  }
  const { seen, rmseC: priorRmseC } = judge(prior)
  const model = fitParameters(prior, seen, run.days - HELD_OUT_DAYS)
  const { rmseC } = judge(model)
  const isBetter = rmseC !== null && priorRmseC !== null && rmseC < priorRmseC
  if (!isBetter) return { model: prior, source: 'prior', rmseC: priorRmseC, priorRmseC }
  return { model, source: 'fitted', rmseC, priorRmseC }
}

function fitParameters(prior: ThermalModel, seen: Observations, untilDay: number): ThermalModel {
  const starts = windowStarts(untilDay)
  const residualCount = starts.length * WINDOW_RESIDUALS + PARAMETER_COUNT
  const { x } = leastSquares(
    {
      residuals(x, out) {
        windowResiduals(scaledModel(prior, x), seen, starts, out)
        priorResiduals(x, out, starts.length * WINDOW_RESIDUALS)
      },
      residualCount,
      start: new Float64Array(PARAMETER_COUNT),
      ...parameterBounds(prior),
    },
    { maxIterations: 25, tolerance: 1e-5 },
  )
  return scaledModel(prior, x)
}

/** Windows of 48 h, one a day, that end by `untilDay`. */
function windowStarts(untilDay: number): number[] {
  const starts: number[] = []
  for (let k = UNUSED_DAYS * DAY; k + WINDOW <= untilDay * DAY; k += DAY) starts.push(k)
  return starts
}
