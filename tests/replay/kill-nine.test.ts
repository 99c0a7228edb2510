import { beforeAll, describe, expect, it } from 'vitest'
import { type Deaths, killUnderLoad, PUBLISHERS } from '../fixtures/kill-nine.ts'

const LOAD = { deaths: 10, perSecond: 1000, lastsMs: 3000 }
const LEAST_PER_SECOND = 900

describe(`killed ten times under ${LOAD.perSecond} messages a second from ${PUBLISHERS} publishers`, () => {
  let left: Deaths
  beforeAll(async () => {
    left = await killUnderLoad(LOAD)
    const rates = left.deaths.map(({ confirmedPerSecond }) => confirmedPerSecond.toFixed(0))
    process.stdout.write(`confirmed a second before each death: ${rates.join(' ')}\n`)
  })

  it('it was under that load: as many were confirmed', () => {
    const rates = left.deaths.map(({ confirmedPerSecond }) => confirmedPerSecond)
    expect(rates).toHaveLength(LOAD.deaths)
    expect(rates.reduce((sum, rate) => sum + rate, 0) / LOAD.deaths).toBeGreaterThanOrEqual(LEAST_PER_SECOND)
    const atLeast = (LOAD.deaths * LEAST_PER_SECOND * LOAD.lastsMs) / 1000
    expect(left.confirmed.size).toBeGreaterThanOrEqual(atLeast)
  })

  it('every confirmed sample is in the store', () => {
    expect([...left.confirmed].filter((one) => !left.kept.has(one))).toEqual([])
  })

  it('every lease is what it was, or newer', () => {
    for (const { before, after } of left.deaths) {
      expect(before.size).toBe(PUBLISHERS)
      for (const [id, lease] of before) {
        expect(after.get(id)?.seq ?? 0, id).toBeGreaterThanOrEqual(lease.seq)
        if (after.get(id)?.seq === lease.seq) expect(after.get(id)).toEqual(lease)
      }
    }
  })

  it('a desk hears every lease again, and what it missed', () => {
    for (const { before, heardSeq, held, missedSeqs } of left.deaths) {
      for (const [id, { seq }] of before) expect(heardSeq.get(id), id).toBeGreaterThanOrEqual(seq)
      expect(missedSeqs).toContain(before.get(held)?.seq)
    }
  })

  it('it ends in order when it is asked to', () => {
    expect(left.exitCode).toBe(0)
  })
})
