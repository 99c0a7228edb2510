import { describe, expect, it } from 'vitest'
import type { Row } from '../../../../src/adapters/duckdb/rows.ts'
import { createStagedRows } from '../../../../src/adapters/duckdb/staged-rows.ts'
import type { TableName } from '../../../../src/adapters/duckdb/tables.ts'

const batch = (table: TableName, first: number, rows: number): ReadonlyMap<TableName, readonly Row[]> =>
  new Map([[table, Array.from({ length: rows }, (_, k): Row => [first + k])]])

/** A database that is slow, and knows whether two ever wrote to it at once. */
function slowDatabase() {
  const tables = new Map<TableName, number[]>()
  const writes = { running: 0, most: 0, count: 0 }
  return {
    tables,
    writes,
    async append(rows: ReadonlyMap<TableName, readonly Row[]>) {
      writes.count++
      writes.most = Math.max(writes.most, ++writes.running)
      await Promise.resolve()
      for (const [table, own] of rows) {
        tables.set(table, [...(tables.get(table) ?? []), ...own.map(([cell]) => Number(cell))])
      }
      writes.running--
    },
  }
}

describe('rows on their way into a database in memory', () => {
  it('gives a reader all that was added before, in its order, by table', async () => {
    const { append, tables } = slowDatabase()
    const staged = createStagedRows(append)
    await staged.add(batch('acks', 0, 2))
    await staged.add(batch('leases', 100, 1))
    await staged.add(batch('acks', 2, 2))
    await staged.append()
    expect(Object.fromEntries(tables)).toEqual({ acks: [0, 1, 2, 3], leases: [100] })
  })

  it('appends many small batches at once, and by itself when they have become many rows', async () => {
    const { append, tables, writes } = slowDatabase()
    const staged = createStagedRows(append)
    for (let k = 0; k < 900; k++) await staged.add(batch('telemetry', 10 * k, 10))
    await staged.append()
    expect(tables.get('telemetry')).toEqual(Array.from({ length: 9000 }, (_, k) => k))
    expect(writes.count).toBeLessThan(5)
  })

  it('never appends twice at once, whoever reads meanwhile', async () => {
    const { append, tables, writes } = slowDatabase()
    const staged = createStagedRows(append)
    const reads: Promise<void>[] = []
    for (let k = 0; k < 20; k++) {
      await staged.add(batch('acks', k, 1))
      reads.push(staged.append())
    }
    await Promise.all(reads)
    expect(writes.most).toBe(1)
    expect(tables.get('acks')).toHaveLength(20)
  })
})
