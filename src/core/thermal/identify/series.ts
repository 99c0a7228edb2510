import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/instant.ts'
import type { Samples } from '../../math/innovations.ts'
import { HABIT, HABIT_INPUTS, HEAT, METERED_GAINS, ONE, OUTDOOR, PLAIN_INPUTS, SUN } from './box-system.ts'
import type { IdentifyTelemetry, PowerOf } from './telemetry.ts'

/** Telemetry as a filter takes it: runs without long holes. */
export interface FitSeries extends Samples {
  readonly at: Float64Array
  readonly hasSun: boolean
  /** Usual hours between two samples. */
  readonly stepHours: number
}

/** For so long the last value of an input stands for a missing one; longer, and a new run begins. */
const LONGEST_HOLD_HOURS = 3

/** Inputs of each step, from the rows at both of its ends; rows before the first complete one are left out. */
export function fitSeries(telemetry: IdentifyTelemetry, powerOf: PowerOf, hasHabit: boolean): FitSeries {
  const m = hasHabit ? HABIT_INPUTS : PLAIN_INPUTS
  const rows = telemetry.at.length
  const stepMs = usualStepMs(telemetry.at)
  const hold = Math.max(LONGEST_HOLD_HOURS, (2.1 * stepMs) / HOUR_MS)
  const sources = inputSources(telemetry, hold)
  const inputs = new Float64Array(rows * m)
  const measured = new Float64Array(rows)
  const at = new Float64Array(rows)
  const stepOf = new Int32Array(rows)
  const lengths = new Map<number, number>()
  let count = 0
  let isRunning = false
  for (let k = 0; k < rows; k++) {
    const hours = k > 0 ? stepHours(telemetry.at[k - 1], telemetry.at[k]) : 0
    const isWhole = sources.every((source) => Number.isFinite(source[k]))
    if (!isWhole || hours > hold) isRunning = false
    if (!isWhole || (!isRunning && !Number.isFinite(telemetry.indoorC[k]))) continue
    const before = isRunning ? k - 1 : k
    const isUsual = Math.abs(hours * HOUR_MS - stepMs) < 0.5 * stepMs
    const mean = (source: ArrayLike<number>) => (source[before] + source[k]) / 2
    // Over a hole the rows at both ends say as much as either.
    const power = (source: ArrayLike<number>) =>
      isUsual ? source[powerOf === 'ends' ? k : before] : mean(source)
    const [heat, outdoor, sun, gains] = sources
    inputs[count * m + HEAT] = power(heat)
    inputs[count * m + OUTDOOR] = mean(outdoor)
    inputs[count * m + SUN] = power(sun) / 1000
    inputs[count * m + ONE] = 1
    inputs[count * m + METERED_GAINS] = power(gains)
    if (hasHabit) putHabit(inputs, count * m + HABIT, telemetry.at[k] - (hours * HOUR_MS) / 2)
    measured[count] = telemetry.indoorC[k]
    at[count] = telemetry.at[k]
    stepOf[count] = isRunning ? indexOf(lengths, hours) : -1
    isRunning = true
    count++
  }
  return {
    count,
    m,
    inputs,
    measured,
    stepOf,
    hours: Float64Array.from(lengths.keys()),
    at: at.subarray(0, count),
    hasSun: telemetry.solarWm2 !== undefined,
    stepHours: stepMs / HOUR_MS,
  }
}

/** The median distance between rows. */
export function usualStepMs(at: ArrayLike<Instant>): number {
  const steps = new Float64Array(Math.max(0, at.length - 1))
  for (let k = 0; k < steps.length; k++) steps[k] = at[k + 1] - at[k]
  steps.sort()
  return steps.length > 0 ? steps[steps.length >> 1] : HOUR_MS
}

/** Whole minutes: clocks that stray by seconds need no discretisation of their own. */
function stepHours(from: Instant, to: Instant): number {
  return Math.max(1, Math.round((to - from) / MINUTE_MS)) / 60
}

function indexOf(lengths: Map<number, number>, hours: number): number {
  const known = lengths.get(hours)
  if (known !== undefined) return known
  lengths.set(hours, lengths.size)
  return lengths.size - 1
}

function inputSources(telemetry: IdentifyTelemetry, holdHours: number): readonly Float64Array[] {
  const { at, heatKw, outdoorC, solarWm2, gainsKw } = telemetry
  const none = new Float64Array(at.length)
  const held = (values: ArrayLike<number>) => holdLast(at, values, holdHours)
  return [held(heatKw), held(outdoorC), solarWm2 ? held(solarWm2) : none, gainsKw ? held(gainsKw) : none]
}

function holdLast(at: ArrayLike<Instant>, values: ArrayLike<number>, hours: number): Float64Array {
  const out = Float64Array.from(values)
  let last = -1
  for (let k = 0; k < out.length; k++) {
    if (Number.isFinite(out[k])) last = k
    else if (last >= 0 && at[k] - at[last] <= hours * HOUR_MS) out[k] = out[last]
  }
  return out
}

function putHabit(inputs: Float64Array, from: number, middle: Instant): void {
  const angle = (2 * Math.PI * (middle % DAY_MS)) / DAY_MS
  inputs[from] = Math.cos(angle)
  inputs[from + 1] = Math.sin(angle)
  inputs[from + 2] = Math.cos(2 * angle)
  inputs[from + 3] = Math.sin(2 * angle)
}
