import type { FileRead } from './fault.ts'
import { type Column, type Pick, readTable } from './read-table.ts'
import { type Grid, onRegularGrid } from './regular-grid.ts'

/** A CSV with `at`, all of `required` and any of `optional`, and nothing else, on a regular step. */
export function readGrid(
  text: string,
  name: string,
  required: readonly Column[],
  optional: readonly Column[] = [],
): FileRead<{ grid: Grid }> {
  return tableOntoGrid(text, name, 'at', (header) => pickExactly(header, required, optional))
}

/** A CSV of any columns, of which `pick` takes some, on a regular step. */
export function tableOntoGrid(
  text: string,
  name: string,
  timeColumn: string,
  pick: Pick,
): FileRead<{ grid: Grid }> {
  const read = readTable(text, name, timeColumn, pick)
  return read.ok ? onRegularGrid(read.table, name) : read
}

function pickExactly(header: readonly string[], required: readonly Column[], optional: readonly Column[]) {
  const known = [...required, ...optional]
  const wanted = ['at', ...known.map(({ name }) => name)]
  const missing = required.filter(({ name }) => !header.includes(name))
  const unknown = header.filter((cell) => !wanted.includes(cell))
  return {
    columns: known.filter(({ name }) => header.includes(name)),
    faults: [
      ...missing.map(({ name }) => `there is no column "${name}"`),
      ...unknown.map((cell) => `the column "${cell}" is not known here; known are ${wanted.join(', ')}`),
    ],
  }
}
