import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Recorder } from '../../src/controller/ports.ts'
import { type BuildingId, parseBuildingId } from '../../src/core/domain/building-id.ts'
import type { HeatForecastRecord } from '../../src/core/domain/heat-forecast.ts'
import type { Lease } from '../../src/core/domain/lease.ts'
import type { AcceptedOrder, OrderShare, RefusedOrder } from '../../src/core/domain/order.ts'
import type { BuildingPlan } from '../../src/core/domain/plan.ts'
import type { Sample } from '../../src/core/domain/telemetry.ts'
import type { WeatherSlot } from '../../src/core/domain/weather-slot.ts'

export const NOW = Date.UTC(2024, 0, 5, 12)

export function buildingId(text: string): BuildingId {
  const id = parseBuildingId(text)
  if (id === undefined) throw new Error(`${text} is no building id`)
  return id
}
export const A = buildingId('a')
export const B = buildingId('b')

export function sample(building: BuildingId, at: number, indoorC = 21, more: Partial<Sample> = {}): Sample {
  return { building, at, intervalS: 900, readings: { indoorC }, ...more }
}

export function lease(building: BuildingId, seq: number, more: Partial<Lease> = {}): Lease {
  return {
    id: `${building}-${seq}`,
    building,
    seq,
    issuedAt: NOW,
    validFrom: NOW,
    validUntil: NOW + 1_800_000,
    steps: [
      { from: NOW, supplyOffsetK: -3.5, heatLimitKw: null },
      { from: NOW + 900_000, supplyOffsetK: 0.1 + 0.2 },
    ],
    mode: 'auto',
    reason: { code: 'dear-heat-ahead', text: 'Lämpö on nyt kallista: “säästämme” hetken.' },
    ...more,
  }
}

export function plan(building: BuildingId, madeAt: number, more: Partial<BuildingPlan> = {}): BuildingPlan {
  return {
    building,
    madeAt,
    start: madeAt,
    heatKw: Float64Array.of(10, 12.5, 0),
    curveHeatKw: Float64Array.of(11, 11, 11),
    indoorC: Float64Array.of(21, 21.25, Number.NaN),
    eurPerKwh: Float64Array.of(0.08, -0.0125, 2.35),
    outcome: 'solved',
    gap: 1e-7,
    iterations: 12,
    underKh: 0,
    overKh: 0.25,
    reason: { code: 'steady', text: 'Nothing to shift.' },
    ...more,
  }
}

export function weatherSlot(at: number, outdoorC: number): WeatherSlot {
  return { at, outdoorC, solarWm2: 12.5 }
}

export function heatForecast(building: BuildingId | null, start: number): HeatForecastRecord {
  return {
    building,
    issuedAt: start + 20_000,
    start,
    basis: 'as-planned',
    source: 'prior',
    expectedKw: Float64Array.of(10, 11.25, 12, 13, 14, Number.NaN),
    p10Kw: Float64Array.of(8, 8, 8, 8, 8, Number.NaN),
    p50Kw: Float64Array.of(10, 11, 12, 13, 14, Number.NaN),
    p90Kw: Float64Array.of(12, 14, 16, 18, 20, Number.NaN),
    meteredFrom: start - 7_200_000,
    meteredKw: building === null ? null : 9.5,
  }
}

/** An order that was accepted an hour before it runs; figures as finely as they are kept. */
export function order(id: string, more: Partial<AcceptedOrder> = {}): AcceptedOrder {
  return {
    id,
    kind: 'reduce',
    kw: 0.1 + 0.2,
    from: NOW + 3_600_000,
    until: NOW + 7_200_000,
    branch: 'north',
    note: 'kylmä “aamu”',
    placedAt: NOW,
    placedBy: 'anna',
    state: 'accepted',
    baseline: {
      start: NOW,
      flowKw: Float64Array.of(100.1, 120, 99.9),
      meteredKw: Float64Array.of(90, Number.NaN, 80.5),
    },
    promised: {
      kw: 0.1 + 0.2,
      flowKw: Float64Array.of(100, 99.5, 130),
      reboundKw: 30.1,
      reboundKwh: 7.525,
      underKh: 0.25,
    },
    marginRatio: 0.5,
    measured: { start: NOW + 900_000, meteredKw: Float64Array.of(Number.NaN, 79.5) },
    ...more,
  }
}

