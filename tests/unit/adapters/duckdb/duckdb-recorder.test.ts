import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createDuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import { NOW, recorderContract } from '../../../contract/recorder.ts'

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
