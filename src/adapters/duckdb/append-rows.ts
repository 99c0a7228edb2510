import { setImmediate } from 'node:timers/promises'
import type { DuckDBAppender } from '@duckdb/node-api'
import type { Cell, Row } from './rows.ts'

/** Some 2 ms of work: longer would be felt by the messages that come in meanwhile. */
const ROWS_AT_A_TIME = 500

/** Appends within the running transaction, leaving the event loop free between portions. */
export async function appendRows(appender: DuckDBAppender, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i++) {
    if (i > 0 && i % ROWS_AT_A_TIME === 0) await setImmediate()
    appendRow(appender, rows[i]!)
  }
  appender.flushSync()
}

function appendRow(appender: DuckDBAppender, row: Row): void {
  for (const cell of row) appendCell(appender, cell)
  appender.endRow()
}

function appendCell(appender: DuckDBAppender, cell: Cell): void {
  if (cell === null) appender.appendNull()
  else if (typeof cell === 'number') appender.appendDouble(cell)
  else if (typeof cell === 'bigint') appender.appendBigInt(cell)
  else appender.appendVarchar(cell)
}
