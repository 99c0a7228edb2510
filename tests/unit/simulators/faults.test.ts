import { describe, expect, it } from 'vitest'
import { clockErrorMs, deliveryFaults, garbageAt, isCutOff } from '../../../simulators/delivery-faults.ts'
import { type Fault, faultSchema, faultsOf } from '../../../simulators/faults.ts'
import { sensorFaults } from '../../../simulators/sensor-faults.ts'
import { decodeInbound } from '../../../src/core/devices/decode-inbound.ts'
import { encodeSample } from '../../../src/core/devices/telemetry-payload.ts'
import { type BuildingId, parseBuildingId } from '../../../src/core/domain/building-id.ts'
import { HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import type { Readings } from '../../../src/core/domain/telemetry.ts'

const NOON = Date.UTC(2025, 0, 14, 12)
const building = parseBuildingId('b-001') as BuildingId
const span = { from: '2025-01-14T14:00:00+02:00', until: '2025-01-14T13:00:00Z' }
const fault = (words: object): Fault => faultSchema.parse({ ...span, ...words })

const readings: Readings = {
  heatKw: 30,
  energyKwh: 5000,
  outdoorC: -10,
  zones: { 'z-1': { indoorC: 21 }, 'z-2': { indoorC: 22 } },
}
const sampleAt = (at: number) => ({ building, at, seq: 1, intervalS: 900, readings })

describe('a fault in the words of a scenario', () => {
  it('reads instants with their offset and fills in the rest', () => {
    expect(fault({ kind: 'out-of-range' })).toEqual({
      ...{ kind: 'out-of-range', from: NOON, until: NOON + HOUR_MS, buildings: 'all' },
      ...{ zone: 'first', value: 850 },
    })
  })

  it.each([
    { what: 'a kind nobody knows', words: { kind: 'gremlins' } },
    { what: 'an unknown key', words: { kind: 'stuck', sensor: 'x' } },
    { what: 'a naive time', words: { kind: 'stuck', from: '2025-01-14T14:00:00' } },
    { what: 'a share of nothing', words: { kind: 'dropout', share: 0 } },
    { what: 'a reading nobody has', words: { kind: 'stuck', reading: 'mood' } },
  ])('refuses $what', ({ words }) => {
    expect(faultSchema.safeParse({ ...span, ...words }).success).toBe(false)
  })

  it.each([
    { buildings: 'all', befalls: true },
    { buildings: ['b-001', 'b-007'], befalls: true },
    { buildings: ['b-007'], befalls: false },
    { buildings: { first: 3 }, befalls: true },
    { buildings: { first: 2 }, befalls: false },
    { buildings: { share: 1 }, befalls: true },
  ])('befalls the third building of $buildings: $befalls', ({ buildings, befalls }) => {
    const all = [fault({ kind: 'stuck', buildings })]
    expect(faultsOf(all, building, 2, 1)).toHaveLength(befalls ? 1 : 0)
  })

  it('befalls about its share of a fleet, the same for the same seed', () => {
    const quarter = [fault({ kind: 'dropout', buildings: { share: 0.25 } })]
    const struck = (seed: number) =>
      Array.from({ length: 400 }, (_, n) => `b-${n}`).filter((name) => {
        const id = parseBuildingId(name)
        return id && faultsOf(quarter, id, 0, seed).length > 0
      })
    expect(struck(1).length).toBeGreaterThan(70)
    expect(struck(1).length).toBeLessThan(130)
    expect(struck(1)).toEqual(struck(1))
    expect(struck(1)).not.toEqual(struck(2))
  })
})

describe('faulty sensors', () => {
  const said = (words: object, at = NOON) => sensorFaults([fault(words)])(readings, at)

  it.each([
    { words: { kind: 'out-of-range' }, first: 850, second: 22 },
    { words: { kind: 'jump', byK: -6, zone: 'z-2' }, first: 21, second: 16 },
    { words: { kind: 'jump', zone: 'all' }, first: 27, second: 28 },
    { words: { kind: 'silent' }, first: undefined, second: 22 },
    { words: { kind: 'stuck', zone: 'cellar' }, first: 21, second: 22 },
  ])('$words: $first and $second °C', ({ words, first, second }) => {
    const { zones } = said(words)
    expect([zones?.['z-1']?.indoorC, zones?.['z-2']?.indoorC]).toEqual([first, second])
  })

  it('speak the truth before they break and after they are mended', () => {
    expect(said({ kind: 'out-of-range' }, NOON - 1)).toEqual(readings)
    expect(said({ kind: 'out-of-range' }, NOON + HOUR_MS)).toEqual(readings)
  })

  it('may be another reading than a zone', () => {
    expect(said({ kind: 'out-of-range', reading: 'heatKw' })).toEqual({ ...readings, heatKw: 850 })
    expect(said({ kind: 'out-of-range', reading: 'dhwC' })).toEqual(readings)
  })

  it('stick at what they said first', () => {
    const stuck = sensorFaults([fault({ kind: 'stuck' })])
    stuck(readings, NOON)
    const later = stuck({ ...readings, zones: { 'z-1': { indoorC: 15 } } }, NOON + SLOT_MS)
    expect(later.zones?.['z-1']?.indoorC).toBe(21)
  })

  it('see a room by an open window lose more than a kelvin in half an hour', () => {
    const aired = (minutes: number) =>
      Number(said({ kind: 'open-window' }, NOON + minutes * MINUTE_MS).zones?.['z-1']?.indoorC)
    expect(aired(0)).toBe(21)
    expect(21 - aired(30)).toBeGreaterThan(1)
    expect(aired(59)).toBeGreaterThan(5)
  })

  it('count from nothing after a new meter', () => {
    const reset = sensorFaults([fault({ kind: 'counter-reset' })])
    expect(reset(readings, NOON).energyKwh).toBe(0)
    expect(reset({ ...readings, energyKwh: 5007 }, NOON + SLOT_MS).energyKwh).toBe(7)
  })
})

describe('faulty deliveries', () => {
  const times = (words: object, slots: number) => {
    const deliver = deliveryFaults([fault({ ...words, until: NOON + 1000 * SLOT_MS })], 1)
    return Array.from({ length: slots }, (_, n) => deliver(sampleAt(NOON + n * SLOT_MS), NOON + n * SLOT_MS))
      .flat()
      .map(({ at }) => (at - NOON) / SLOT_MS)
  }

  it('send everything twice', () => expect(times({ kind: 'duplicate' }, 3)).toEqual([0, 0, 1, 1, 2, 2]))

  it('send the later sample first', () => {
    expect(times({ kind: 'reordered', share: 1 }, 4)).toEqual([1, 0, 3, 2])
  })

  it('lose about the share they are told to', () => {
    const came = times({ kind: 'dropout', share: 0.3 }, 400)
    expect(came.length).toBeGreaterThan(240)
    expect(came.length).toBeLessThan(320)
  })

  it('write seconds, which are refused as such', () => {
    const [sample] = deliveryFaults([fault({ kind: 'seconds' })], 1)(sampleAt(NOON), NOON)
    const payload = sample ? encodeSample(sample) : ''
    expect(decodeInbound('heatflex/v1/b-001/telemetry', payload)).toMatchObject({
      kind: 'refused',
      code: 'seconds-for-milliseconds',
    })
  })

  it('have their clock off by a day, or none at all', () => {
    const late = [fault({ kind: 'clock-off', byHours: -24 })]
    expect([clockErrorMs(late, NOON), clockErrorMs(late, NOON - 1)]).toEqual([-24 * HOUR_MS, 0])
    expect([isCutOff([fault({ kind: 'offline' })], NOON), isCutOff(late, NOON)]).toEqual([true, false])
  })

  it('send garbage of which no piece is taken for telemetry', () => {
    const broken = [fault({ kind: 'garbage', until: NOON + 100 * SLOT_MS })]
    const pieces = Array.from({ length: 6 }, (_, n) => garbageAt(broken, NOON + n * SLOT_MS, SLOT_MS))
    expect(new Set(pieces).size).toBe(6)
    for (const piece of pieces) {
      expect(decodeInbound('heatflex/v1/b-001/telemetry', String(piece)).kind).toBe('refused')
    }
    expect(garbageAt([], NOON, SLOT_MS)).toBeUndefined()
  })
})
