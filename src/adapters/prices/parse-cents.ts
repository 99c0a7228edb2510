import { z } from 'zod'
import { HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import { type Piece, PRICE_RULES, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { readUtc } from './read-utc.ts'
import { numberOf, type Value } from './read-value.ts'
import { refused, type SlotsRead } from './slots-read.ts'

const sahkotin = z.object({ prices: z.array(z.object({ date: z.string(), value: z.unknown() })) })
const prediction = z.array(z.tuple([z.number(), z.unknown()]))

/** Cents a kilowatt-hour into euros a megawatt-hour; VAT stays in it. */
const EUR_PER_MWH_PER_CPKWH = 10
const UNIT_NOTE = 'the document names no unit: read as c/kWh with VAT, as its publisher gives it, times 10'

/** Hourly prices of sahkotin.fi, of which the document says neither unit nor tax. */
export function parseSahkotin(text: string): SlotsRead {
  const read = readJson(text, sahkotin)
  if (!read.ok) return read
  return fromHours(
    read.document.prices.map(({ date, value }) => ({ at: readUtc(date), cents: numberOf(value) })),
    [UNIT_NOTE],
  )
}

/** The price forecast that nordpool-predict-fi publishes: pairs of instant and price. */
export function parsePrediction(text: string): SlotsRead {
  const read = readJson(text, prediction)
  if (!read.ok) return read
  return fromHours(
    read.document.map(([at, value]) => ({ at, cents: numberOf(value) })),
    [UNIT_NOTE, 'a forecast, not what the market published'],
  )
}

function fromHours(hours: readonly { at: Instant; cents: Value }[], notes: readonly string[]): SlotsRead {
  if (hours.some(({ at }) => Number.isNaN(at) || at % HOUR_MS !== 0))
    return refused('time', 'a time on no hour')
  const pieces = hours.map(({ at, cents }): Piece => {
    const { value, cause } = cents
    return { from: at, to: at + HOUR_MS, value: value * EUR_PER_MWH_PER_CPKWH, cause }
  })
  return piecesOntoSlots(pieces, PRICE_RULES, { notes, issuedAt: undefined })
}
