import { createBuilding } from '../../simulators/building.ts'
import type { BuildingSpec } from '../../simulators/building-spec.ts'
import type { Setup } from '../../simulators/simulated-building.ts'
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

/** One building alone with the weather: its curve shifted by `shiftK(slot)` kelvins in the counted days. */
export function runPhysics(
  run: PhysicsRun,
  weather: WeatherTrack,
  shiftK: (slot: number) => number,
): BuildingTrace {
  const from = run.start - run.warmUpDays * DAY_MS
  const building = createBuilding(run.spec, { ...run.site, start: from })
  const tracer = createTracer(run.start, (run.days * DAY_MS) / SLOT_MS, run.band)
  const minutes = ((run.warmUpDays + run.days) * DAY_MS) / MINUTE_MS
  for (let m = 0; m < minutes; m++) {
    const at = from + m * MINUTE_MS
    const offset = at < run.start ? 0 : shiftK(Math.floor((at - run.start) / SLOT_MS))
    building.step(weather.at(at), offset === 0 ? undefined : { supplyOffsetK: offset })
    tracer.minute(at + MINUTE_MS, building.truth())
  }
  return tracer.trace
}
