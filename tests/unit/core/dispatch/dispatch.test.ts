import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DispatchFacts, dispatchBuilding } from '../../../../src/core/dispatch/dispatch-building.ts'
import { leaseEnd, nextSeq } from '../../../../src/core/dispatch/lease.ts'
import { segments } from '../../../../src/core/dispatch/segments.ts'
import type { Building } from '../../../../src/core/domain/building.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'

const NOW = Math.floor(1_700_000_000_000 / SLOT_MS) * SLOT_MS
const N = 96
const flat = (value: number, n = N) => new Float64Array(n).fill(value)

const BLOCK: Building = {
  id: parseBuildingId('b-1')!,
  name: 'b-1',
  kind: 'concrete-block',
  floorAreaM2: 3000,
  builtYear: 1972,
  persons: 80,
  comfort: { minC: 20, maxC: 23 },
  actuator: { kind: 'supplyOffsetK', min: -20, max: 10, step: 0.5, deadband: 1, writesPerDay: 12 },
  tariff: { kind: 'spot', feeEurPerMwh: 0 },
  curve: [
    { outdoorC: -30, supplyC: 75 },
    { outdoorC: 15, supplyC: 28 },
  ],
  supplyMinC: 20,
  supplyMaxC: 80,
  maxHeatKw: 150,
  hasIndoorSensor: true,
}

function facts(heatKw: Float64Array, change: Partial<DispatchFacts> = {}): DispatchFacts {
  return {
    building: BLOCK,
    plan: {
      building: BLOCK.id,
      madeAt: NOW,
      start: NOW,
      heatKw,
      curveHeatKw: flat(100),
      indoorC: flat(21),
      eurPerKwh: flat(0.1),
      outcome: 'solved',
      gap: 0,
      iterations: 8,
      underKh: 0,
      overKh: 0,
    },
    effect: { kwPerKUp: flat(2), kwPerKDown: flat(4) },
    outdoorC: flat(-5),
    heldOffsetK: 0,
    writes: [],
    now: NOW,
    timeZone: 'Europe/Helsinki',
    indoorC: 21,
    lowestC: 21,
    hotWaterPeak: false,
    ...change,
  }
}

