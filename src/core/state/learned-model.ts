import type { Instant } from '../domain/instant.ts'
import type { Identified } from '../thermal/identify/identify-building.ts'
import type { Refit } from '../thermal/identify/refit-building.ts'
import { type Drift, type NightEstimate, slowDrift } from '../thermal/identify/slow-drift.ts'

/** What the nights have taught of one building; plain data, kept with what is believed of it. */
export interface LearnedModel {
  /** The fit that counts. */
  readonly identified: Identified
  /** When that fit was made. */
  readonly learnedAt: Instant
  /** The last night that looked. */
  readonly checkedAt: Instant
  /** What each night's own fit said of the heat loss, oldest first. */
  readonly nights: readonly NightEstimate[]
  readonly drift: Drift | null
}

/** A drift is told from what was a window ago and more: two seasons are enough to tell it by. */
const MOST_NIGHTS = 180

/** One night more. */
export function noteNight(before: LearnedModel | undefined, refit: Refit, at: Instant): LearnedModel {
  const { identified, candidate, isReplaced } = refit
  const tonight =
    candidate.kind === 'fitted' ? [{ at, interval: candidate.fit.estimates.heatLossKwPerK }] : []
  const nights = [...(before?.nights ?? []), ...tonight].slice(-MOST_NIGHTS)
  return {
    identified,
    learnedAt: isReplaced || !before ? at : before.learnedAt,
    checkedAt: at,
    nights,
    drift: slowDrift(nights) ?? null,
  }
}