export function refusedOrder(id: string, more: Partial<RefusedOrder> = {}): RefusedOrder {
  const refusal = { code: 'more-than-deliverable', detail: 'at most 12 kW', deliverableKw: 12 } as const
  const asked = { kind: 'increase', kw: 50, from: NOW + 1000, until: NOW + 2000 } as const
  return { id, ...asked, placedAt: NOW, placedBy: 'anna', state: 'refused', refusal, ...more }
}

export function orderShare(of: string, building: BuildingId): OrderShare {
  return {
    order: of,
    building,
    start: NOW,
    heatKw: Float64Array.of(10, 12.25, 0),
    indoorC: Float64Array.of(21, 20.75, 20),
  }
}

const everyReading: Sample = {
  building: A,
  at: NOW,
  seq: 7,
  intervalS: 60,
  readings: {
    heatKw: 0.1 + 0.2,
    energyKwh: 123_456_789.125,
    flowM3h: 0,
    volumeM3: 1e-9,
    primarySupplyC: 85,
    primaryReturnC: 42,
    supplyC: -0.5,
    returnC: 33,
    curveSupplyC: 50,
    spaceHeatKw: 1,
    ventHeatKw: 2,
    dhwKw: 3,
    dhwC: 58,
    electricKw: 4,
    copRatio: 3.2,
    heatSource: 'district \'heat\' "main" \u0000 – ä',
    indoorC: 21,
    outdoorC: -26,
    zones: { 'flat.1': { indoorC: 20.5, setpointC: 21, rhPercent: 35, windowOpen: true }, 'b"q': {} },
    circuits: { r1: { kind: 'radiator', supplyC: 50, valvePercent: 0, pumpOn: false } },
  },
}

