import { dayAheadKnownUntil } from '../../core/domain/day-ahead.ts'
import { type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import { entsoeZone } from './entsoe-zones.ts'
import { marketDate, marketDays } from './market-days.ts'
import { parseElering } from './parse-elering.ts'
import { parseEnergiDataPrices } from './parse-energi-data.ts'
import { parseEntsoe } from './parse-entsoe.ts'
import { parseNordpool } from './parse-nordpool.ts'
import type { SlotProvider } from './provider.ts'

const JSON_TYPES = ['application/json']

/** Half a year: what price forecasts make the most of, and an answer of a few megabytes. */
const HISTORY_DAYS = 182

/** Needs a token, free with registration; 400 questions a minute are its limit, a ban of ten minutes its answer. */
const ENTSOE: SlotProvider = {
  name: 'entsoe',
  baseUrl: 'https://web-api.tp.entsoe.eu/api',
  accept: ['text/xml', 'application/xml'],
  manners: { requests: 10, perMs: MINUTE_MS, quietMs: 10 * MINUTE_MS },
  tries: 3,
  key: { query: 'securityToken' },
  // It tells of a year at most.
  historyDays: 364,
  hasZone: (zone) => entsoeZone(zone) !== undefined,
  questions: ({ from, to }, zone) => [
    {
      query: {
        documentType: 'A44',
        'contract_MarketAgreement.type': 'A01',
        in_Domain: entsoeZone(zone) ?? zone,
        out_Domain: entsoeZone(zone) ?? zone,
        periodStart: minuteText(from),
        periodEnd: minuteText(to),
      },
    },
  ],
  parse: (text) => parseEntsoe(text),
  knownUntil: (asOf) => dayAheadKnownUntil(asOf),
}

/** No documented interface and no public licence: asked only where the operator says so, a day a question. */
const NORDPOOL: SlotProvider = {
  name: 'nordpool',
  baseUrl: 'https://dataportal-api.nordpoolgroup.com/api',
  accept: JSON_TYPES,
  manners: { requests: 1, perMs: 500, quietMs: 10 * MINUTE_MS },
  tries: 3,
  hasZone: (zone) => /^[A-Z]{2,3}[0-9]?$/.test(zone),
  questions: (window, zone) =>
    [...marketDays(window)].reverse().map(({ from }) => ({
      path: '/DayAheadPrices',
      query: { date: marketDate(from), market: 'DayAhead', deliveryArea: zone, currency: 'EUR' },
    })),
  parse: parseNordpool,
  knownUntil: (asOf) => dayAheadKnownUntil(asOf),
}

/** More than its first pages hold, so that nothing is cut off. */
const LEAST_LIMIT = 5000

/** One question a minute for each dataset and address is its limit. */
const ENERGI_DATA: SlotProvider = {
  name: 'energi-data-service',
  baseUrl: 'https://api.energidataservice.dk/dataset',
  accept: JSON_TYPES,
  manners: { requests: 1, perMs: MINUTE_MS, quietMs: 5 * MINUTE_MS },
  tries: 1,
  historyDays: HISTORY_DAYS,
  hasZone: (zone) => /^(DK[12]|NO2|SE[34]|DE)$/.test(zone),
  // Its `start` and `end` are Danish dates, that turn with the market's.
  questions: ({ from, to }, zone) => [
    {
      path: '/DayAheadPrices',
      query: {
        start: marketDate(from),
        end: marketDate(to),
        filter: JSON.stringify({ PriceArea: [zone] }),
        limit: String(Math.max(LEAST_LIMIT, (to - from) / SLOT_MS)),
      },
    },
  ],
  parse: parseEnergiDataPrices,
  knownUntil: (asOf) => dayAheadKnownUntil(asOf),
}

/** Estonia's grid operator, open to all, for the Baltic countries and Finland. */
const ELERING: SlotProvider = {
  name: 'elering',
  baseUrl: 'https://dashboard.elering.ee/api',
  accept: JSON_TYPES,
  manners: { requests: 5, perMs: MINUTE_MS, quietMs: 5 * MINUTE_MS },
  tries: 3,
  historyDays: HISTORY_DAYS,
  hasZone: (zone) => /^(EE|FI|LV|LT)$/.test(zone),
  questions: ({ from, to }) => [
    // Its end is inclusive.
    {
      path: '/nps/price',
      query: { start: new Date(from).toISOString(), end: new Date(to - 1).toISOString() },
    },
  ],
  parse: parseElering,
  knownUntil: (asOf) => dayAheadKnownUntil(asOf),
}

export const PRICE_SERVICES = ['energi-data-service', 'entsoe', 'nordpool', 'elering'] as const
export type PriceServiceName = (typeof PRICE_SERVICES)[number]

export const PRICE_PROVIDERS: Readonly<Record<PriceServiceName, SlotProvider>> = {
  'energi-data-service': ENERGI_DATA,
  entsoe: ENTSOE,
  nordpool: NORDPOOL,
  elering: ELERING,
}

/** `202601152300`, in UTC. */
function minuteText(at: Instant): string {
  return new Date(at).toISOString().replaceAll(/[-T:]/g, '').slice(0, 12)
}
