import { localTime } from '../../domain/local-time.ts'
import type { TariffMoment } from './tariff-moment.ts'

/** A price a month of the local calendar, EUR/kWh; `eurPerMwh` is twelve, January first. */
export function monthlyEurPerKwh(
  { eurPerMwh }: { readonly eurPerMwh: readonly number[] },
  { at, timeZone }: Pick<TariffMoment, 'at' | 'timeZone'>,
): number {
  return eurPerMwh[localTime(at, timeZone).month - 1] / 1000
}
