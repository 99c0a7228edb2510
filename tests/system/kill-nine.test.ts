import { expect, it } from 'vitest'
import { killUnderLoad, PUBLISHERS } from '../fixtures/kill-nine.ts'

// Beside other tests: how fast it can be is asserted where the machine is its own, in the longer suite.
it('has every confirmed sample, every lease and every session after two deaths under load', async () => {
  const left = await killUnderLoad({ deaths: 2, perSecond: 1000, lastsMs: 1200 })
  expect(left.confirmed.size).toBeGreaterThan(1000)
  expect([...left.confirmed].filter((one) => !left.kept.has(one))).toEqual([])
  expect(left.deaths).toHaveLength(2)
  for (const { before, after, heardSeq, held, missedSeqs } of left.deaths) {
    expect(before.size).toBe(PUBLISHERS)
    for (const [id, lease] of before) {
      expect(after.get(id)?.seq ?? 0, id).toBeGreaterThanOrEqual(lease.seq)
      if (after.get(id)?.seq === lease.seq) expect(after.get(id)).toEqual(lease)
      expect(heardSeq.get(id), id).toBeGreaterThanOrEqual(lease.seq)
    }
    expect(missedSeqs).toContain(before.get(held)?.seq)
  }
  expect(left.exitCode).toBe(0)
}, 60_000)
