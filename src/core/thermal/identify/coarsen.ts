import { MINUTE_MS, SLOT_MS } from '../../domain/instant.ts'
import { usualStepMs } from './series.ts'
import type { IdentifyTelemetry } from './telemetry.ts'

/** Finer than this, samples tell the filter little that a quarter-hour does not, and cost as much each. */
const FINEST_MS = 10 * MINUTE_MS

/**
 * Telemetry on quarter-hours where it came finer: powers and sun are means over the quarter-hour, the outdoor
 * temperature too, the room the last value in it. Powers of a row are those of the interval that ends there.
 */
export function coarsened(telemetry: IdentifyTelemetry): IdentifyTelemetry {
  if (telemetry.at.length < 2 || usualStepMs(telemetry.at) >= FINEST_MS) return telemetry
  const ends = Array.from(telemetry.at, (at) => Math.ceil(at / SLOT_MS) * SLOT_MS)
  const firsts = ends.flatMap((end, k) => (k === 0 || end !== ends[k - 1] ? [k] : []))
  const fold = (values: ArrayLike<number>, one: (from: number, to: number) => number) =>
    firsts.length === 0 || values.length === 0
      ? []
      : firsts.map((from, i) => one(from, firsts[i + 1] ?? values.length))
  const mean = (values: ArrayLike<number>) => fold(values, (from, to) => meanOf(values, from, to))
  return {
    at: firsts.map((from) => ends[from]),
    indoorC: fold(telemetry.indoorC, (from, to) => lastOf(telemetry.indoorC, from, to)),
    heatKw: mean(telemetry.heatKw),
    outdoorC: mean(telemetry.outdoorC),
    ...(telemetry.solarWm2 && { solarWm2: mean(telemetry.solarWm2) }),
    ...(telemetry.gainsKw && { gainsKw: mean(telemetry.gainsKw) }),
    ...(telemetry.supplyC && { supplyC: mean(telemetry.supplyC) }),
    ...(telemetry.returnC && { returnC: mean(telemetry.returnC) }),
    ...(telemetry.offsetK && { offsetK: mean(telemetry.offsetK) }),
  }
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  let count = 0
  for (let k = from; k < to; k++) {
    if (!Number.isFinite(values[k])) continue
    sum += values[k]
    count++
  }
  return count > 0 ? sum / count : Number.NaN
}

function lastOf(values: ArrayLike<number>, from: number, to: number): number {
  for (let k = to - 1; k >= from; k--) if (Number.isFinite(values[k])) return values[k]
  return Number.NaN
}
