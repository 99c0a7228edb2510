import { z } from 'zod'
import { HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import { CO2_RULES, type Piece, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { readUtc } from './read-utc.ts'
import { numberOf } from './read-value.ts'
import { refused, type SlotsRead } from './slots-read.ts'

const hour = z.object({
  datetime: z.string(),
  carbonIntensity: z.unknown(),
  updatedAt: z.string().optional(),
  isEstimated: z.boolean().optional(),
})
const history = z.object({ history: z.array(hour) })
const older = z.object({
  status: z.string(),
  data: hour.partial(),
  units: z.object({ carbonIntensity: z.string() }).optional(),
})
const answer = z.union([history, older, hour])

/** Carbon intensity of Electricity Maps, g/kWh of CO2 equivalents over the life cycle: history, latest, or the older form. */
export function parseElectricityMaps(text: string): SlotsRead {
  const read = readJson(text, answer)
  if (!read.ok) return read
  const { document } = read
  if ('history' in document) return fromHours(document.history)
  if (!('status' in document)) return fromHours([document])
  const { status, data, units } = document
  if (status !== 'ok') return refused(status === 'no-data' ? 'no-data' : 'service-error', `status ${status}`)
  const unit = units?.carbonIntensity ?? 'no unit'
  if (!/^g(CO2eq)?\/kWh$/i.test(unit)) return refused('unit', `${unit}, where gCO2eq/kWh is expected`)
  if (data.datetime === undefined) return refused('time', 'no datetime')
  return fromHours([{ ...data, datetime: data.datetime, carbonIntensity: data.carbonIntensity }])
}

function fromHours(hours: readonly z.output<typeof hour>[]): SlotsRead {
  const pieces: Piece[] = []
  let issuedAt: Instant | undefined
  for (const { datetime, carbonIntensity, updatedAt = '' } of hours) {
    const from = readUtc(datetime)
    if (Number.isNaN(from) || from % HOUR_MS !== 0) return refused('time', `datetime ${datetime}`)
    pieces.push({ from, to: from + HOUR_MS, ...numberOf(carbonIntensity) })
    const updated = readUtc(updatedAt)
    if (updated > (issuedAt ?? 0)) issuedAt = updated
  }
  const estimated = hours.filter(({ isEstimated }) => isEstimated).length
  const notes = ['CO2 equivalents over the life cycle']
  if (estimated > 0) notes.push(`${estimated} of ${hours.length} hours are estimates`)
  return piecesOntoSlots(pieces, CO2_RULES, { notes, issuedAt })
}
