import type { WeatherSeries } from '../core/domain/series.ts'
import { type BaselineJob, type Baselines, runBaselines } from './baseline-job.ts'
import { type BoundInput, type BuildingBound, boundBuilding } from './bound.ts'
import type { FitRun } from './fit/excited-life.ts'
import { type FittedModel, fitModel } from './fit-model.ts'
import { type PhysicsRun, runCommanded } from './physics-run.ts'
import type { BuildingTrace } from './trace.ts'
import { createWeatherTrack } from './weather-track.ts'

type SentWeather = Pick<WeatherSeries, 'start' | 'outdoorC' | 'solarWm2' | 'windMs'>

export interface FitJob {
  readonly run: FitRun
  readonly weather: SentWeather
}

export interface BoundJob {
  readonly input: BoundInput
  readonly weather: SentWeather
}

/** A building that may take at most `limitKw` of space heat, one value a slot, infinite where nothing binds. */
export interface LimitedJob {
  readonly run: PhysicsRun
  readonly limitKw: Float64Array
  readonly weather: SentWeather
}

/** The work that a replay gives to its threads, by name. */
export interface Jobs {
  readonly baselines: { readonly input: BaselineJob; readonly output: Baselines }
  readonly fit: { readonly input: FitJob; readonly output: FittedModel }
  readonly limited: { readonly input: LimitedJob; readonly output: BuildingTrace }
  readonly bound: { readonly input: BoundJob; readonly output: BuildingBound }
}

export type JobName = keyof Jobs

const RUNNERS: { readonly [N in JobName]: (input: Jobs[N]['input']) => Jobs[N]['output'] } = {
  baselines: runBaselines,
  fit: ({ run, weather }) => fitModel(run, createWeatherTrack(weather)),
  limited: ({ run, limitKw, weather }) =>
    runCommanded(run, createWeatherTrack(weather), (k) => {
      const heatLimitKw = limitKw[k]!
      return Number.isFinite(heatLimitKw) ? { heatLimitKw } : undefined
    }),
  bound: ({ input, weather }) => boundBuilding(input, createWeatherTrack(weather)),
}

export function runJob<N extends JobName>(name: N, input: Jobs[N]['input']): Jobs[N]['output'] {
  return RUNNERS[name](input)
}
