import { parsePrediction, parseSahkotin } from '../../adapters/prices/parse-cents.ts'
import { parseElectricityMaps } from '../../adapters/prices/parse-electricitymaps.ts'
import { parseElering } from '../../adapters/prices/parse-elering.ts'
import { parseEnergiDataCo2, parseEnergiDataPrices } from '../../adapters/prices/parse-energi-data.ts'
import { parseEntsoe } from '../../adapters/prices/parse-entsoe.ts'
import { parseFingridCo2 } from '../../adapters/prices/parse-fingrid.ts'
import { parseNordpool } from '../../adapters/prices/parse-nordpool.ts'
import type { InspectKind } from './inspected.ts'
import { slotsKind } from './slots.ts'
import { WEATHER } from './weather.ts'

const PRICES = slotsKind(
  { name: 'eurPerMwh', shown: 'EUR/MWh' },
  {
    entsoe: (text) => parseEntsoe(text),
    nordpool: parseNordpool,
    'energi-data-service': parseEnergiDataPrices,
    elering: parseElering,
    sahkotin: (text) => parseSahkotin(text),
    'nordpool-predict-fi': (text) => parsePrediction(text),
  },
)

const CO2 = slotsKind(
  { name: 'gPerKwh', shown: 'g CO2/kWh of electricity' },
  {
    'energi-data-service': parseEnergiDataCo2,
    fingrid: (text) => parseFingridCo2(text),
    electricitymaps: (text) => parseElectricityMaps(text),
  },
)

/** What can be inspected; a new kind is a line here. */
export const INSPECT_KINDS: Readonly<Record<string, InspectKind>> = {
  prices: PRICES,
  co2: CO2,
  weather: WEATHER,
}
