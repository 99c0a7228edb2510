import { DAY_MS, type Instant } from '../../core/domain/instant.ts'

const YEAR_MS = 365.2425 * DAY_MS
const YEAR_2000 = Date.UTC(2000, 0, 1)

/** The share of the mean year that has passed at `at`, 0 to 1. */
export function shareOfYear(at: Instant): number {
  const years = (at - YEAR_2000) / YEAR_MS
  return years - Math.floor(years)
}

/** A figure of the season from twelve monthly ones, by a line from mid-month to mid-month. */
export function seasonal(byMonth: readonly number[], at: Instant): number {
  const month = shareOfYear(at) * 12 + 11.5
  const before = Math.floor(month)
  const share = month - before
  return monthly(byMonth, before) * (1 - share) + monthly(byMonth, before + 1) * share
}

/** Mid-month figures bent outwards, so that the line through them has the monthly means asked for. */
export function sharpened(means: readonly number[]): number[] {
  return means.map((mean, m) => {
    const smoothed = 0.75 * mean + 0.125 * (monthly(means, m + 11) + monthly(means, m + 1))
    return 2 * mean - smoothed
  })
}

function monthly(byMonth: readonly number[], month: number): number {
  return byMonth[month % 12] ?? Number.NaN
}
