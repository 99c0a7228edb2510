import { z } from 'zod'
import { type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import { CO2_RULES, type Piece, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readJson } from './read-json.ts'
import { readUtc } from './read-utc.ts'
import { numberOf } from './read-value.ts'
import { refused, type SlotsRead } from './slots-read.ts'

const row = z.object({
  datasetId: z.number().optional(),
  startTime: z.string(),
  endTime: z.string().optional(),
  value: z.unknown(),
})
const answer = z
  .object({ data: z.array(row), pagination: z.object({ total: z.number().nullish() }).optional() })
  .or(row.transform((latest) => ({ data: [latest], pagination: undefined })))

const CONSUMED_CO2 = 265
/** The estimate comes every three minutes. */
const STEP_MS = 3 * MINUTE_MS

/** CO2 of the electricity consumed in Finland (Fingrid, dataset 265), g/kWh; one page of it, or the latest value. */
export function parseFingridCo2(text: string): SlotsRead {
  const read = readJson(text, answer)
  if (!read.ok) return read
  const { data, pagination } = read.document
  if (data.length === 0) return refused('no-data', 'no rows')
  const other = data.find(({ datasetId = CONSUMED_CO2 }) => datasetId !== CONSUMED_CO2)
  if (other) return refused('other-document', `dataset ${other.datasetId}, where ${CONSUMED_CO2} is expected`)
  const pieces: Piece[] = []
  for (const { startTime, endTime, value } of data) {
    const from = readUtc(startTime)
    const to = endOf(from, endTime)
    if (!(to > from)) return refused('time', `${startTime} to ${endTime}`)
    pieces.push({ from, to, ...numberOf(value) })
  }
  const total = pagination?.total ?? data.length
  const notes = total > data.length ? [`${data.length} of ${total} rows are in it`] : []
  return piecesOntoSlots(pieces, CO2_RULES, { notes, issuedAt: undefined })
}

/** Some datasets give both ends as one instant. */
function endOf(from: Instant, endTime: string | undefined): Instant {
  const to = endTime === undefined ? from : readUtc(endTime)
  return to === from ? from + STEP_MS : to
}
