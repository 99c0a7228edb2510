import type { BuildingId } from '../domain/building-id.ts'

/** One building's meter over the slots of an order and of the day after, kW a slot. */
export interface SettledMeter {
  readonly building: BuildingId
  /** What it would have shown, frozen when the order was accepted. */
  readonly baselineKw: Float64Array
  /** `NaN` where it was silent. */
  readonly meteredKw: Float64Array
}

export interface SilentMeter {
  readonly building: BuildingId
  readonly slots: number
}

export interface MeterSums {
  readonly baselineKw: Float64Array
  readonly meteredKw: Float64Array
  /** Share of the baseline whose meters were heard, a slot. */
  readonly heardShare: Float64Array
  readonly silent: readonly SilentMeter[]
}

/** All meters together. For one that is silent its baseline stands: it is named, and taken to have given nothing. */
export function sumMeters(meters: readonly SettledMeter[], slots: number): MeterSums {
  const sums = { baselineKw: new Float64Array(slots), meteredKw: new Float64Array(slots) }
  const heardKw = new Float64Array(slots)
  const silent: SilentMeter[] = []
  for (const { building, baselineKw, meteredKw } of meters) {
    let missing = 0
    for (let k = 0; k < slots; k++) {
      const expectedKw = finite(baselineKw[k])
      const isHeard = Number.isFinite(meteredKw[k])
      sums.baselineKw[k] += expectedKw
      sums.meteredKw[k] += isHeard ? meteredKw[k] : expectedKw
      if (isHeard) heardKw[k] += expectedKw
      else missing++
    }
    if (missing > 0) silent.push({ building, slots: missing })
  }
  const heardShare = heardKw.map((kw, k) => (sums.baselineKw[k] > 0 ? kw / sums.baselineKw[k] : 0))
  return { ...sums, heardShare, silent }
}

function finite(kw: number): number {
  return Number.isFinite(kw) ? kw : 0
}
