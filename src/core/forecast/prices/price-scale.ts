import { quantile } from '../../math/quantile.ts'

/**
 * The variance-stabilising transform of Uniejewski, Weron and Ziel (2018): asinh of the distance to the median in
 * units of the median absolute deviation. A spike counts by its logarithm, a negative price stays one.
 */
export interface PriceScale {
  readonly medianEurPerMwh: number
  readonly spreadEurPerMwh: number
}

/** Makes the median absolute deviation of normal errors their standard deviation. */
const MAD_TO_DEVIATION = 1.4826
/** Of prices that hardly ever change. */
const LEAST_SPREAD_EUR_PER_MWH = 0.5

/** From prices of which `NaN` are left out; of none, a scale that changes nothing much. */
export function priceScale(prices: Float64Array): PriceScale {
  const known = prices.filter((price) => !Number.isNaN(price))
  const median = quantile(known, 0.5) ?? 0
  const deviation =
    quantile(
      known.map((price) => Math.abs(price - median)),
      0.5,
    ) ?? 0
  return {
    medianEurPerMwh: median,
    spreadEurPerMwh: Math.max(LEAST_SPREAD_EUR_PER_MWH, MAD_TO_DEVIATION * deviation),
  }
}

export function stabilise({ medianEurPerMwh, spreadEurPerMwh }: PriceScale, eurPerMwh: number): number {
  const x = (eurPerMwh - medianEurPerMwh) / spreadEurPerMwh
  // Written out: library functions other than exp and log may differ between engines.
  const z = Math.log(Math.abs(x) + Math.sqrt(x * x + 1))
  return x < 0 ? -z : z
}

export function restore({ medianEurPerMwh, spreadEurPerMwh }: PriceScale, z: number): number {
  return medianEurPerMwh + (spreadEurPerMwh * (Math.exp(z) - Math.exp(-z))) / 2
}