describe('kilowatts into kelvins', () => {
  it.each([
    { heatKw: 120, expected: 10 },
    { heatKw: 110, expected: 5 },
    { heatKw: 80, expected: -5 },
    { heatKw: 0, expected: -20 },
    { heatKw: 101, expected: 0 },
  ])('asks for $expected K where $heatKw kW are planned and the curve takes 100', ({ heatKw, expected }) => {
    const { offsetK, steps } = dispatchBuilding(facts(flat(heatKw)))
    expect(offsetK).toBe(expected)
    expect(steps[0]).toEqual({ from: NOW, supplyOffsetK: expected })
  })

  it.each([
    { heatKw: 120, why: 'more heat', ends: false },
    { heatKw: 82, why: 'a small cut', ends: false },
    { heatKw: 80, why: 'a deep cut', ends: true },
    { heatKw: 0, why: 'all that can be taken', ends: true },
  ])('lets $why end by itself in minutes: $ends', ({ heatKw, ends }) => {
    const { steps } = dispatchBuilding(facts(flat(heatKw)))
    const end = { from: NOW + 5.5 * MINUTE_MS, supplyOffsetK: null }
    expect(steps.slice(1)).toEqual(ends ? [end] : [])
  })

  it.each([
    { kind: 'supplyC', min: 20, max: 75, expected: 43.9 },
    { kind: 'heatLimitKw', min: 0, max: 150, expected: 80 },
    { kind: 'roomSetpointC', min: 18, max: 23, expected: 19.1 },
  ] as const)('speaks the unit of a $kind actuator', ({ kind, min, max, expected }) => {
    const actuator = { ...BLOCK.actuator, kind, min, max, step: 0.1 }
    const { steps } = dispatchBuilding(facts(flat(80), { building: { ...BLOCK, actuator } }))
    expect(steps[0][kind]).toBeCloseTo(expected, 1)
  })

  it.each([
    { kind: 'supplyC', heatKw: 100, why: 'nothing is to change', value: null },
    { kind: 'roomSetpointC', heatKw: 100, why: 'nothing is to change', value: null },
    { kind: 'heatLimitKw', heatKw: 100, why: 'nothing is to change', value: null },
    { kind: 'heatLimitKw', heatKw: 130, why: 'more is wanted, which no limit gives', value: null },
  ] as const)('leaves a $kind building to itself where $why', ({ kind, heatKw, value }) => {
    const actuator = { ...BLOCK.actuator, kind, min: 0, max: 150, step: 0.1 }
    const { steps, offsetK } = dispatchBuilding(facts(flat(heatKw), { building: { ...BLOCK, actuator } }))
    expect([offsetK, steps[0][kind]]).toEqual([0, value])
  })

  it('takes no heat from a cold room, whatever the plan says', () => {
    expect(dispatchBuilding(facts(flat(20), { indoorC: 19.5 })).offsetK).toBe(0)
    expect(dispatchBuilding(facts(flat(20), { lowestC: 18.5 })).offsetK).toBe(0)
    expect(dispatchBuilding(facts(flat(120), { indoorC: 19.5 })).offsetK).toBe(10)
  })

  it('says in words what it does', () => {
    const eurPerKwh = flat(0.1)
    eurPerKwh.fill(0.5, 20, 30)
    const { plan } = facts(flat(120))
    const { reason } = dispatchBuilding(facts(flat(120), { plan: { ...plan, eurPerKwh } }))
    expect(reason.code).toBe('store-before-dear')
    expect(reason.text).toMatch(/dearer at about \d\d:\d\d/)
  })

  it.each([
    { heatKw: 60, words: /dear now.*a little less/ },
    { heatKw: 100, words: /follows the building’s own curve/ },
    { heatKw: 130, words: /a little is stored/ },
  ])('says of $heatKw kW in a building with a meter alone that no room is measured', ({ heatKw, words }) => {
    const building = { ...BLOCK, hasIndoorSensor: false }
    const unmeasured = { building, indoorC: undefined, lowestC: undefined, hotWaterPeak: true }
    const { reason } = dispatchBuilding(facts(flat(heatKw), unmeasured))
    expect(reason.code).toBe('meter-only')
    expect(reason.text).toMatch(/No room is measured here/)
    expect(reason.text).toMatch(words)
  })

  it('never says that heating is raised while it is not', () => {
    const { reason } = dispatchBuilding(facts(flat(100), { indoorC: 19.7 }))
    expect(reason.code).not.toBe('comfort-low')
  })
})

