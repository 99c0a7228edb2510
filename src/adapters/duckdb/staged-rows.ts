import { inTurn } from './in-turn.ts'
import type { Row } from './rows.ts'
import type { TableName } from './tables.ts'

type Batch = ReadonlyMap<TableName, readonly Row[]>

/** Rows on their way into a database that is no more durable than they are. */
export interface StagedRows {
  add(batch: Batch): Promise<void>
  /** All that was added before is in the database when it resolves; whoever reads calls it first. */
  append(): Promise<void>
}

const MOST_ROWS = 4000

export function createStagedRows(append: (batch: Batch) => Promise<void>): StagedRows {
  const oneAppend = inTurn()
  let staged = new Map<TableName, Row[]>()
  let count = 0

  async function add(batch: Batch): Promise<void> {
    for (const [table, rows] of batch) {
      const kept = staged.get(table) ?? []
      for (const row of rows) kept.push(row)
      staged.set(table, kept)
      count += rows.length
    }
    if (count > MOST_ROWS) await appendAll()
  }

  function appendAll(): Promise<void> {
    return oneAppend(async () => {
      if (count === 0) return
      const whole = staged
      staged = new Map()
      count = 0
      await append(whole)
    })
  }

  return { add, append: appendAll }
}
