import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import type { Fault, FileRead } from './fault.ts'
import type { Table } from './read-table.ts'

/** Columns on one regular step; `NaN` in a gap. */
export interface Grid {
  readonly start: Instant
  readonly stepMs: number
  readonly count: number
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** A gap up to this long is bridged between its neighbours; a longer one stays a gap. */
const SMALL_GAP_MS = 3 * HOUR_MS

/** Puts rows on the step that most of them keep; names rows that do not fit and every gap. */
export function onRegularGrid(table: Table, name: string): FileRead<{ grid: Grid }> {
  const first = table.at[0]
  const last = table.at.at(-1)
  const stepMs = commonStep(table.at)
  if (first === undefined || last === undefined || stepMs === undefined) {
    return { ok: false, faults: [{ place: name, message: 'two rows at least are needed to know the step' }] }
  }
  const faults = stepFaults(table, stepMs, name)
  if (faults.length > 0) return { ok: false, faults }
  const count = (last - first) / stepMs + 1
  const rowOf = new Int32Array(count).fill(-1)
  table.at.forEach((at, row) => {
    rowOf[(at - first) / stepMs] = row
  })
  const notes: Fault[] = []
  const columns = new Map<string, Float64Array>()
  for (const [column, cells] of table.cells) {
    const values = Float64Array.from(rowOf, (row) => (row < 0 ? Number.NaN : (cells[row] ?? Number.NaN)))
    bridgeGaps(
      values,
      (k, length, isBridged) => {
        const line = table.line[rowOf[k] ?? -1] ?? previousLine(table, rowOf, k)
        notes.push({
          place: `${name}:${line}`,
          message: gapText(column, first + k * stepMs, length * stepMs, isBridged),
        })
      },
      Math.floor(SMALL_GAP_MS / stepMs),
    )
    columns.set(column, values)
  }
  return { ok: true, grid: { start: first, stepMs, count, columns }, notes }
}

function commonStep(at: readonly Instant[]): number | undefined {
  const counts = new Map<number, number>()
  for (let i = 1; i < at.length; i++) {
    const stepMs = (at[i] ?? 0) - (at[i - 1] ?? 0)
    counts.set(stepMs, (counts.get(stepMs) ?? 0) + 1)
  }
  let best: number | undefined
  for (const [stepMs, count] of counts) {
    const bestCount = counts.get(best ?? -1) ?? 0
    if (count > bestCount || (count === bestCount && stepMs < (best ?? 0))) best = stepMs
  }
  return best
}

function stepFaults({ at, line }: Table, stepMs: number, name: string): Fault[] {
  const faults: Fault[] = []
  for (let i = 1; i < at.length; i++) {
    const sinceMs = (at[i] ?? 0) - (at[i - 1] ?? 0)
    if (sinceMs % stepMs === 0) continue
    const message = `${sinceMs / MINUTE_MS} min after the row before, where the step is ${stepMs / MINUTE_MS} min`
    faults.push({ place: `${name}:${line[i]}`, message })
  }
  return faults
}

/** Tells of each run of `NaN`, and bridges those of up to `most` values that have neighbours on both sides. */
function bridgeGaps(
  values: Float64Array,
  tell: (k: number, length: number, isBridged: boolean) => void,
  most: number,
) {
  for (let k = 0; k < values.length; k++) {
    if (!Number.isNaN(values[k])) continue
    let end = k
    while (end < values.length && Number.isNaN(values[end])) end++
    const isBridged = k > 0 && end < values.length && end - k <= most
    if (isBridged) bridge(values, k, end)
    tell(k, end - k, isBridged)
    k = end
  }
}

function bridge(values: Float64Array, from: number, to: number) {
  const left = values[from - 1] ?? Number.NaN
  const right = values[to] ?? Number.NaN
  for (let k = from; k < to; k++) values[k] = left + ((right - left) * (k - from + 1)) / (to - from + 1)
}

function previousLine(table: Table, rowOf: Int32Array, k: number): number | undefined {
  let before = k
  while (before > 0 && (rowOf[before] ?? -1) < 0) before--
  return table.line[rowOf[before] ?? 0]
}

function gapText(column: string, from: Instant, lengthMs: number, isBridged: boolean): string {
  const hours = Math.round((lengthMs / HOUR_MS) * 100) / 100
  const fate = isBridged ? 'bridged between its neighbours' : 'left empty'
  return `${column}: a gap of ${hours} h from ${new Date(from).toISOString()}, ${fate}`
}
