import { type Instant, SLOT_MS } from '../../domain/instant.ts'
import type { Tariff } from '../../domain/tariff.ts'
import { isCounted } from './counted-months.ts'
import { energyEurPerKwh } from './energy-price.ts'
import { flowEurPerKwh } from './flow-fee.ts'
import { returnShare } from './return-fee.ts'

/** The days ahead as a building meets them, one value a slot. */
export interface TariffOutlook {
  readonly start: Instant
  readonly timeZone: string
  readonly spotEurPerMwh: Float64Array
  readonly outdoorC: Float64Array
  /** Supply temperature of its own heating circuit. */
  readonly supplyC: Float64Array
  /** What its own curve would take, kW. */
  readonly loadKw: Float64Array
  /** Usual primary temperatures; absent where they are not measured. */
  readonly primary?: { readonly supplyC: number; readonly returnC: number } | undefined
  /** What the emissions of electricity add to its price, EUR/MWh. */
  readonly carbonEurPerMwh?: Float64Array | undefined
}

/**
 * What one more kilowatt-hour of each slot costs its owner, EUR/kWh: energy, and the slope at the load and temperatures
 * that are expected of every fee but that on power, which is a term of the plan's own (see `PowerFeeAhead`).
 */
export function planningEurPerKwh(tariff: Tariff, ahead: TariffOutlook): Float64Array {
  const { start, timeZone, primary } = ahead
  return ahead.outdoorC.map((outdoorC, k) => {
    const at = start + k * SLOT_MS
    const spotEurPerMwh = ahead.spotEurPerMwh[k] + (ahead.carbonEurPerMwh?.[k] ?? 0)
    const moment = {
      at,
      timeZone,
      spotEurPerMwh,
      outdoorC,
      supplyC: ahead.supplyC[k],
      loadKw: ahead.loadKw[k],
    }
    const energy = energyEurPerKwh(tariff, moment)
    return energy + (primary ? primaryEurPerKwh(tariff, at, energy, { ...primary, timeZone }) : 0)
  })
}

function primaryEurPerKwh(
  { returnFee, flowFee }: Tariff,
  at: Instant,
  energyEurPerKwh: number,
  { supplyC, returnC, timeZone }: { supplyC: number; returnC: number; timeZone: string },
): number {
  const bonus = returnFee && isCounted(returnFee.months, at, timeZone) ? returnShare(returnFee, returnC) : 0
  const flow =
    flowFee && isCounted(flowFee.months, at, timeZone) ? flowEurPerKwh(flowFee, supplyC - returnC) : 0
  return energyEurPerKwh * bonus + flow
}
