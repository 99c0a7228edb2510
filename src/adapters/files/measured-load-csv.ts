import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import type { FileRead } from './fault.ts'
import { type Column, readTable } from './read-table.ts'

/** A network's heat as it was measured at its plant, or another part of it. */
export interface MeasuredLoadRow {
  readonly at: Instant
  readonly heatKw: number
  readonly outdoorC: number
}

const COLUMNS: readonly Column[] = [
  { name: 'heatKw', min: 0, max: 1e8 },
  { name: 'outdoorC', min: -60, max: 50 },
]
/** Less says nothing of workdays and weekends. */
const LEAST_DAYS = 7

/** Reads `at,heatKw,outdoorC`; rows with an empty cell are passed over. */
export function readMeasuredLoadCsv(
  text: string,
  name: string,
): FileRead<{ rows: readonly MeasuredLoadRow[] }> {
  const read = readTable(text, name, 'at', (header) => ({
    columns: COLUMNS,
    faults: COLUMNS.filter((column) => !header.includes(column.name)).map(
      (column) => `there is no column "${column.name}"`,
    ),
  }))
  if (!read.ok) return read
  const { at, cells } = read.table
  const [heat = [], outdoor = []] = COLUMNS.map((column) => cells.get(column.name))
  const rows = at
    .map((instant, k) => ({ at: instant, heatKw: heat[k] ?? Number.NaN, outdoorC: outdoor[k] ?? Number.NaN }))
    .filter(({ heatKw, outdoorC }) => !Number.isNaN(heatKw + outdoorC))
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last || last.at - first.at < LEAST_DAYS * DAY_MS) {
    const message = `less than ${LEAST_DAYS} days of heat and outdoor temperature: nothing can be learned from it`
    return { ok: false, faults: [{ place: `${name}:1`, message }] }
  }
  return { ok: true, rows, notes: [] }
}
