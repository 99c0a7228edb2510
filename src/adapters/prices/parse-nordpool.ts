import { z } from 'zod'
import { chooseZone } from './choose-zone.ts'
import { parseNordpoolLegacy } from './parse-nordpool-legacy.ts'
import { type Piece, PRICE_RULES, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { readUtc } from './read-utc.ts'
import { numberOf } from './read-value.ts'
import { type Refused, refused, type SlotsRead } from './slots-read.ts'

const entry = z.object({
  deliveryStart: z.string(),
  deliveryEnd: z.string(),
  entryPerArea: z.record(z.string(), z.unknown()),
})
const areaState = z.object({ state: z.string(), areas: z.array(z.string()) })
const day = z.object({
  updatedAt: z.string().optional(),
  currency: z.string(),
  exchangeRate: z.number().nullish(),
  areaStates: z.array(areaState),
  multiAreaEntries: z.array(entry).optional(),
  multiIndexEntries: z.array(entry).optional(),
})
type Day = z.output<typeof day>

/** A delivery day of Nord Pool's data portal, or of the pages before it, EUR/MWh. */
export function parseNordpool(text: string, zone?: string): SlotsRead {
  const legacy = parseNordpoolLegacy(text, zone)
  if (legacy) return legacy
  const read = readJson(text, day)
  if (!read.ok) return read
  const { document } = read
  const entries = document.multiAreaEntries ?? document.multiIndexEntries
  if (!entries) return refused('other-document', 'neither multiAreaEntries nor multiIndexEntries')
  const [first] = entries
  if (!first) return refused('no-data', 'no entries: the day is not published')
  const notes: string[] = []
  const area = zone ?? chooseZone(Object.keys(first.entryPerArea), notes)
  if (area === undefined || !entries.some(({ entryPerArea }) => Object.hasOwn(entryPerArea, area))) {
    return refused('zone', `${area ?? 'no zone'} is not in it`)
  }
  const stop = notFinal(document, area)
  if (stop) return stop
  const rate = eurRate(document, notes)
  if (typeof rate !== 'number') return rate
  const pieces = entries.map(({ deliveryStart, deliveryEnd, entryPerArea }): Piece => {
    const { value, cause } = numberOf(Object.hasOwn(entryPerArea, area) ? entryPerArea[area] : null)
    return { from: readUtc(deliveryStart), to: readUtc(deliveryEnd), value: value / rate, cause }
  })
  const updatedAt = readUtc(document.updatedAt ?? '')
  const issuedAt = Number.isNaN(updatedAt) ? undefined : updatedAt
  return piecesOntoSlots(pieces, PRICE_RULES, { notes, issuedAt })
}

function notFinal({ areaStates }: Day, area: string): Refused | undefined {
  const states = areaStates.filter(({ areas }) => areas.includes(area)).map(({ state }) => state)
  const isFinal = states.length > 0 && states.every((state) => state === 'Final')
  return isFinal ? undefined : refused('not-final', `${area} is ${states.join(', ') || 'in no state'}`)
}

/** What a euro costs in the document's currency. */
function eurRate({ currency, exchangeRate }: Day, notes: string[]): number | Refused {
  if (currency === 'EUR') return 1
  if (!exchangeRate || !(exchangeRate > 0))
    return refused('currency', `${currency} without a rate, EUR is expected`)
  notes.push(`${currency}/MWh into EUR/MWh by the document's rate ${exchangeRate}`)
  return exchangeRate
}
