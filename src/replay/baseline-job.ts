import type { WeatherSeries } from '../core/domain/series.ts'
import { type IsHopeless, type PhysicsRun, runPhysics } from './physics-run.ts'
import type { BuildingTrace } from './trace.ts'
import { findTunedDown, type TunedDown } from './tuned-down.ts'
import { createWeatherTrack } from './weather-track.ts'

/** Plain data, made to be sent to a thread. */
export interface BaselineJob {
  readonly run: PhysicsRun
  readonly weather: Pick<WeatherSeries, 'start' | 'outdoorC' | 'solarWm2' | 'windMs'>
}

export interface Baselines {
  readonly asFound: BuildingTrace
  readonly tunedDown: TunedDown
}

/** Both baselines of one building: physics alone, no controller. */
export function runBaselines({ run, weather }: BaselineJob): Baselines {
  const track = createWeatherTrack(weather)
  const simulate = (shiftK: number, isHopeless?: IsHopeless) =>
    runPhysics(run, track, () => shiftK, isHopeless)
  return { asFound: simulate(0), tunedDown: findTunedDown(run.band.minC, simulate) }
}
