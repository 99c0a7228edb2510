import { z } from 'zod'
import { type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import { chooseZone } from './choose-zone.ts'
import { CO2_RULES, type Piece, PRICE_RULES, piecesOntoSlots, type Rules } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { readUtc } from './read-utc.ts'
import { numberOf } from './read-value.ts'
import { refused, type SlotsRead } from './slots-read.ts'

interface Dataset {
  readonly timeColumn: string
  readonly valueColumn: string
  readonly stepMs: number
  readonly rules: Rules
  readonly unit: string
}

const PRICES: Dataset = {
  timeColumn: 'TimeUTC',
  valueColumn: 'DayAheadPriceEUR',
  stepMs: 15 * MINUTE_MS,
  rules: PRICE_RULES,
  unit: 'EUR/MWh',
}
const CO2: Dataset = {
  timeColumn: 'Minutes5UTC',
  valueColumn: 'CO2Emission',
  stepMs: 5 * MINUTE_MS,
  rules: CO2_RULES,
  unit: 'g/kWh',
}

const answer = z.object({
  total: z.number().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
})

/** `DayAheadPrices` of Energi Data Service, EUR/MWh in quarter-hours. */
export function parseEnergiDataPrices(text: string, zone?: string): SlotsRead {
  return parseDataset(text, zone, PRICES)
}

/** `CO2EmisProg` of Energi Data Service: a prognosis for electricity, g/kWh in steps of five minutes. */
export function parseEnergiDataCo2(text: string, zone?: string): SlotsRead {
  return parseDataset(text, zone, CO2)
}

function parseDataset(text: string, zone: string | undefined, dataset: Dataset): SlotsRead {
  const read = readJson(text, answer)
  if (!read.ok) return read
  const { records, total } = read.document
  if (records.length === 0) return refused('no-data', 'no records: not published yet')
  if (!records.some((record) => dataset.timeColumn in record)) {
    return refused('other-document', `no ${dataset.timeColumn} in its records`)
  }
  const zones = [...new Set(records.map(({ PriceArea }) => String(PriceArea)))]
  const notes: string[] = []
  const area = zone ?? chooseZone(zones, notes)
  const own = records.filter(({ PriceArea }) => PriceArea === area)
  if (own.length === 0) return refused('zone', `${area} is not in it, ${zones.join(', ')} is`)
  if (!own.some((record) => dataset.valueColumn in record)) {
    // Krone prices stand beside the euro ones; one is never taken for the other.
    return refused('currency', `no ${dataset.valueColumn} in its records, ${dataset.unit} is expected`)
  }
  if (total !== undefined && total > records.length)
    notes.push(`${records.length} of ${total} records are in it`)
  const pieces: Piece[] = []
  for (const record of own) {
    const from = timeOf(record, dataset)
    if (Number.isNaN(from))
      return refused('time', `${dataset.timeColumn} ${String(record[dataset.timeColumn])}`)
    pieces.push({ from, to: from + dataset.stepMs, ...numberOf(record[dataset.valueColumn]) })
  }
  return piecesOntoSlots(pieces, dataset.rules, { notes, issuedAt: undefined })
}

/** The column is UTC and does not say so; the Danish one beside it has an hour twice in October. */
function timeOf(record: Readonly<Record<string, unknown>>, { timeColumn, stepMs }: Dataset): Instant {
  const text = record[timeColumn]
  const at = typeof text === 'string' ? readUtc(text, 'is-utc') : Number.NaN
  return at % stepMs === 0 ? at : Number.NaN
}
