import type { TariffMoment } from './tariff-moment.ts'

/** Heat at the electricity spot price plus a grid fee, EUR/kWh; a negative spot price stays so. */
export function spotEurPerKwh(
  { feeEurPerMwh }: { readonly feeEurPerMwh: number },
  { spotEurPerMwh }: Pick<TariffMoment, 'spotEurPerMwh'>,
): number {
  return (spotEurPerMwh + feeEurPerMwh) / 1000
}
