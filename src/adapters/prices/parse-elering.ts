import { z } from 'zod'
import { HOUR_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import { chooseZone } from './choose-zone.ts'
import { type Piece, PRICE_RULES, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { numberOf } from './read-value.ts'
import { refused, type SlotsRead } from './slots-read.ts'

const row = z.object({ timestamp: z.number(), price: z.unknown() })
const answer = z.object({ success: z.boolean().optional(), data: z.record(z.string(), z.array(row)) })
type Row = z.output<typeof row>

const STEPS_MS = [SLOT_MS, 30 * MINUTE_MS, HOUR_MS]

/** Day-ahead prices of Elering's dashboard, EUR/MWh, hourly until October 2025 and in quarter-hours since. */
export function parseElering(text: string, zone?: string): SlotsRead {
  const read = readJson(text, answer)
  if (!read.ok) return read
  const { success, data } = read.document
  if (success === false) return refused('service-error', 'success is false')
  const notes: string[] = []
  const area = (zone ?? chooseZone(Object.keys(data), notes))?.toLowerCase()
  const rows = area !== undefined && Object.hasOwn(data, area) ? data[area] : undefined
  if (!rows) return refused('zone', `${area ?? 'no zone'} is not in it`)
  if (rows.length === 0) return refused('no-data', 'no prices: not published yet')
  const sorted = [...rows].sort((a, b) => a.timestamp - b.timestamp)
  // Seconds, where the service is asked; milliseconds in some of its copies.
  const scale = sorted[0]!.timestamp < 1e11 ? 1_000 : 1
  if (sorted.some(({ timestamp }) => (timestamp * scale) % SLOT_MS !== 0)) {
    return refused('time', 'a timestamp that starts no slot')
  }
  return piecesOntoSlots(toPieces(sorted, scale), PRICE_RULES, { notes, issuedAt: undefined })
}

/** Each row holds for the least step of its neighbourhood: an answer may span the change from hours to quarters. */
function toPieces(rows: readonly Row[], scale: number): Piece[] {
  const times = [...new Set(rows.map(({ timestamp }) => timestamp * scale))]
  const placeOf = new Map(times.map((at, place) => [at, place]))
  return rows.map(({ timestamp, price }) => {
    const from = timestamp * scale
    return { from, to: from + stepMs(times, placeOf.get(from)!), ...numberOf(price) }
  })
}

function stepMs(times: readonly Instant[], place: number): number {
  const sinceMs = (k: number) => (times[k] ?? Number.NaN) - (times[k - 1] ?? Number.NaN)
  // The first row has no row before it, and the one after may be missing.
  const nearMs = [sinceMs(place), sinceMs(place + 1), ...(place === 0 ? [sinceMs(2)] : [])]
  return Math.min(
    ...nearMs.filter((ms) => STEPS_MS.includes(ms)),
    nearMs.some((ms) => STEPS_MS.includes(ms)) ? HOUR_MS : SLOT_MS,
  )
}
