import { z } from 'zod'
import { MARKET_ZONE } from '../../core/domain/day-ahead.ts'
import { HOUR_MS } from '../../core/domain/instant.ts'
import { localMidnight } from '../../core/domain/local-time.ts'
import { chooseZone } from './choose-zone.ts'
import { type Piece, PRICE_RULES, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { readUtc } from './read-utc.ts'
import { decimalOf } from './read-value.ts'
import { refused, type SlotsRead } from './slots-read.ts'

const column = z.object({ Name: z.string(), Value: z.string() })
const row = z.object({ IsExtraRow: z.boolean(), StartTime: z.string(), Columns: z.array(column) })
const page = z.object({
  currency: z.string(),
  data: z.object({
    Rows: z.array(row),
    DataStartdate: z.string(),
    ExchangeRateOfficial: z.string().nullish(),
    ExchangeRatePreliminary: z.string().nullish(),
  }),
})

/**
 * Nord Pool's market data pages until 2024: rows in local time, numbers as people write them. The spring row that no
 * clock showed is there with a dash, the autumn hour is there twice; undefined where the text is another document.
 */
export function parseNordpoolLegacy(text: string, zone?: string): SlotsRead | undefined {
  if (!text.includes('"Rows"')) return undefined
  const read = readJson(text, page)
  if (!read.ok) return read
  const { data, currency } = read.document
  const notes: string[] = []
  const rows = data.Rows.filter(({ IsExtraRow }) => !IsExtraRow)
  const area = zone ?? chooseZone(rows[0]?.Columns.map(({ Name }) => Name) ?? [], notes)
  const rate =
    currency === 'EUR' ? 1 : written(data.ExchangeRateOfficial ?? data.ExchangeRatePreliminary ?? '')
  if (!(rate > 0)) return refused('currency', `${currency} without a rate, EUR is expected`)
  if (currency !== 'EUR') notes.push(`${currency}/MWh into EUR/MWh by the document's rate ${rate}`)
  const wallMidnight = readUtc(data.DataStartdate, 'is-utc')
  if (Number.isNaN(wallMidnight)) return refused('time', `DataStartdate ${data.DataStartdate}`)
  const midnight = localMidnight(wallMidnight + 12 * HOUR_MS, MARKET_ZONE)
  const hours = (localMidnight(midnight + 26 * HOUR_MS, MARKET_ZONE) - midnight) / HOUR_MS
  const cells = rows.map(({ Columns }) => Columns.find(({ Name }) => Name === area)?.Value)
  if (cells.every((cell) => cell === undefined)) return refused('zone', `${area ?? 'no zone'} is not in it`)
  // 24 rows for 23 hours: the third is the hour that was skipped.
  const lived = cells.length === hours + 1 ? cells.filter((_, k) => k !== 2) : cells
  if (lived.length !== hours) return refused('time', `${lived.length} rows for a day of ${hours} hours`)
  const pieces = lived.map((cell, k): Piece => {
    const { value, cause } = decimalOf(plain(cell ?? ''))
    return { from: midnight + k * HOUR_MS, to: midnight + (k + 1) * HOUR_MS, value: value / rate, cause }
  })
  return piecesOntoSlots(pieces, PRICE_RULES, { notes, issuedAt: undefined })
}

/** `1 329,23` as `1329.23`; here the comma is known to be the decimal sign. */
function plain(cell: string): string {
  return /^-?[\d\s]+(,\d+)?$/.test(cell) ? cell.replaceAll(/\s/g, '').replace(',', '.') : cell
}

function written(cell: string): number {
  return decimalOf(plain(cell)).value
}
