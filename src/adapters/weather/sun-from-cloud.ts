import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'

/** Irradiance under clouds by Kasten and Czeplak (1980), from what a clear sky would give; `NaN` without clouds. */
export function sunFromCloud(
  start: Instant,
  cloudRatio: Float64Array,
  clearSkyWm2: (at: Instant) => number,
): Float64Array {
  return cloudRatio.map((ratio, k) => {
    const clearWm2 = clearSkyWm2(start + (k + 0.5) * SLOT_MS)
    if (ratio === 0) return clearWm2
    return clearWm2 * (1 - 0.75 * Math.exp(3.4 * Math.log(ratio)))
  })
}