describe('the write budget', () => {
  const swinging = Float64Array.from({ length: N }, (_, k) => (Math.floor(k / 2) % 2 === 0 ? 60 : 130))

  it('is kept over any day of wild plans', () => {
    let held = 0
    const writes: number[] = []
    for (let k = 0; k < 300; k++) {
      const now = NOW + k * SLOT_MS
      const base = facts(swinging)
      const heatKw = Float64Array.from({ length: N }, (_, j) => swinging[(j + k) % N])
      const plan = { ...base.plan, start: now, heatKw }
      const { offsetK } = dispatchBuilding({ ...base, plan, now, heldOffsetK: held, writes })
      if (offsetK !== held) writes.push(now)
      held = offsetK
    }
    for (const at of writes) {
      expect(writes.filter((other) => other > at - 24 * HOUR_MS && other <= at).length).toBeLessThanOrEqual(
        12,
      )
    }
    expect(writes.length).toBeGreaterThan(12)
  })

  it('holds its value once it is used up', () => {
    const writes = Array.from({ length: 12 }, (_, i) => NOW - (i + 1) * 10 * MINUTE_MS).reverse()
    expect(dispatchBuilding(facts(flat(60), { writes, heldOffsetK: 3 })).offsetK).toBe(3)
  })

  it('keeps writes back for calls that may yet come, and lets a call have them', () => {
    const writes = Array.from({ length: 9 }, (_, i) => NOW - (i + 1) * 10 * MINUTE_MS).reverse()
    const wish = facts(flat(60), { writes, heldOffsetK: 3 })
    expect(dispatchBuilding(wish).offsetK).toBe(-10)
    expect(dispatchBuilding({ ...wish, callWrites: new Uint8Array(N).fill(2) }).offsetK).toBe(3)
    expect(dispatchBuilding({ ...wish, callWrites: new Uint8Array(N) }).offsetK).toBe(-10)
  })

  it('spends its last write on an order that runs now rather than on a dearer hour later', () => {
    const writes = Array.from({ length: 10 }, (_, i) => NOW - (i + 1) * 10 * MINUTE_MS).reverse()
    const heatKw = flat(100).fill(80, 0, 8).fill(104, 20)
    const eurPerKwh = flat(0.1).fill(0.6, 20)
    const base = facts(heatKw, { writes })
    const wish = { ...base, plan: { ...base.plan, eurPerKwh } }
    expect(dispatchBuilding(wish).offsetK).toBe(0)
    const stakes = flat(1).fill(100, 0, 8)
    expect(dispatchBuilding({ ...wish, stakes }).offsetK).toBeLessThanOrEqual(-3)
  })
})

describe('the step function nearest to a wish', () => {
  const problem = {
    held: 0,
    writeCost: 0.5,
    step: 0.5,
    min: -20,
    max: 10,
  }

  it('never makes more changes than are available by then', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -25, max: 15, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 6 }),
        (wishes, most) => {
          const wish = Float64Array.from(wishes)
          const available = Int32Array.from(wish, (_, k) => Math.min(most, Math.floor(k / 3)))
          const { values, writes } = segments({ ...problem, wish, weight: flat(1, wish.length), available })
          let changes = 0
          for (let k = 0; k < values.length; k++) {
            if (values[k] !== (k > 0 ? values[k - 1] : 0)) changes++
            expect(changes).toBeLessThanOrEqual(available[k])
            expect(values[k]).toBeGreaterThanOrEqual(-20)
            expect(values[k]).toBeLessThanOrEqual(10)
          }
          expect(changes).toBeLessThanOrEqual(writes)
        },
      ),
    )
  })

  it('is never worse than holding, nor than any single change', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -15, max: 8, noNaN: true }), { minLength: 4, maxLength: 16 }),
        fc.nat(),
        fc.integer({ min: -30, max: 16 }),
        (wishes, place, halves) => {
          const wish = Float64Array.from(wishes)
          const n = wish.length
          const answer = segments({
            ...problem,
            wish,
            weight: flat(1, n),
            available: new Int32Array(n).fill(4),
          })
          const cost = (values: Float64Array) => {
            let sum = 0
            for (let k = 0; k < n; k++) {
              sum += (values[k] - wish[k]) ** 2
              if (values[k] !== (k > 0 ? values[k - 1] : 0)) sum += problem.writeCost
            }
            return sum
          }
          const rival = flat(0, n).fill(halves / 2, place % n)
          expect(cost(answer.values)).toBeLessThanOrEqual(cost(rival) + 1e-9)
          expect(cost(answer.values)).toBeLessThanOrEqual(cost(flat(0, n)) + 1e-9)
        },
      ),
    )
  })
})

describe('a lease', () => {
  it('outlives two turns and no more', () => {
    expect(leaseEnd(NOW)).toBeGreaterThan(NOW + 2 * SLOT_MS)
    expect(leaseEnd(NOW)).toBeLessThan(NOW + 2 * SLOT_MS + MINUTE_MS)
  })

  it('has a number that only grows, also for a controller that has forgotten all', () => {
    const before = nextSeq(0, NOW)
    expect(nextSeq(before, NOW)).toBe(before + 1)
    expect(nextSeq(0, NOW + 15 * MINUTE_MS)).toBeGreaterThan(before)
  })
})
