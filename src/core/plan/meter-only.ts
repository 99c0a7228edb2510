import type { BuildingId } from '../domain/building-id.ts'
import type { Instant } from '../domain/instant.ts'
import type { Schedule } from './plan-job.ts'

export interface MeterOnlyJob {
  readonly building: BuildingId
  readonly madeAt: Instant
  readonly start: Instant
  readonly curveHeatKw: Float64Array
  readonly eurPerKwh: Float64Array
  /** Least heat that the energy signature says keeps the building, kW a slot. */
  readonly floorKw: Float64Array
  /** Slots for which the building has already been moved without a pause. */
  readonly movedSlots: number
}

const SHARE = 0.1
const BLOCK = 8 // two hours
const DAY = 96

/**
 * A building with a meter and no sensor: a tenth less heat in the dearest two hours of the day ahead and a tenth
 * more in the two before, never under the floor of its energy signature. Comfort is not claimed.
 */
export function planMeterOnly(job: MeterOnlyJob): Schedule {
  const heatKw = job.curveHeatKw.slice()
  const dear = dearestBlock(job)
  if (dear !== undefined) {
    for (let k = dear; k < dear + BLOCK; k++) heatKw[k] = Math.max(job.floorKw[k], heatKw[k] * (1 - SHARE))
    for (let k = Math.max(0, dear - BLOCK); k < dear; k++) heatKw[k] *= 1 + SHARE
  }
  return {
    building: job.building,
    madeAt: job.madeAt,
    start: job.start,
    heatKw,
    curveHeatKw: job.curveHeatKw,
    indoorC: new Float64Array(heatKw.length).fill(Number.NaN),
    eurPerKwh: job.eurPerKwh,
    outcome: 'solved',
    gap: 0,
    iterations: 0,
    underKh: 0,
    overKh: 0,
  }
}

/** Where the dearest two hours of the next day begin; undefined where no two hours stand out, or the allowance is used. */
function dearestBlock({ eurPerKwh, movedSlots }: MeterOnlyJob): number | undefined {
  const last = Math.min(eurPerKwh.length, DAY) - BLOCK
  let best: number | undefined
  let bestMean = 1.15 * Math.max(0.01, meanOf(eurPerKwh, 0, Math.min(eurPerKwh.length, DAY)))
  for (let k = movedSlots >= BLOCK ? BLOCK : 0; k <= last; k++) {
    const mean = meanOf(eurPerKwh, k, k + BLOCK)
    if (mean > bestMean) {
      best = k
      bestMean = mean
    }
  }
  return best
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k++) sum += values[k]
  return sum / (to - from)
}
