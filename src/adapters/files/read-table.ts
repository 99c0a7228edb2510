import { CsvError, parse } from 'csv-parse/sync'
import type { Instant } from '../../core/domain/instant.ts'
import type { Fault, FileRead } from './fault.ts'
import { readInstant } from './read-instant.ts'

export interface Column {
  readonly name: string
  readonly min: number
  readonly max: number
}

/** Rows as they stand in the file; `NaN` in a cell that is empty. */
export interface Table {
  readonly line: readonly number[]
  readonly at: readonly Instant[]
  readonly cells: ReadonlyMap<string, readonly number[]>
}

/** Which columns of a header are wanted, or what is wrong with it. */
export type Pick = (header: readonly string[]) => { columns: readonly Column[]; faults: readonly string[] }

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** Reads a CSV of `timeColumn` and the picked columns; every fault is named with its line. */
export function readTable(
  text: string,
  name: string,
  timeColumn: string,
  pick: Pick,
): FileRead<{ table: Table }> {
  const faults: Fault[] = []
  const fault = (line: number, message: string) => void faults.push({ place: `${name}:${line}`, message })
  const delimiter = delimiterOf(text)
  if (delimiter !== ',') fault(1, `cells are parted by "${delimiter}"; a comma is expected`)
  const rows = splitRows(text, delimiter, fault)
  const header = rows.shift()
  if (!header) {
    if (faults.length === 0) fault(1, 'the file is empty')
    return { ok: false, faults }
  }
  const picked = checkHeader(header, timeColumn, pick, fault)
  if (!picked) return { ok: false, faults }
  const table = readRows(rows, header, timeColumn, picked, fault)
  if (table.at.length === 0 && faults.length === 0) fault(header.line, 'there are no rows under the header')
  return faults.length > 0 ? { ok: false, faults } : { ok: true, table, notes: [] }
}

type Name = (line: number, message: string) => void

function delimiterOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? ''
  if (first.includes(',')) return ','
  return first.includes(';') ? ';' : first.includes('\t') ? '\t' : ','
}

function splitRows(text: string, delimiter: string, fault: Name): Row[] {
  const rows: Row[] = []
  try {
    parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    fault(Number(error['lines'] ?? rows.length + 1), error.message)
  }
  return rows
}

function checkHeader(header: Row, timeColumn: string, pick: Pick, fault: Name) {
  const { cells, line } = header
  // No name of a column starts with a digit; instants and numbers do.
  if (/^[-+]?\d/.test(cells[0] ?? '')) {
    fault(line, `there is no header: the first line names the columns, ${timeColumn} first`)
    return undefined
  }
  const { columns, faults } = pick(cells)
  if (!cells.includes(timeColumn)) fault(line, `there is no column "${timeColumn}"`)
  for (const message of faults) fault(line, message)
  const twice = cells.find((cell, i) => cells.indexOf(cell) !== i)
  if (twice !== undefined) fault(line, `the column "${twice}" is there twice`)
  return faults.length > 0 || !cells.includes(timeColumn) || twice !== undefined ? undefined : columns
}

function readRows(
  rows: readonly Row[],
  header: Row,
  timeColumn: string,
  columns: readonly Column[],
  fault: Name,
): Table {
  const timeIndex = header.cells.indexOf(timeColumn)
  const indexed = columns.map((column) => ({
    column,
    index: header.cells.indexOf(column.name),
    out: [] as number[],
  }))
  const at: Instant[] = []
  const line: number[] = []
  for (const row of rows) {
    if (row.cells.length !== header.cells.length) {
      fault(
        row.line,
        `${row.cells.length} cells where the header names ${header.cells.length}; a decimal comma?`,
      )
      continue
    }
    const instant = readInstant(row.cells[timeIndex] ?? '')
    if ('why' in instant) fault(row.line, instant.why)
    else checkOrder(instant.at, row.line, at, line, fault)
    for (const { column, index, out } of indexed)
      out.push(readCell(row.cells[index] ?? '', column, row.line, fault))
    at.push('at' in instant ? instant.at : Number.NaN)
    line.push(row.line)
  }
  return { at, line, cells: new Map(indexed.map(({ column, out }) => [column.name, out])) }
}

function checkOrder(
  at: Instant,
  row: number,
  before: readonly Instant[],
  lines: readonly number[],
  fault: Name,
) {
  const previous = before.at(-1)
  if (previous === undefined || !(at <= previous)) return
  if (at === previous) fault(row, `the same instant as line ${lines.at(-1)}`)
  else fault(row, `earlier than line ${lines.at(-1)}: rows go from old to new`)
}

function readCell(text: string, { name, min, max }: Column, line: number, fault: Name): number {
  if (text === '' || /^(nan|null|na)$/i.test(text)) return Number.NaN
  if (/^-?\d+,\d+$/.test(text)) {
    fault(line, `${name}: "${text}" has a decimal comma; write ${text.replace(',', '.')}`)
    return Number.NaN
  }
  const value = Number(text)
  if (!(value >= min && value <= max)) {
    const why = Number.isFinite(value) ? `is outside ${min} to ${max}` : 'is no number'
    fault(line, `${name}: "${text}" ${why}`)
  }
  return value
}
