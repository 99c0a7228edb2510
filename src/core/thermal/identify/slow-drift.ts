import { DAY_MS, type Instant } from '../../domain/instant.ts'
import type { Interval } from './profile-interval.ts'

/** What a night's fit said of one quantity. */
export interface NightEstimate {
  readonly at: Instant
  readonly interval: Interval
}

export interface Drift {
  /** The newest over the reference: 1.2 is a fifth more. */
  readonly ratio: number
  /** The first of the nights that agree on it. */
  readonly since: Instant
}

/** Nights whose windows do not overlap with tonight's know nothing of it. */
const WINDOW_DAYS = 28
const NIGHTS_IN_A_ROW = 3
const DEVIATIONS = 2.6
/** New windows take off more than this; less is not worth a caretaker's way. */
const LEAST_CHANGE = 0.1

/**
 * Whether a building has slowly become another: three nights in a row differ from what was found a window and more
 * before, by more than chance and by more than a tenth. Nights go from old to new; undefined where all is as it was.
 */
export function slowDrift(nights: readonly NightEstimate[]): Drift | undefined {
  const last = nights.slice(-NIGHTS_IN_A_ROW)
  if (last.length < NIGHTS_IN_A_ROW) return undefined
  const changes = last.map((night) => changeOf(night, nights))
  const [first] = changes
  if (
    first === undefined ||
    changes.some((one) => one === undefined || Math.sign(one) !== Math.sign(first))
  ) {
    return undefined
  }
  return { ratio: Math.exp(changes.at(-1) ?? 0), since: last[0].at }
}

/** The logarithm of a significant change against the nights before its window; undefined where there is none. */
function changeOf(night: NightEstimate, nights: readonly NightEstimate[]): number | undefined {
  const before = nights.filter(({ at }) => at <= night.at - WINDOW_DAYS * DAY_MS)
  if (before.length === 0 || night.interval.isOpen) return undefined
  const reference = weightedMean(before)
  const change = Math.log(night.interval.value) - reference.mean
  const error = Math.hypot(errorOf(night.interval), reference.error)
  const isClear = Math.abs(change) > DEVIATIONS * error && Math.abs(Math.expm1(change)) > LEAST_CHANGE
  return isClear ? change : undefined
}

/** The surest of overlapping nights' errors stands for all: they share most of their data. */
function weightedMean(nights: readonly NightEstimate[]): { mean: number; error: number } {
  let sum = 0
  let weight = 0
  let error = Number.POSITIVE_INFINITY
  for (const { interval } of nights) {
    const own = errorOf(interval)
    sum += Math.log(interval.value) / (own * own)
    weight += 1 / (own * own)
    error = Math.min(error, own)
  }
  return { mean: sum / weight, error }
}

function errorOf({ low, high, isOpen }: Interval): number {
  return isOpen ? 10 : Math.max(1e-3, Math.log(high / low) / 2 / 1.96)
}