/** What every recorder promises; `reopen` closes the recorder and opens what it left behind. */
export function recorderContract(
  name: string,
  open: () => Promise<{ recorder: Recorder; reopen?: () => Promise<Recorder>; remove: () => Promise<void> }>,
): void {
  describe(`recorder: ${name}`, () => {
    let place: Awaited<ReturnType<typeof open>>
    let recorder: Recorder

    beforeEach(async () => {
      place = await open()
      recorder = place.recorder
    })
    afterEach(async () => {
      await recorder.stop()
      await place.remove()
    })

    /** Kept and durable, whether the recorder commits by itself or on flush. */
    async function kept(...keeping: Promise<void>[]): Promise<void> {
      await Promise.all([recorder.flush(), ...keeping])
    }

    it('starts empty', async () => {
      const recovered = await recorder.recover()
      expect(recovered).toEqual({
        leases: new Map(),
        plans: new Map(),
        acks: new Map(),
        beliefs: new Map(),
        modes: new Map(),
        overrides: [],
        orders: [],
        shares: [],
        learned: new Map(),
        lastTurnAt: undefined,
      })
      expect(await recorder.samples(A, { from: 0, to: NOW * 2 })).toEqual([])
      expect(await recorder.audit(10)).toEqual([])
    })

    it('gives back every reading of a sample as it was', async () => {
      await kept(recorder.keepSample(everyReading, NOW + 5))
      expect(await recorder.samples(A, { from: NOW, to: NOW + 1 })).toEqual([everyReading])
    })

    it('gives samples of the window and building alone, in order of their time', async () => {
      const ats = [3, 1, 2, 5, 4]
      await kept(...ats.map((at) => recorder.keepSample(sample(A, at, at), NOW)))
      await kept(recorder.keepSample(sample(B, 3, 99), NOW), recorder.keepSample(sample(A, 0), NOW))
      const found = await recorder.samples(A, { from: 1, to: 5 })
      expect(found.map(({ at, readings }) => [at, readings.indoorC])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ])
    })

    it('keeps the first of two samples of one instant', async () => {
      await kept(recorder.keepSample(sample(A, NOW, 20), NOW))
      await kept(recorder.keepSample(sample(A, NOW, 25), NOW - 10))
      const found = await recorder.samples(A, { from: NOW, to: NOW + 1 })
      expect(found.map(({ readings }) => readings.indoorC)).toEqual([20])
    })

    it('recovers the lease of the highest seq of each building', async () => {
      await kept(recorder.keepLeases([lease(A, 2), lease(B, 1_700_000_000_123)]))
      await kept(recorder.keepLeases([lease(A, 3), lease(A, 1)]))
      const { leases } = await recorder.recover()
      expect(leases).toEqual(
        new Map([
          [A, lease(A, 3)],
          [B, lease(B, 1_700_000_000_123)],
        ]),
      )
    })

    it('recovers the last plan of each building, unless it is old', async () => {
      const [old, first, last] = [NOW - 7_200_000, NOW - 900_000, NOW - 1000]
      await kept(recorder.keepPlans([plan(A, first), plan(A, last), plan(B, old)]))
      await kept(recorder.keepPlans([plan(A, first - 1)]))
      expect((await recorder.recover()).plans).toEqual(new Map([[A, plan(A, last)]]))
    })

    it('recovers the last belief of each building and the last turn', async () => {
      const text = JSON.stringify({ x: [1.5, null], note: 'line\nbreak "quoted"' }, null, 2)
      await kept(recorder.keepTurn(NOW, new Map([[A, 'old'], [B, text]]))) // biome-ignore format: a pair a building
      await kept(recorder.keepTurn(NOW + 900_000, new Map([[A, 'new']])))
      const { beliefs, lastTurnAt } = await recorder.recover()
      expect(lastTurnAt).toBe(NOW + 900_000)
      expect(beliefs).toEqual(
        new Map([
          [A, { at: NOW + 900_000, json: 'new' }],
          [B, { at: NOW, json: text }],
        ]),
      )
    })

    it('recovers the last mode and the overrides that still run', async () => {
      const running = { building: A, kind: 'warmer', deltaK: 1, untilAt: NOW + 1, by: 'resident' } as const
      const zoned = { ...running, kind: 'away', by: 'owner', zone: 'z1', untilAt: NOW + 9 } as const
      await kept(recorder.keepMode(A, { kind: 'hold', supplyOffsetK: -2.5 }, NOW))
      await kept(recorder.keepMode(B, { kind: 'hold', supplyOffsetK: 1 }, NOW))
      await kept(recorder.keepMode(B, { kind: 'curve' }, NOW))
      await kept(recorder.keepOverride({ ...running, untilAt: NOW }, NOW - 5))
      await kept(recorder.keepOverride(zoned, NOW - 2), recorder.keepOverride(running, NOW - 3))
      const { modes, overrides } = await recorder.recover()
      expect(modes.get(A)).toEqual({ kind: 'hold', supplyOffsetK: -2.5 })
      expect(modes.get(B)).toEqual({ kind: 'curve' })
      expect(overrides).toEqual([running, zoned])
    })

    it('recovers each order as it was last, with what it was frozen over', async () => {
      const running = { ...order('b'), state: 'running' } as const
      const ended = { ...order('c'), state: 'cancelled', endedAt: NOW + 5 } as const
      const placed = refusedOrder('d', { placedAt: NOW + 1 })
      await kept(recorder.keepOrders([order('a'), order('b'), order('c')], NOW))
      await kept(recorder.keepOrders([running], NOW + 9), recorder.keepOrders([placed], NOW + 1))
      await kept(recorder.keepOrders([ended], NOW + 5), recorder.keepOrders([], NOW))
      expect((await recorder.recover()).orders).toEqual([order('a'), running, ended, placed])
    })

    it('recovers an order that nobody has ended, however old, and no old one that is over', async () => {
      const [past, over] = [NOW - 30 * 86_400_000, NOW - 9 * 86_400_000]
      const old = { from: past, until: over, placedAt: past }
      const bare = { branch: undefined, note: undefined, ...old }
      await kept(recorder.keepOrders([order('a', bare), order('b', { ...old, state: 'done' })], past))
      await kept(recorder.keepOrders([refusedOrder('c', old)], past))
      const { orders } = await recorder.recover()
      expect(orders.map(({ id }) => id)).toEqual(['a'])
      expect(orders[0]).toEqual(order('a', bare))
    })

    it('recovers what buildings would have taken without the orders that stand', async () => {
      await kept(
        recorder.keepOrders([order('a'), order('b', { state: 'done' })], NOW),
        recorder.keepOrderShares([orderShare('a', B), orderShare('a', A), orderShare('b', A)]),
        recorder.keepLedger([{ order: 'b', building: A, at: NOW, kelvinHours: 0.75 }]),
      )
      expect((await recorder.recover()).shares).toEqual([orderShare('a', A), orderShare('a', B)])
    })

    it('recovers what was last learned under each name', async () => {
      const entry = (name: string, at: number, json: string) => ({ name, at, json })
      await kept(recorder.keepLearned([entry('misses', NOW, '{"a":1}'), entry('doubt', NOW, '[]')]))
      await kept(recorder.keepLearned([entry('misses', NOW - 5, '{"a":2}')]))
      const { learned } = await recorder.recover()
      expect([...learned]).toEqual([
        ['doubt', '[]'],
        ['misses', '{"a":2}'],
      ])
    })

    it('gives audit and rejections newest first, and no more than asked for', async () => {
      const entry = (at: number) => ({ at, actor: 'anna', action: 'mode', building: A, detail: `no ${at}` })
      const head = 'x'.repeat(200)
      const refused = (at: number) =>
        ({ at, topic: 'heatflex/v1/x', building: undefined, code: 'not-json', detail: '', head }) as const
      await kept(recorder.keepAudit([entry(1), entry(3), { ...entry(2), building: undefined }]))
      await kept(recorder.keepRejections([refused(1), refused(2)]))
      expect(await recorder.audit(2)).toEqual([entry(3), { ...entry(2), building: undefined }])
      expect(await recorder.rejections(1)).toEqual([refused(2)])
      expect((await recorder.rejections(9)).map(({ at }) => at)).toEqual([2, 1])
    })

    it('takes plans, acks and statuses, and nothing at all', async () => {
      await kept(
        recorder.keepPlans([plan(A, NOW)]),
        recorder.keepAck({
          building: A,
          id: 'a-1',
          seq: 1,
          at: NOW,
          state: 'limited',
          applied: { supplyOffsetK: -2 },
        }),
        recorder.keepStatus({ building: A, state: 'online', session: 3, at: NOW }),
        recorder.keepLeases([]),
        recorder.keepPlans([]),
      )
      await recorder.flush()
    })

    it('gives past weather back in order, a slot that was kept twice once', async () => {
      const slot = 900_000
      await kept(recorder.keepPastWeather([weatherSlot(NOW + slot, -4), weatherSlot(NOW, -5)]))
      await kept(recorder.keepPastWeather([weatherSlot(NOW + slot, 7), weatherSlot(NOW + 2 * slot, -3)]))
      const found = await recorder.pastWeather({ from: NOW, to: NOW + 2 * slot })
      expect(found).toEqual([weatherSlot(NOW, -5), weatherSlot(NOW + slot, -4)])
    })

    it('gives heat forecasts of the window as they were believed, oldest first', async () => {
      const hour = 3_600_000
      const records = [heatForecast(null, NOW), heatForecast(A, NOW + hour), heatForecast(A, NOW)]
      await kept(recorder.keepHeatForecasts(records), recorder.keepHeatForecasts([]))
      const found = await recorder.heatForecasts({ from: NOW, to: NOW + 1 })
      expect(new Set(found)).toEqual(new Set([records[0], records[2]]))
      const all = await recorder.heatForecasts({ from: 0, to: NOW + hour + 1 })
      expect(all.at(-1)).toEqual(records[1])
    })

    it('rejects what cannot be kept, and keeps what came with it', async () => {
      const bad = recorder.keepSample(sample(A, 1.5), NOW)
      const good = recorder.keepSample(sample(A, 2), NOW)
      await expect(bad).rejects.toThrow()
      await kept(good)
      expect(await recorder.samples(A, { from: 0, to: 9 })).toHaveLength(1)
    })

    it('goes on after a restart with everything it had', async (test) => {
      if (!place.reopen) return test.skip('this recorder does not outlive its process')
      await kept(recorder.keepSample(everyReading, NOW), recorder.keepLeases([lease(A, 5)]))
      await kept(
        recorder.keepTurn(NOW, new Map([[A, 'belief']])),
        recorder.keepMode(A, { kind: 'curve' }, NOW),
        recorder.keepOrders([order('a'), refusedOrder('b')], NOW),
        recorder.keepOrderShares([orderShare('a', A)]),
      )
      const before = await recorder.recover()
      recorder = await place.reopen()
      expect(await recorder.recover()).toEqual(before)
      expect(await recorder.samples(A, { from: NOW, to: NOW + 1 })).toEqual([everyReading])
    })

    it('stops twice without harm and keeps nothing afterwards', async () => {
      await recorder.stop()
      await recorder.stop()
      await expect(recorder.keepSample(sample(A, NOW), NOW)).rejects.toMatchObject({ name: 'RecorderError' })
      await expect(recorder.samples(A, { from: 0, to: 1 })).rejects.toMatchObject({ name: 'RecorderError' })
    })
  })
}
