import { createBuilding, restoreBuilding } from '../../simulators/building.ts'
import type { BuildingSpec } from '../../simulators/building-spec.ts'
import type { Command, Setup, SimulatedBuilding } from '../../simulators/simulated-building.ts'
import { DAY_MS, type Instant, MINUTE_MS, SLOT_MS } from '../core/domain/instant.ts'
import { type BuildingTrace, createTracer } from './trace.ts'
import type { WeatherTrack } from './weather-track.ts'

export interface PhysicsRun {
  readonly spec: BuildingSpec
  readonly site: Omit<Setup, 'start'>
  /** Beginning of the counted days, after `warmUpDays` on the untouched curve. */
  readonly start: Instant
  readonly days: number
  readonly warmUpDays: number
  readonly band: { readonly minC: number; readonly maxC: number }
}

/** Says of a trace that is lived up to `slots` that the rest of it is not worth living. */
export type IsHopeless = (trace: BuildingTrace, slots: number) => boolean

/**
 * One building alone with the weather: its curve shifted by `shiftK(slot)` kelvins in the counted days. What comes
 * after it `isHopeless` stays zero.
 */
export function runPhysics(
  run: PhysicsRun,
  weather: WeatherTrack,
  shiftK: (slot: number) => number,
  isHopeless: IsHopeless = () => false,
): BuildingTrace {
  const command = (slot: number) => {
    const supplyOffsetK = shiftK(slot)
    return supplyOffsetK === 0 ? undefined : { supplyOffsetK }
  }
  return runCommanded(run, weather, command, isHopeless)
}

/** One building alone with the weather, told `command(slot)` in the counted days. */
export function runCommanded(
  run: PhysicsRun,
  weather: WeatherTrack,
  command: (slot: number) => Command | undefined,
  isHopeless: IsHopeless = () => false,
): BuildingTrace {
  const building = warmedUp(run, weather)
  const slots = (run.days * DAY_MS) / SLOT_MS
  const { minute, trace } = createTracer(run.start, slots, run.band)
  minute(run.start, building.truth())
  for (let k = 0; k < slots && !isHopeless(trace, k); k++) {
    const told = command(k)
    for (let m = 0; m < SLOT_MS / MINUTE_MS; m++) {
      building.step(weather.at(building.at), told)
      minute(building.at, building.truth())
    }
  }
  return trace
}

const warmUps = new WeakMap<PhysicsRun, string>()

/** The building after its days on the untouched curve; they are the same for every shift, so they are lived once. */
export function warmedUp(run: PhysicsRun, weather: WeatherTrack): SimulatedBuilding {
  const known = warmUps.get(run) ?? liveWarmUp(run, weather)
  warmUps.set(run, known)
  return restoreBuilding(run.spec, { ...run.site, start: run.start }, known)
}

function liveWarmUp(run: PhysicsRun, weather: WeatherTrack): string {
  const from = run.start - run.warmUpDays * DAY_MS
  const building = createBuilding(run.spec, { ...run.site, start: from })
  for (let at = from; at < run.start; at += MINUTE_MS) building.step(weather.at(at), undefined)
  return building.snapshot()
}
