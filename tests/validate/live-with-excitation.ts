import { createBuilding, restoreBuilding } from '../../simulators/building.ts'
import type { BuildingSpec } from '../../simulators/building-spec.ts'
import { drawFleet, installerView } from '../../simulators/fleet.ts'
import type { SimulatedBuilding } from '../../simulators/simulated-building.ts'
import type { Building } from '../../src/core/domain/building.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SLOT_MS } from '../../src/core/domain/instant.ts'
import type { Sample } from '../../src/core/domain/telemetry.ts'
import { excitationOffsetK } from '../../src/core/thermal/identify/excitation.ts'
import { createWeatherTrack, type WeatherTrack } from '../../src/replay/weather-track.ts'
import { winterWeather } from './weather.ts'

export const SITE = { timeZone: 'Europe/Helsinki', latitude: 60.2, longitude: 24.9, noise: true }
/** Days in which the building finds its own temperatures, unseen. */
export const SETTLE_DAYS = 7
/** Rest after excitation, on the curve, before a trial. */
const REST_HOURS = 6

export interface Lived {
  readonly building: Building
  readonly spec: BuildingSpec
  readonly weather: WeatherTrack
  readonly start: number
  readonly samples: readonly Sample[]
  readonly offsetK: Float64Array
  /** To begin trials from, some hours after the last sample. */
  readonly snapshot: string
}

/** A fleet as an installer sees it, and its weather for `days` of excitation. */
export function street(seed: number, count: number): readonly { spec: BuildingSpec; building: Building }[] {
  const terms = {
    comfort: { minC: 20, maxC: 23 },
    tariff: { kind: 'spot', feeEurPerMwh: 0 },
  } as const
  return drawFleet({ seed, count }).map((spec) => ({ spec, building: installerView(spec, terms) }))
}

export function streetWeather(seed: number, days: number): { weather: WeatherTrack; start: number } {
  const { at, outdoorC, solarWm2 } = winterWeather(seed, SETTLE_DAYS + days + 2)
  const windMs = new Float64Array(at.length).fill(4)
  const start = at[0]
  return { weather: createWeatherTrack({ start, outdoorC, solarWm2, windMs }), start }
}

/** Days on the curve, then `days` in which excitation moves it as it would in operation. */
export function liveWithExcitation(
  { spec, building }: { spec: BuildingSpec; building: Building },
  { weather, start }: { weather: WeatherTrack; start: number },
  days: number,
): Lived {
  const simulated = createBuilding(spec, { ...SITE, start })
  runUntil(simulated, start + SETTLE_DAYS * DAY_MS, weather, 0)
  simulated.read()
  const first = simulated.at
  const slots = (days * DAY_MS) / SLOT_MS
  const offsetK = new Float64Array(slots)
  const samples: Sample[] = []
  for (let k = 0; k < slots; k++) {
    offsetK[k] = excitationOffsetK({
      seed: spec.seed * 7919 + hashOf(spec.id),
      now: first + k * SLOT_MS,
      indoorC: coldest(samples.at(-1)),
      comfort: building.comfort,
      lacks: ['response-uncertain'],
    })
    runUntil(simulated, simulated.at + SLOT_MS, weather, offsetK[k])
    samples.push({ building: building.id, ...simulated.read() })
  }
  runUntil(simulated, simulated.at + REST_HOURS * HOUR_MS, weather, 0)
  return { building, spec, weather, start: first, samples, offsetK, snapshot: simulated.snapshot() }
}

function hashOf(id: string): number {
  let hash = 0
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003
  return hash
}

function coldest(sample: Sample | undefined): number | null {
  const rooms = Object.values(sample?.readings.zones ?? {}).flatMap(({ indoorC }) => indoorC ?? [])
  return rooms.length > 0 ? Math.min(...rooms) : null
}

export function runUntil(
  simulated: SimulatedBuilding,
  until: number,
  weather: WeatherTrack,
  supplyOffsetK: number,
): void {
  while (simulated.at < until) simulated.step(weather.at(simulated.at), { supplyOffsetK })
}

/** What an offset held for two hours changed, against the same hours without it: true heat and rooms. */
export interface Trial {
  readonly offsetK: number
  readonly at: number
  readonly outdoorC: number
  readonly heatKw: number
  /** Mean of the rooms at the end. */
  readonly roomK: number
}

const TRIAL_HOURS = 2

export function tryOffset(lived: Lived, offsetK: number): Trial {
  const run = (offset: number) => {
    const simulated = restoreBuilding(lived.spec, { ...SITE, start: lived.start }, lived.snapshot)
    const at = simulated.at
    const before = simulated.truth().spaceHeatKwh
    runUntil(simulated, at + TRIAL_HOURS * HOUR_MS, lived.weather, offset)
    const { spaceHeatKwh } = simulated.truth()
    return { at, heatKw: (spaceHeatKwh - before) / TRIAL_HOURS, roomC: meanRoomC(lived.spec, simulated) }
  }
  const moved = run(offsetK)
  const still = run(0)
  return {
    offsetK,
    at: moved.at,
    outdoorC: lived.weather.at(moved.at + MINUTE_MS).outdoorC,
    heatKw: moved.heatKw - still.heatKw,
    roomK: moved.roomC - still.roomC,
  }
}

function meanRoomC({ zones, floorAreaM2 }: BuildingSpec, simulated: SimulatedBuilding): number {
  const { zoneC } = simulated.truth()
  return zones.reduce((sum, zone, i) => sum + (zone.areaM2 * zoneC[i]) / floorAreaM2, 0)
}
