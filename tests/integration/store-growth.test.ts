import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDuckdbRecorder } from '../../src/adapters/duckdb/duckdb-recorder.ts'
import { DAY_MS } from '../../src/core/domain/instant.ts'
import { A, NOW, plan } from '../contract/recorder.ts'

const clock = { now: () => NOW, at: () => () => {} }
const KEPT_DAYS = 2
const PLANS_A_DAY = 200

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatflex-growth-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** 5 kB that nothing can make smaller. */
function noise(at: number): string {
  return createHash('shake256', { outputLength: 3_750 }).update(String(at)).digest('base64')
}

it('stays as large as what it keeps, however long it runs', async () => {
  const path = join(folder, 'store.duckdb')
  const retention = { plansDays: KEPT_DAYS }
  const recorder = await createDuckdbRecorder({
    path,
    clock,
    log: pino({ level: 'silent' }),
    commitEveryMs: 'manual',
    checkpointMb: 0.3,
    retention,
  })
  const sizes: number[] = []
  for (let day = 0; day < 16; day++) {
    for (let quarter = 0; quarter < 4; quarter++) {
      const at = NOW + day * DAY_MS + quarter
      const plans = Array.from({ length: PLANS_A_DAY / 4 }, (_, n) =>
        plan(A, at, { reason: { code: 'steady', text: noise(at * 1_000 + n) } }),
      )
      const kept = recorder.keepPlans(plans)
      await Promise.all([recorder.flush(), kept, recorder.keepTurn(at, new Map([[A, noise(at)]]))])
    }
    await recorder.compact(NOW + (day + 1) * DAY_MS)
    sizes.push(statSync(path).size)
  }
  await recorder.stop()
  // Deleted rows leave whole blocks free, which the next days fill.
  expect(Math.max(...sizes.slice(8))).toBeLessThanOrEqual(1.25 * Math.max(...sizes.slice(0, 8)))
  expect(Math.max(...sizes)).toBeLessThan(16 * PLANS_A_DAY * 5_000)
  expect((await readdir(folder)).filter((name) => name.includes('.turn-'))).toHaveLength(2)
})
