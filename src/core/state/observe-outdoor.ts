import { HOUR_MS } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import type { Belief, OutdoorBelief } from './belief.ts'

const DAY_HOURS = 24
const BIAS_HOURS = 24
/** Further from the weather than this, a sensor hangs in the sun, in a flat or on nothing. */
const MAX_APART_K = 8
const STUCK_MS = 12 * HOUR_MS
const STUCK_WEATHER_K = 3

/**
 * The outdoor temperature: the building's own sensor while it is sane, else the weather. Where the weather is not
 * known (`NaN`) nothing contradicts the sensor, and without one the last value stands.
 */
export function observeOutdoor(
  belief: Belief,
  sample: Sample,
  weatherC: number,
  hours: number,
): OutdoorBelief {
  const past = belief.outdoor
  const own = sample.readings.outdoorC
  const isKnown = Number.isFinite(weatherC)
  const reference = isKnown ? weatherC + past.biasK : (own ?? past.outdoorC)
  if (reference === null) return past
  const track = trackSensor(past, own, reference, sample.at)
  const isApart = own !== undefined && isKnown && Math.abs(own - weatherC) > MAX_APART_K
  const isSane = own !== undefined && !isApart && !isStuck(track, sample.at)
  const outdoorC = isSane ? own : reference
  const dayRate = 1 - Math.exp(-hours / DAY_HOURS)
  const biasRate = isSane && isKnown ? 1 - Math.exp(-hours / BIAS_HOURS) : 0
  return {
    sensorC: track.sensorC,
    sameSince: track.sameSince,
    weatherLowC: track.weatherLowC,
    weatherHighC: track.weatherHighC,
    outdoorC,
    dayMeanC: past.dayMeanC === null ? outdoorC : past.dayMeanC + dayRate * (outdoorC - past.dayMeanC),
    biasK: past.biasK + biasRate * (outdoorC - reference),
    source: isSane ? 'sensor' : 'weather',
    local: past.local,
  }
}

type Track = Pick<OutdoorBelief, 'sensorC' | 'sameSince' | 'weatherLowC' | 'weatherHighC'>

function trackSensor(past: Track, own: number | undefined, weatherC: number, at: number): Track {
  if (own === undefined) return past
  if (own !== past.sensorC)
    return { sensorC: own, sameSince: at, weatherLowC: weatherC, weatherHighC: weatherC }
  return {
    sensorC: own,
    sameSince: past.sameSince,
    weatherLowC: Math.min(past.weatherLowC, weatherC),
    weatherHighC: Math.max(past.weatherHighC, weatherC),
  }
}

function isStuck(track: Track, at: number): boolean {
  return at - track.sameSince >= STUCK_MS && track.weatherHighC - track.weatherLowC >= STUCK_WEATHER_K
}
