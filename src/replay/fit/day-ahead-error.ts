import type { ThermalModel } from '../../core/domain/building.ts'
import { DAY_MS, SLOT_HOURS, SLOT_MS } from '../../core/domain/instant.ts'
import type { Belief } from '../../core/state/belief.ts'
import { forecastGains } from '../../core/state/forecast-gains.ts'
import { discretise } from '../../core/thermal/discretise.ts'
import { AIR, MASS } from '../../core/thermal/filter.ts'
import { predict, solarHeatKw } from '../../core/thermal/predict.ts'
import type { Observations } from './belief-track.ts'

const DAY = DAY_MS / SLOT_MS
const EVERY = 8

/**
 * Root mean square error of the comfort zone 24 h ahead, K, as the controller predicts it, given the heat and the
 * weather that came; over predictions begun from sample `first` on. Null where none can be made.
 */
export function dayAheadRmseC(
  model: ThermalModel,
  beliefs: readonly Belief[],
  seen: Observations,
  { first, timeZone }: { readonly first: number; readonly timeZone: string },
): number | null {
  const step = discretise(model, SLOT_HOURS)
  let squares = 0
  let count = 0
  for (let k = first; k + DAY < beliefs.length; k += EVERY) {
    const belief = beliefs[k]!
    if (belief.filter === null) continue
    const gains = forecastGains(belief, belief.at, DAY, timeZone)
    let state = { airC: belief.filter.mean[AIR]!, massC: belief.filter.mean[MASS]! }
    for (let j = 1; j <= DAY; j++) {
      state = predict(step, state, {
        heatKw: seen.heatKw[k + j]!,
        outdoorC: seen.outdoorC[k + j]!,
        solarKw: solarHeatKw(model, seen.solarWm2[k + j]!),
        gainsKw: model.gainsKw + gains[j - 1]!,
      })
    }
    const error = state.airC - seen.airC[k + DAY]!
    if (!Number.isFinite(error)) continue
    squares += error * error
    count++
  }
  return count > 0 ? Math.sqrt(squares / count) : null
}
