import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createDuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import { A, NOW, order, recorderContract, sample } from '../../../contract/recorder.ts'

const clock = { now: () => NOW, at: () => () => {} }
const log = pino({ level: 'silent' })

recorderContract('DuckDB in memory, committing on flush', async () => {
  const recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 'manual' })
  return { recorder, remove: async () => {} }
})

recorderContract('DuckDB on disk, committing by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heatflex-store-'))
  const open = () => createDuckdbRecorder({ path: join(folder, 'deep', 'store.duckdb'), clock, log })
  const recorder = await open()
  return {
    recorder,
    async reopen() {
      await recorder.stop()
      return await open()
    },
    remove: () => rm(folder, { recursive: true }),
  }
})

it('gives a store of an earlier version the tables that came since', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heatflex-store-'))
  const path = join(folder, 'store.duckdb')
  await (await createDuckdbRecorder({ path, clock, log })).stop()
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run('DROP VIEW people.orders')
  await connection.run('DROP TABLE orders')
  connection.closeSync()
  instance.closeSync()

  const recorder = await createDuckdbRecorder({ path, clock, log })
  await recorder.keepOrders([order('a')], NOW)
  expect((await recorder.recover()).orders).toEqual([order('a')])
  await recorder.stop()
  await rm(folder, { recursive: true })
})

it('shows instants as times to whoever opens the file by hand', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heatflex-store-'))
  const path = join(folder, 'store.duckdb')
  const recorder = await createDuckdbRecorder({ path, clock, log })
  await recorder.keepSample(sample(A, NOW + 123), NOW)
  await recorder.stop()

  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  const shown = await connection.runAndReadAll('SELECT "at"::VARCHAR, "indoorC" FROM people.telemetry')
  expect(shown.getRows()).toEqual([['2024-01-05 12:00:00.123+00', 21]])
  connection.closeSync()
  instance.closeSync()
  await rm(folder, { recursive: true })
})
