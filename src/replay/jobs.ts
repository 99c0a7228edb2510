import type { WeatherSeries } from '../core/domain/series.ts'
import { type BaselineJob, type Baselines, runBaselines } from './baseline-job.ts'
import type { FitRun } from './fit/excited-life.ts'
import { type FittedModel, fitModel } from './fit-model.ts'
import { createWeatherTrack } from './weather-track.ts'

export interface FitJob {
  readonly run: FitRun
  readonly weather: Pick<WeatherSeries, 'start' | 'outdoorC' | 'solarWm2' | 'windMs'>
}

/** The work that a replay gives to its threads, by name. */
export interface Jobs {
  readonly baselines: { readonly input: BaselineJob; readonly output: Baselines }
  readonly fit: { readonly input: FitJob; readonly output: FittedModel }
}

export type JobName = keyof Jobs

const RUNNERS: { readonly [N in JobName]: (input: Jobs[N]['input']) => Jobs[N]['output'] } = {
  baselines: runBaselines,
  fit: ({ run, weather }) => fitModel(run, createWeatherTrack(weather)),
}

export function runJob<N extends JobName>(name: N, input: Jobs[N]['input']): Jobs[N]['output'] {
  return RUNNERS[name](input)
}
