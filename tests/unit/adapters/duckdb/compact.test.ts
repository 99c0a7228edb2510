import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import { DAY_MS, HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { Readings } from '../../../../src/core/domain/telemetry.ts'
import { A, B, lease, NOW, plan, sample } from '../../../contract/recorder.ts'

const QUARTER_MS = HOUR_MS / 4
const clock = { now: () => NOW, at: () => () => {} }
const retention = { downsampleAfterDays: 2, telemetryDays: 10, plansDays: 1, leasesDays: 1 }
/** A full hour well before samples give way to means. */
const OLD = NOW - 3 * DAY_MS

let recorder: DuckdbRecorder
beforeEach(async () => {
  const log = pino({ level: 'silent' })
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 'manual', retention })
})
afterEach(() => recorder.stop())

async function keep(at: number, readings: Readings, intervalS = 900, building = A): Promise<void> {
  const kept = recorder.keepSample({ building, at, seq: 1, intervalS, readings }, at + 50)
  await recorder.flush()
  await kept
}

const all = { from: 0, to: NOW * 2 }

describe('compaction', () => {
  it('makes one row an hour: intervals by their length, instants by their mean, registers as last', async () => {
    await keep(OLD + QUARTER_MS, { heatKw: 10, indoorC: 20, energyKwh: 100, heatSource: 'gas' })
    await keep(OLD + 2 * QUARTER_MS, { heatKw: 20, indoorC: 21, energyKwh: 105 }, 1800)
    await keep(OLD + HOUR_MS, { heatKw: 40, indoorC: 22.5, energyKwh: 109, heatSource: 'district' })
    const compacted = await recorder.compact(NOW)
    expect(compacted).toMatchObject({ hours: 1, samples: 3 })
    expect(await recorder.samples(A, all)).toEqual([
      {
        building: A,
        at: OLD + HOUR_MS,
        intervalS: 3600,
        readings: { heatKw: 22.5, indoorC: 63.5 / 3, energyKwh: 109, heatSource: 'district' },
      },
    ])
  })

  it('keeps the energy where an hour has gaps', async () => {
    await keep(OLD + QUARTER_MS, { heatKw: 10 })
    await recorder.compact(NOW)
    const [hour] = await recorder.samples(A, all)
    expect(hour).toMatchObject({ intervalS: 900, readings: { heatKw: 10 } })
  })

  it('averages zones and circuits member by member, and an open window is an open window', async () => {
    const zones = (a: number, isOpen: boolean) => ({
      'z.1': { indoorC: a, windowOpen: isOpen },
      'b"': { rhPercent: 40 },
    })
    await keep(OLD + 1, {
      zones: zones(20, true),
      circuits: { r: { kind: 'floor', supplyC: 30, pumpOn: true } },
    })
    await keep(OLD + 2, { zones: zones(21, false), circuits: { r: { kind: 'radiator', pumpOn: false } } })
    await keep(OLD + 3, { indoorC: 3 })
    await recorder.compact(NOW)
    const [hour] = await recorder.samples(A, all)
    expect(hour?.readings).toEqual({
      indoorC: 3,
      zones: { 'z.1': { indoorC: 20.5, windowOpen: true }, 'b"': { rhPercent: 40 } },
      circuits: { r: { kind: 'radiator', supplyC: 30, pumpOn: true } },
    })
  })

  it('leaves what is young as it was and drops what is past its time', async () => {
    const young = sample(A, NOW - DAY_MS)
    await keep(young.at, young.readings)
    await keep(NOW - 11 * DAY_MS, { indoorC: 1 })
    await keep(OLD, { indoorC: 2 }, 900, B)
    const { dropped } = await recorder.compact(NOW)
    expect(dropped['telemetry']).toBe(1)
    expect(await recorder.samples(A, all)).toMatchObject([{ at: young.at, readings: { indoorC: 21 } }])
    expect(await recorder.samples(B, all)).toMatchObject([{ at: OLD, readings: { indoorC: 2 } }])
    await recorder.compact(NOW + 20 * DAY_MS)
    expect(await recorder.samples(A, all)).toEqual([])
    expect(await recorder.samples(B, all)).toEqual([])
  })

  it('counts a sample once, kept twice or not, and changes nothing the second time', async () => {
    await keep(OLD + 1, { indoorC: 20 })
    await keep(OLD + 1, { indoorC: 30 })
    await keep(OLD + 2, { indoorC: 22 })
    await recorder.compact(NOW)
    const once = await recorder.samples(A, all)
    expect(once).toMatchObject([{ readings: { indoorC: 21 } }])
    await keep(OLD + 3, { indoorC: 99 })
    expect(await recorder.compact(NOW)).toMatchObject({ hours: 0, samples: 1 })
    expect(await recorder.samples(A, all)).toEqual(once)
  })

  it('takes many days in one go', async () => {
    for (let hour = 0; hour < 72; hour++) await keep(OLD - hour * HOUR_MS, { indoorC: hour })
    expect(await recorder.compact(NOW)).toMatchObject({ hours: 72, samples: 72 })
    const found = await recorder.samples(A, all)
    expect(found.map(({ readings }) => readings.indoorC)).toEqual(
      Array.from({ length: 72 }, (_, n) => 71 - n),
    )
  })

  it('keeps of what was learned the last of each name', async () => {
    const entry = (name: string, json: string) => ({ name, at: NOW - DAY_MS, json })
    const keeping = recorder.keepLearned([entry('a', '1'), entry('b', '2'), entry('a', '3')])
    await Promise.all([recorder.flush(), keeping])
    const { dropped } = await recorder.compact(NOW)
    expect(dropped).toMatchObject({ learned: 1 })
    expect([...(await recorder.recover()).learned]).toEqual([
      ['a', '3'],
      ['b', '2'],
    ])
  })

  it('never forgets the last lease of a building', async () => {
    const old = { validUntil: NOW - 5 * DAY_MS }
    const keeping = recorder.keepLeases([lease(A, 1, old), lease(A, 2, old), lease(B, 9), lease(B, 8)])
    const plans = recorder.keepPlans([plan(A, NOW - 2 * DAY_MS), plan(A, NOW)])
    await Promise.all([recorder.flush(), keeping, plans])
    const { dropped } = await recorder.compact(NOW)
    expect(dropped).toMatchObject({ leases: 1, plans: 1 })
    const { leases } = await recorder.recover()
    expect([leases.get(A)?.seq, leases.get(B)?.seq]).toEqual([2, 9])
  })
})
