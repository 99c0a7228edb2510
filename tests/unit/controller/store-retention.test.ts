import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../src/adapters/duckdb/duckdb-recorder.ts'
import { parseConfig } from '../../../src/config.ts'
import { storeRetention } from '../../../src/controller/store-retention.ts'
import { DAY_MS } from '../../../src/core/domain/instant.ts'
import { A, lease, NOW, order, plan } from '../../contract/recorder.ts'

const clock = { now: () => NOW, at: () => () => {} }
const log = pino({ level: 'silent' })
const OLD = NOW - 9 * DAY_MS

function retentionOf(store: string) {
  const read = parseConfig(`simulated: {}\nstore: { ${store} }`)
  if (!read.ok) throw new Error('the configuration of this test is wrong')
  return storeRetention(read.config)
}

describe('what the configuration keeps for some days', () => {
  let recorder: DuckdbRecorder
  const open = async (store: string) => {
    const retention = retentionOf(store)
    recorder = await createDuckdbRecorder({
      path: ':memory:',
      clock,
      log,
      commitEveryMs: 'manual',
      retention,
    })
    const kept = [
      recorder.keepPlans([plan(A, OLD)]),
      recorder.keepLeases([lease(A, 1, { validUntil: OLD }), lease(A, 2)]),
      recorder.keepAck({ building: A, id: 'a-1', seq: 1, at: OLD, state: 'applied' }),
      recorder.keepRejections([
        { at: OLD, topic: 't', building: undefined, code: 'empty', detail: '', head: '' },
      ]),
      recorder.keepOrders([order('a', { from: OLD, until: OLD, state: 'done' })], OLD),
      recorder.keepAudit([{ at: OLD, actor: 'desk', action: 'mode', detail: '' }]),
    ]
    await recorder.flush()
    await Promise.all(kept)
  }
  afterEach(() => recorder.stop())

  it.each([
    { key: 'keepPlansDays', table: 'plans' },
    { key: 'keepLeasesDays', table: 'leases' },
    { key: 'keepAcksDays', table: 'acks' },
    { key: 'keepRejectionsDays', table: 'rejections' },
    { key: 'keepAuditDays', table: 'audit' },
    { key: 'keepOrdersDays', table: 'orders', days: 8 },
  ])('$key lets older $table go, and nothing else', async ({ key, table, days = 3 }) => {
    await open(`${key}: ${days}`)
    const { dropped } = await recorder.compact(NOW)
    expect(Object.entries(dropped).filter(([, rows]) => rows > 0)).toEqual([[table, 1]])
  })

  it('keeps all of it by default', async () => {
    await open('')
    const { dropped } = await recorder.compact(NOW)
    expect(Object.values(dropped).filter((rows) => rows > 0)).toEqual([])
  })
})
