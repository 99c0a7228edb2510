import type { PriceSeries, SlotSeries } from '../../core/domain/series.ts'
import type { FileRead } from './fault.ts'
import { firstSlot, heldOntoSlots } from './onto-slots.ts'
import { readGrid } from './read-grid.ts'

const EUR_PER_MWH = { name: 'eurPerMwh', min: -10_000, max: 20_000 }
const G_PER_KWH = { name: 'gPerKwh', min: 0, max: 3_000 }

/** Prices as users bring them, `at,eurPerMwh`, onto the slot grid. `name` is the file's, for faults. */
export function readPricesCsv(text: string, name: string): FileRead<{ series: PriceSeries }> {
  const read = readColumn(text, name, EUR_PER_MWH)
  if (!read.ok) return read
  const provenance = { source: `csv:${name}`, kind: 'measured', issuedAt: read.series.start } as const
  return { ...read, series: { ...read.series, provenance } }
}

/** Emissions of a kilowatt-hour, `at,gPerKwh`, onto the slot grid. */
export function readCo2Csv(text: string, name: string): FileRead<{ series: SlotSeries }> {
  return readColumn(text, name, G_PER_KWH)
}

function readColumn(text: string, name: string, column: typeof G_PER_KWH): FileRead<{ series: SlotSeries }> {
  const read = readGrid(text, name, [column])
  if (!read.ok) return read
  const values = read.grid.columns.get(column.name) ?? new Float64Array()
  const series = { start: firstSlot(read.grid), values: heldOntoSlots(read.grid, values) }
  return { ok: true, series, notes: read.notes }
}
