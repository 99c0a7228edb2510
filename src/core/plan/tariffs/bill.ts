import { type Instant, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import type { Tariff } from '../../domain/tariff.ts'
import { isCounted } from './counted-months.ts'
import { energyEurPerKwh } from './energy-price.ts'
import { flowFeeEur } from './flow-fee.ts'
import { billedPeakKw, powerFeeEur } from './power-fee.ts'
import { flowWeightedReturnC, returnShare } from './return-fee.ts'

/** A building's period as its meters saw it, one value a slot. */
export interface Metered {
  readonly start: Instant
  readonly timeZone: string
  readonly heatKw: Float64Array
  /** Of its own heat pump, which is then what is billed. */
  readonly electricKw?: Float64Array | undefined
  readonly primary?: { readonly flowM3h: Float64Array; readonly flowReturn: Float64Array } | undefined
  readonly spotEurPerMwh: Float64Array
  readonly outdoorC: Float64Array
  readonly supplyC: Float64Array
}

/** A bill and its parts, EUR; a bonus is below zero. */
export interface Bill {
  readonly energyEur: number
  readonly powerEur: number
  readonly returnEur: number
  readonly flowEur: number
  readonly totalEur: number
  /** What the power fee was charged on, kW; null without one. */
  readonly billedPeakKw: number | null
}

/** What the owner pays for the period. */
export function bill(tariff: Tariff, metered: Metered): Bill {
  const energyEur = sum(energyEurBySlot(tariff, metered))
  const powerEur = tariff.powerFee ? powerFeeEur(tariff.powerFee, metered) : 0
  const returnEur = returnPart(tariff, metered)
  const flowEur =
    tariff.flowFee && metered.primary ? flowFeeEur(tariff.flowFee, { ...metered, ...metered.primary }) : 0
  return {
    energyEur,
    powerEur,
    returnEur,
    flowEur,
    totalEur: energyEur + powerEur + returnEur + flowEur,
    billedPeakKw: tariff.powerFee ? billedPeakKw(tariff.powerFee, metered) : null,
  }
}

function energyEurBySlot(tariff: Tariff, metered: Metered): Float64Array {
  const { electricKw } = metered
  if (tariff.kind === 'heat-pump' && electricKw) {
    return electricKw.map(
      (kw, k) => (kw * SLOT_HOURS * (metered.spotEurPerMwh[k] + tariff.feeEurPerMwh)) / 1000,
    )
  }
  return metered.heatKw.map((kw, k) => {
    const moment = {
      at: metered.start + k * SLOT_MS,
      timeZone: metered.timeZone,
      spotEurPerMwh: metered.spotEurPerMwh[k],
      outdoorC: metered.outdoorC[k],
      supplyC: metered.supplyC[k],
      loadKw: kw,
    }
    return kw * SLOT_HOURS * energyEurPerKwh(tariff, moment)
  })
}

function returnPart(tariff: Tariff, metered: Metered): number {
  const { returnFee } = tariff
  if (!returnFee || !metered.primary) return 0
  const returnC = flowWeightedReturnC(returnFee.months, { ...metered, ...metered.primary })
  if (Number.isNaN(returnC)) return 0
  const counted = energyEurBySlot(tariff, metered).filter((_, k) =>
    isCounted(returnFee.months, metered.start + k * SLOT_MS, metered.timeZone),
  )
  return returnShare(returnFee, returnC) * sum(counted)
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
