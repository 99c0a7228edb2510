import { SLOT_MS } from '../../src/core/domain/instant.ts'
import type { Sample } from '../../src/core/domain/telemetry.ts'
import type { BuildingFit } from '../../src/core/thermal/identify/identify-building.ts'
import { identifyBuilding } from '../../src/core/thermal/identify/identify-building.ts'
import { priorByType } from '../../src/core/thermal/identify/identify-prior.ts'
import { errorOn } from '../../src/core/thermal/identify/refit-building.ts'
import { heatChangeKw } from '../../src/core/thermal/identify/supply-answer.ts'
import type { IdentifyTelemetry } from '../../src/core/thermal/identify/telemetry.ts'
import { followBeliefs } from '../../src/replay/fit/belief-track.ts'
import {
  type Lived,
  liveWithExcitation,
  SITE,
  street,
  streetWeather,
  tryOffset,
} from './live-with-excitation.ts'

/** Winter days under excitation that a fit sees, and days after them that it does not. */
export const DAYS = 14
export const UNSEEN_DAYS = 6
const TRIAL_K = 10
/** Below this no thermometer of 0.1 K tells a better prediction from a worse one. */
export const NOISE_FLOOR_K = 0.1

/** One simulated building, richer than any candidate, against its fit. */
export interface StreetRun {
  readonly id: string
  readonly model: string
  readonly verdict: string
  readonly dayAheadRmseK: number | null
  readonly persistenceRmseK: number | null
  readonly trials: readonly StreetTrial[]
}

export interface StreetTrial {
  readonly offsetK: number
  readonly heatKw: number
  readonly predictedKw: number
  readonly roomK: number
  readonly predictedK: number
}

export function streetRuns(
  seed: number,
  count: number,
  tell?: (run: StreetRun) => void,
): readonly StreetRun[] {
  const world = streetWeather(seed, DAYS + UNSEEN_DAYS)
  return street(seed, count)
    .filter(({ building }) => building.hasIndoorSensor)
    .map((house) => {
      const lived = liveWithExcitation(house, world, DAYS)
      const run = streetRun(lived, telemetryOf(liveWithExcitation(house, world, DAYS + UNSEEN_DAYS)))
      tell?.(run)
      return run
    })
}

/** `longer` is the same life, and the days after. */
function streetRun(lived: Lived, longer: IdentifyTelemetry): StreetRun {
  const { building } = lived
  const identified = identifyBuilding(telemetryOf(lived), priorByType(building), { powerOf: 'ends' })
  if (identified.kind !== 'fitted') {
    const none = { dayAheadRmseK: null, persistenceRmseK: null, trials: [] }
    return { id: building.id, model: 'none', verdict: identified.kind, ...none }
  }
  const { fit, verdict } = identified
  const unseen = errorOn(longer, fit, lived.samples.length)
  return {
    id: building.id,
    model: fit.candidates.find(({ isChosen }) => isChosen)?.name ?? '',
    verdict: verdict.kind === 'steer' ? 'steer' : verdict.reasons.map(({ code }) => code).join(' '),
    dayAheadRmseK: unseen.dayAheadRmseK,
    persistenceRmseK: unseen.persistenceRmseK,
    trials: [-TRIAL_K, TRIAL_K].map((offsetK) => trialOf(lived, fit, offsetK)),
  }
}

/** What the fit says before, and what the building does: true heat and true rooms. */
function trialOf(lived: Lived, fit: BuildingFit, offsetK: number): StreetTrial {
  const { heatKw, roomK } = tryOffset(lived, offsetK)
  const predictedKw = fit.supplyAnswer ? heatChangeKw(fit.supplyAnswer, offsetK) : Number.NaN
  const predictedK = predictedKw * fit.estimates.response2hKPerKw.value
  return { offsetK, heatKw, predictedKw, roomK, predictedK }
}

/** As the controller sees the building: heat told apart from hot water, zones checked, sensors with their noise. */
function telemetryOf(lived: Lived): IdentifyTelemetry {
  const { building, samples, weather, offsetK } = lived
  const beliefs = followBeliefs(building, { samples, offsetK }, weather, SITE.timeZone)
  const reading = (name: 'supplyC' | 'returnC') =>
    samples.map(({ readings }: Sample) => readings[name] ?? Number.NaN)
  return {
    at: samples.map(({ at }) => at),
    indoorC: beliefs.map(({ comfort }) => comfort.meanC ?? Number.NaN),
    heatKw: beliefs.map(({ heat }) => Math.max(0, heat.spaceKw ?? Number.NaN)),
    outdoorC: beliefs.map(({ outdoor }) => outdoor.outdoorC ?? Number.NaN),
    solarWm2: samples.map(({ at }) => weather.at(at - SLOT_MS).solarWm2),
    supplyC: reading('supplyC'),
    returnC: reading('returnC'),
    offsetK,
  }
}

export interface StreetSummary {
  readonly buildings: number
  readonly steered: number
  /** At least 25 % better than "tomorrow as now", or at the noise of the sensors. */
  readonly foreseen: number
  readonly trialsKw: number
  readonly trialsRooms: number
}

/** Of buildings, how many pass; a trial counts where both directions do. */
export function summariseStreet(runs: readonly StreetRun[]): StreetSummary {
  const passing = (is: (trial: StreetTrial) => boolean) =>
    runs.filter(({ trials }) => trials.length > 0 && trials.every(is)).length
  return {
    buildings: runs.length,
    steered: runs.filter(({ verdict }) => verdict === 'steer').length,
    foreseen: runs.filter(isForeseen).length,
    trialsKw: passing(isHeatRight),
    trialsRooms: passing(isRoomRight),
  }
}

export function isForeseen({ dayAheadRmseK, persistenceRmseK }: StreetRun): boolean {
  if (dayAheadRmseK === null || persistenceRmseK === null) return false
  return dayAheadRmseK <= 0.75 * persistenceRmseK || dayAheadRmseK <= NOISE_FLOOR_K
}

export function isHeatRight({ heatKw, predictedKw }: StreetTrial): boolean {
  return Math.abs(predictedKw - heatKw) <= 0.2 * Math.abs(heatKw)
}

export function isRoomRight({ roomK, predictedK }: StreetTrial): boolean {
  const error = Math.abs(predictedK - roomK)
  return error <= 0.15 || error <= 0.3 * Math.abs(roomK)
}
