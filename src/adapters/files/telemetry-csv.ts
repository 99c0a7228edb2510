import { HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import type { Fault, FileRead } from './fault.ts'
import { type Column, type Pick, readTable, type Table } from './read-table.ts'

/** One building's telemetry as it stands in a file; `NaN` in an empty cell. */
export interface TelemetryTable {
  readonly at: Float64Array
  /** The file's line of each row. */
  readonly line: readonly number[]
  readonly columns: ReadonlyMap<string, Float64Array>
}

// Wide enough for Fahrenheit and for watts: what is wrong with a whole column is said once, not in every row.
const REQUIRED: readonly Column[] = [
  { name: 'indoorC', min: -60, max: 200 },
  { name: 'outdoorC', min: -80, max: 200 },
]
const HEAT: readonly Column[] = [
  { name: 'heatKw', min: -1e6, max: 1e6 },
  { name: 'totalHeatKw', min: -1e6, max: 1e6 },
]
const OPTIONAL: readonly Column[] = [
  { name: 'dhwKw', min: -1e5, max: 1e6 },
  { name: 'solarWm2', min: -50, max: 1_600 },
  { name: 'gainsKw', min: -1e5, max: 1e5 },
  { name: 'supplyC', min: -50, max: 250 },
]
const KNOWN = [...REQUIRED, ...HEAT, ...OPTIONAL]

/** Reads `at,indoorC,heatKw,outdoorC[,…]`, or `totalHeatKw[,dhwKw]` in place of `heatKw`; other columns are passed over. */
export function readTelemetryCsv(text: string, name: string): FileRead<{ telemetry: TelemetryTable }> {
  const notes: Fault[] = []
  const read = readTable(text, name, 'at', (header) => {
    for (const cell of header.filter((one) => one !== 'at' && !KNOWN.some((known) => known.name === one))) {
      notes.push({ place: `${name}:1`, message: `the column "${cell}" is not known here and is passed over` })
    }
    return pickTelemetry(header)
  })
  if (!read.ok) return read
  const { table } = read
  const columns = new Map([...table.cells].map(([column, cells]) => [column, Float64Array.from(cells)]))
  const telemetry = { at: Float64Array.from(table.at), line: table.line, columns }
  return { ok: true, telemetry, notes: [...notes, ...gapNotes(table, name)] }
}

const pickTelemetry: Pick = (header) => {
  const missing = REQUIRED.filter(({ name }) => !header.includes(name)).map(({ name }) => name)
  const heat = HEAT.filter(({ name }) => header.includes(name))
  const faults = missing.map((name) => `there is no column "${name}"`)
  if (heat.length === 0) faults.push('there is neither a column "heatKw" nor "totalHeatKw"')
  if (heat.length === 2) faults.push('there is both "heatKw" and "totalHeatKw": which is it?')
  return { columns: KNOWN.filter(({ name }) => header.includes(name)), faults }
}

/** What is missing, said once a column: rows that are not there, and cells that are empty. */
function gapNotes({ at, line, cells }: Table, name: string): Fault[] {
  const notes: Fault[] = []
  const step = usualStep(at)
  const gaps = at.flatMap((instant, k) => {
    const since = instant - (at[k - 1] ?? instant)
    return since > 1.5 * step ? [{ line: line[k] ?? 0, hours: since / HOUR_MS }] : []
  })
  const longest = gaps.reduce((most, gap) => (gap.hours > most.hours ? gap : most), { line: 0, hours: 0 })
  if (gaps.length > 0) {
    const message = `${gaps.length} gaps between rows, the longest of ${round(longest.hours)} h before this line`
    notes.push({ place: `${name}:${longest.line}`, message })
  }
  for (const [column, values] of cells) {
    const empty = values.filter(Number.isNaN).length
    const first = values.findIndex(Number.isNaN)
    if (empty > 0) notes.push({ place: `${name}:${line[first]}`, message: `${column}: ${empty} empty cells` })
  }
  return notes
}

function usualStep(at: readonly Instant[]): number {
  const steps = at.slice(1).map((instant, k) => instant - (at[k] ?? instant))
  return steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? HOUR_MS
}

function round(hours: number): number {
  return Math.round(100 * hours) / 100
}
