import { HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import type { GapCause, Quantity } from './weather-read.ts'

/** One value at one instant, in our unit; `NaN` with its reason where there is none. */
export interface Cell {
  readonly at: Instant
  readonly value: number
  readonly why?: GapCause | undefined
  /** How far on a line may be drawn from here to the next cell. */
  readonly reachMs: number
}

/** The mean over `[from, to)`. */
export interface Span {
  readonly from: Instant
  readonly to: Instant
  readonly value: number
  readonly why?: GapCause | undefined
}

/** What a service says, quantity by quantity in order of time: temperature at instants, sun as means. */
export interface WeatherTracks {
  readonly outdoorC: readonly Cell[]
  readonly windMs: readonly Cell[]
  readonly cloudRatio: readonly Cell[]
  readonly solarWm2: readonly Span[]
  /** Why a quantity has no value at all, where it was not simply left out. */
  readonly absent: Readonly<Partial<Record<Quantity, GapCause>>>
  readonly issuedAt: Instant | undefined
}

/** A value before it is checked, or why there is none. */
export type Raw = number | GapCause

/** What a JSON document holds in a cell. */
export function rawNumber(value: unknown): Raw {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return value === null || value === undefined || Number.isNaN(value) ? 'missing-cell' : 'bad-cell'
}

const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/

/** What an XML document holds in a cell; `NaN` is how its services write a missing value. */
export function rawText(text: string): Raw {
  if (text === '' || /^nan$/i.test(text)) return 'missing-cell'
  return DECIMAL.test(text) ? rawNumber(Number(text)) : 'bad-cell'
}

interface Range {
  readonly min: number
  readonly max: number
}
/** Wider than any weather on earth: beyond it a unit or a sentinel was taken for a value. */
const RANGES: Readonly<Record<Quantity, Range>> = {
  outdoorC: { min: -75, max: 60 },
  solarWm2: { min: -10, max: 1_500 },
  windMs: { min: 0, max: 80 },
  cloudRatio: { min: 0, max: 1 },
}

/** The value in our unit, or why it cannot be one. */
export function checkValue(
  quantity: Quantity,
  raw: Raw,
  convert: (value: number) => number,
): { readonly value: number; readonly why?: GapCause | undefined } {
  if (typeof raw !== 'number') return { value: Number.NaN, why: raw }
  const value = convert(raw)
  const { min, max } = RANGES[quantity]
  if (!(value >= min && value <= max)) return { value: Number.NaN, why: 'out-of-range' }
  // At night instruments and models go a little below zero.
  return { value: quantity === 'solarWm2' ? Math.max(0, value) : value }
}

/** The least distance between rows, ms: the step of a regular series of which rows may be missing. */
export function stepOf(times: readonly Instant[]): number {
  let step = Number.POSITIVE_INFINITY
  for (let k = 1; k < times.length; k++) step = Math.min(step, times[k]! - times[k - 1]!)
  return Number.isFinite(step) ? step : HOUR_MS
}

/** Instants on a line as long as rows follow each other by `reachMs`. */
export function cellsOf(
  quantity: Quantity,
  times: readonly Instant[],
  raws: readonly Raw[],
  { reachMs, convert }: { readonly reachMs: number; readonly convert: (value: number) => number },
): Cell[] {
  return times.map((at, k) => ({ at, reachMs, ...checkValue(quantity, raws[k] ?? 'missing-cell', convert) }))
}

/** Means of the `stepMs` that end at each time. */
export function precedingMeans(
  times: readonly Instant[],
  raws: readonly Raw[],
  { stepMs, convert }: { readonly stepMs: number; readonly convert: (value: number) => number },
): Span[] {
  return times.map((at, k) => ({
    from: at - stepMs,
    to: at,
    ...checkValue('solarWm2', raws[k] ?? 'missing-cell', convert),
  }))
}

/** Means between one time and the next of a sum that runs on, J/m² once converted: its slope. */
export function meansOfRunningSum(
  times: readonly Instant[],
  raws: readonly Raw[],
  convert: (value: number) => number,
): Span[] {
  return times.slice(1).map((to, k) => {
    const from = times[k]!
    return {
      from,
      to,
      ...slopeOf(raws[k] ?? 'missing-cell', raws[k + 1] ?? 'missing-cell', to - from, convert),
    }
  })
}

function slopeOf(before: Raw, after: Raw, ms: number, convert: (value: number) => number) {
  if (typeof before !== 'number') return { value: Number.NaN, why: before }
  if (typeof after !== 'number') return { value: Number.NaN, why: after }
  if (after < before) return { value: Number.NaN, why: 'sum-fell' } as const
  return checkValue('solarWm2', after - before, (joules) => convert(joules) / (ms / 1_000))
}
