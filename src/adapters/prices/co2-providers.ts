import { dayAheadKnownUntil } from '../../core/domain/day-ahead.ts'
import { MINUTE_MS, slotStart } from '../../core/domain/instant.ts'
import { marketDate } from './market-days.ts'
import { parseEnergiDataCo2 } from './parse-energi-data.ts'
import { parseFingridCo2 } from './parse-fingrid.ts'
import type { SlotProvider } from './provider.ts'

/** A prognosis for electricity in Denmark until the end of the next day; limits as for its prices. */
const ENERGI_DATA: SlotProvider = {
  name: 'energi-data-service',
  baseUrl: 'https://api.energidataservice.dk/dataset',
  accept: ['application/json'],
  manners: { requests: 1, perMs: MINUTE_MS, quietMs: 5 * MINUTE_MS },
  tries: 1,
  hasZone: (zone) => /^DK[12]$/.test(zone),
  questions: ({ from, to }, zone) => [
    {
      path: '/CO2EmisProg',
      query: {
        start: marketDate(from),
        end: marketDate(to),
        filter: JSON.stringify({ PriceArea: [zone] }),
        limit: '5000',
      },
    },
  ],
  parse: parseEnergiDataCo2,
  knownUntil: (asOf) => dayAheadKnownUntil(asOf, 15),
}

/** An estimate of what was; nothing of it lies ahead. The key goes into a header, never into an address. */
const FINGRID: SlotProvider = {
  name: 'fingrid',
  baseUrl: 'https://data.fingrid.fi/api',
  accept: ['application/json'],
  manners: { requests: 5, perMs: MINUTE_MS, quietMs: 5 * MINUTE_MS },
  tries: 3,
  key: { header: 'x-api-key' },
  hasZone: (zone) => zone === 'FI',
  questions: ({ from, to }) => [
    {
      path: '/datasets/265/data',
      query: {
        startTime: new Date(from).toISOString(),
        endTime: new Date(to).toISOString(),
        format: 'json',
        pageSize: '20000',
        sortOrder: 'asc',
      },
    },
  ],
  parse: (text) => parseFingridCo2(text),
  knownUntil: (asOf) => slotStart(asOf),
}

export const CO2_SERVICES = ['energi-data-service', 'fingrid'] as const
export type Co2ServiceName = (typeof CO2_SERVICES)[number]

export const CO2_PROVIDERS: Readonly<Record<Co2ServiceName, SlotProvider>> = {
  'energi-data-service': ENERGI_DATA,
  fingrid: FINGRID,
}
