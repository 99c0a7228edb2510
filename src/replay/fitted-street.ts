import type { Building } from '../core/domain/building.ts'
import { DAY_MS } from '../core/domain/instant.ts'
import type { FittedModel } from './fit-model.ts'
import type { JobPool } from './job-pool.ts'
import { TRIAL_DAYS } from './load-series.ts'
import { type Scene, sendable, siteOf } from './street.ts'

/** Models fitted in advance, in the order of the street; none where the scenario wants others. */
export async function fitStreet({ scenario, world, street }: Scene, pool: JobPool): Promise<FittedModel[]> {
  if (scenario.fleet.models !== 'fitted') return []
  const from = scenario.start - (scenario.warmUpDays + TRIAL_DAYS) * DAY_MS
  const jobs = street.map(({ spec, building }) => ({
    run: { building, spec, site: siteOf(scenario), from, days: TRIAL_DAYS },
    weather: sendable(world),
  }))
  return pool.map('fit', jobs)
}

/** The street as the controller is told of it. */
export function modelled({ scenario, street }: Scene, fits: readonly FittedModel[]): readonly Building[] {
  const learnsModel = scenario.fleet.models === 'learn' || undefined
  return street.map(({ building }, i) => ({ ...building, model: fits[i]?.model, learnsModel }))
}

/** What is said of them. */
export function fittedNote(fits: readonly FittedModel[]): string {
  if (fits.length === 0) return 'models are priors by type, area and year'
  const fitted = fits.filter(({ source }) => source === 'fitted').length
  return `${fitted} models fitted in advance on a trial of ${TRIAL_DAYS} days before the replay, ${fits.length - fitted} priors`
}
