import { LEAD_HOURS } from '../domain/heat-forecast.ts'
import { HOUR_MS, SLOT_MS } from '../domain/instant.ts'
import type { HeatDemand } from './heat-forecast.ts'

/** Less of the fleet than this metered says nothing of the whole. */
const LEAST_SHARE = 0.8

/** The demand of all together, on the grid of the first; undefined without a building. */
export function fleetDemand(demands: readonly HeatDemand[]): HeatDemand | undefined {
  const [first] = demands
  if (!first) return undefined
  return {
    building: null,
    issuedAt: first.issuedAt,
    start: first.start,
    basis: demands.some(({ basis }) => basis === 'as-planned') ? 'as-planned' : 'on-curve',
    expectedKw: sumKw(demands.map(({ expectedKw }) => expectedKw)),
    curveKw: sumKw(demands.map(({ curveKw }) => curveKw)),
  }
}

function sumKw(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(parts[0].length)
  for (const part of parts) for (let k = 0; k < sum.length; k++) sum[k] += part[k]
  return sum
}

/** The fleet's metered heat where most of it is metered: silent buildings are taken to be like the others. */
export function fleetMeteredKw(
  parts: readonly { readonly meteredKw: number | null; readonly usualKw: number }[],
): number | null {
  let metered = 0
  let heard = 0
  let all = 0
  for (const { meteredKw, usualKw } of parts) {
    all += usualKw
    if (meteredKw === null) continue
    heard += usualKw
    metered += meteredKw
  }
  return all > 0 && heard >= LEAST_SHARE * all ? (metered * all) / heard : null
}

/** What a building is expected to take over the longest lead, kW: its weight in the fleet. */
export function usualKw({ expectedKw }: HeatDemand): number {
  const slots = Math.min(expectedKw.length, (LEAD_HOURS[LEAD_HOURS.length - 1] * HOUR_MS) / SLOT_MS)
  let sum = 0
  for (let k = 0; k < slots; k++) sum += expectedKw[k]
  return sum / slots
}
