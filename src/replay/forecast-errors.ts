import { createFileWeather } from '../adapters/files/file-weather.ts'
import { accumulate, type BuildingRun } from './accumulate.ts'
import type { ReplayWorld } from './load-series.ts'
import { compare } from './savings.ts'
import type { Scenario } from './scenario.ts'
import type { SlotCalendar } from './slot-calendar.ts'

export const ERROR_LEVELS = ['perfect', 'low', 'medium', 'high'] as const
export type ErrorLevel = (typeof ERROR_LEVELS)[number]

/** The same fleet and days under control that sees weather as wrong as `error` says. */
export interface ErrorLevelRuns {
  readonly error: ErrorLevel
  readonly runs: readonly BuildingRun[]
}

/** What it came to: the bill as it is; savings and what uncertainty costs count the heat left in the structure. */
export interface ForecastErrorFigures {
  readonly error: ErrorLevel
  readonly costEur: number
  readonly energyKwh: number
  readonly savedEur: number
  readonly costPercent: number | null
  /** What uncertainty costs: more than with perfect forecasts, and that as a share of their bill. */
  readonly abovePerfectEur: number
  readonly abovePerfectPercent: number | null
  readonly underheatingKh: number
  readonly coldestZoneKh: number
  readonly overheatingKh: number
}

/** The scenario's own life and, one after the other, those that it leads with other forecasts. */
export async function liveErrorLevels(
  own: ErrorLevelRuns,
  live: (error: ErrorLevel) => Promise<readonly BuildingRun[]>,
): Promise<readonly ErrorLevelRuns[]> {
  const all: ErrorLevelRuns[] = []
  for (const error of ERROR_LEVELS) all.push(error === own.error ? own : { error, runs: await live(error) })
  return all
}

/** The same world, its weather foreseen as wrongly as `error` says. */
export function withForecastError(world: ReplayWorld, { seed }: Scenario, error: ErrorLevel): ReplayWorld {
  return { ...world, weather: createFileWeather(world.truth.weather, { error, seed }) }
}

/** Each level against the caretaker, and against perfect forecasts. */
export function forecastErrorFigures(
  levels: readonly ErrorLevelRuns[],
  tunedDown: readonly BuildingRun[],
  calendar: SlotCalendar,
): readonly ForecastErrorFigures[] {
  const tuned = accumulate(tunedDown, calendar)
  const lives = levels.map(({ error, runs }) => {
    const figures = accumulate(runs, calendar)
    return { error, figures, saved: compare(tuned, figures) }
  })
  const perfect = lives.find(({ error }) => error === 'perfect')
  return lives.map(({ error, figures, saved }) => {
    const abovePerfectEur = (perfect?.saved.savedEur ?? Number.NaN) - saved.savedEur
    const perfectEur = perfect ? tuned.costEur - tuned.storedHeatEur - perfect.saved.savedEur : 0
    return {
      error,
      costEur: figures.costEur,
      energyKwh: figures.energyKwh,
      savedEur: saved.savedEur,
      costPercent: saved.costPercent,
      abovePerfectEur,
      abovePerfectPercent: perfectEur > 0 ? (100 * abovePerfectEur) / perfectEur : null,
      underheatingKh: figures.underheatingKh,
      coldestZoneKh: figures.coldestZoneKh,
      overheatingKh: figures.overheatingKh,
    }
  })
}
