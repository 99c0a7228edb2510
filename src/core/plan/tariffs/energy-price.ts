import type { EnergyTariff } from '../../domain/tariff.ts'
import { flatEurPerKwh } from './flat.ts'
import { heatPumpEurPerKwh } from './heat-pump.ts'
import { hourlyEurPerKwh } from './hourly.ts'
import { monthlyEurPerKwh } from './monthly.ts'
import { spotEurPerKwh } from './spot.ts'
import type { TariffMoment } from './tariff-moment.ts'

/** What a kilowatt-hour of space heat costs its owner then, without fees on peak, return and flow, EUR. */
export function energyEurPerKwh(tariff: EnergyTariff, moment: TariffMoment): number {
  switch (tariff.kind) {
    case 'spot':
      return spotEurPerKwh(tariff, moment)
    case 'flat':
      return flatEurPerKwh(tariff)
    case 'monthly':
      return monthlyEurPerKwh(tariff, moment)
    case 'hourly':
      return hourlyEurPerKwh(tariff, moment)
    case 'heat-pump':
      return heatPumpEurPerKwh(tariff, moment)
    default:
      return tariff satisfies never
  }
}
