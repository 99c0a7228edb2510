import { localTime } from '../../domain/local-time.ts'
import type { HourlyTariff } from '../../domain/tariff.ts'
import type { TariffMoment } from './tariff-moment.ts'

const SATURDAY = 5

/** A price for each hour of the clock on the wall, EUR/kWh. */
export function hourlyEurPerKwh(
  { eurPerMwh, weekendEurPerMwh }: HourlyTariff,
  { at, timeZone }: Pick<TariffMoment, 'at' | 'timeZone'>,
): number {
  const { weekday, hour } = localTime(at, timeZone)
  const prices = weekday >= SATURDAY ? (weekendEurPerMwh ?? eurPerMwh) : eurPerMwh
  return prices[Math.floor(hour)] / 1000
}
