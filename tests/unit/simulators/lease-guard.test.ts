import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLeaseGuard, type GuardTurn, type LeaseGuard } from '../../../simulators/guard-state.ts'
import { passTime, pressOverride, receiveSetpoint } from '../../../simulators/lease-guard.ts'
import { encodeLease } from '../../../src/core/devices/lease-payload.ts'
import { type BuildingId, parseBuildingId } from '../../../src/core/domain/building-id.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/core/domain/instant.ts'
import type { Ack, Lease, Override } from '../../../src/core/domain/lease.ts'

const NOON = Date.UTC(2025, 0, 14, 12)
const building = parseBuildingId('b-001') as BuildingId
const limits = { supplyOffsetK: { min: -10, max: 10 } }
const fresh = createLeaseGuard(building, limits)

function lease(change: Partial<Lease> = {}): Lease {
  return {
    id: `lease-${change.seq ?? 1}`,
    building,
    seq: 1,
    issuedAt: NOON,
    validFrom: NOON,
    validUntil: NOON + 30 * MINUTE_MS,
    steps: [{ from: NOON, supplyOffsetK: -3 }],
    mode: 'auto',
    reason: { code: 'dear-heat-ahead', text: 'Heat is dear this evening.' },
    ...change,
  }
}

const bytes = (text: string) => new TextEncoder().encode(text)
const receive = (guard: LeaseGuard, change: Partial<Lease>, now = NOON) =>
  receiveSetpoint(guard, bytes(encodeLease(lease(change))), now)
const states = (turn: GuardTurn) => turn.acks.map(({ id, state }) => `${id} ${state}`)
const last = (turn: GuardTurn): Ack => turn.acks[turn.acks.length - 1]

describe('a lease that can be believed', () => {
  it('is applied, and the ack says what took effect', () => {
    const turn = receive(fresh, {})
    expect(turn.guard.setting).toEqual({ supplyOffsetK: -3 })
    expect(turn.acks).toMatchObject([
      { id: 'lease-1', seq: 1, state: 'applied', applied: { supplyOffsetK: -3 } },
    ])
  })

  it('ends by the clock alone, at the millisecond it says', () => {
    const { guard } = receive(fresh, {})
    const until = NOON + 30 * MINUTE_MS
    expect(passTime(guard, until - 1).guard.setting).toEqual({ supplyOffsetK: -3 })
    const over = passTime(guard, until)
    expect(over.guard).toMatchObject({ setting: {}, because: 'expired' })
    expect(over.acks).toMatchObject([{ state: 'expired', applied: { supplyOffsetK: null } }])
    expect(passTime(over.guard, until + HOUR_MS).acks).toEqual([])
  })

  it('moves from step to step, also where they came out of order', () => {
    const steps = [
      { from: NOON + 10 * MINUTE_MS, supplyOffsetK: 2 },
      { from: NOON, supplyOffsetK: -3 },
      { from: NOON + 20 * MINUTE_MS, supplyOffsetK: null },
    ]
    const { guard } = receive(fresh, { steps })
    const later = passTime(guard, NOON + 10 * MINUTE_MS)
    expect(later.guard.setting).toEqual({ supplyOffsetK: 2 })
    expect(later.acks).toMatchObject([{ state: 'applied', applied: { supplyOffsetK: 2 } }])
    expect(passTime(later.guard, NOON + 20 * MINUTE_MS).guard.setting).toEqual({})
  })

  it('leaves the curve alone before its first step and in a release', () => {
    expect(receive(fresh, { steps: [{ from: NOON + 1, supplyOffsetK: 4 }] }).guard.setting).toEqual({})
    const released = receive(fresh, { mode: 'release' })
    expect(released.guard.setting).toEqual({})
    expect(last(released)).toMatchObject({ state: 'applied', applied: { supplyOffsetK: null } })
  })

  it('waits for its beginning while the lease before it runs on', () => {
    const first = receive(fresh, {}).guard
    const start = NOON + 15 * MINUTE_MS
    const waiting = receive(first, {
      seq: 2,
      validFrom: start,
      validUntil: start + 30 * MINUTE_MS,
      steps: [{ from: start, supplyOffsetK: 5 }],
    })
    expect(states(waiting)).toEqual(['lease-2 accepted'])
    expect(waiting.guard.setting).toEqual({ supplyOffsetK: -3 })
    const begun = passTime(waiting.guard, start)
    expect(begun.guard.setting).toEqual({ supplyOffsetK: 5 })
    expect(states(begun)).toEqual(['lease-2 applied'])
  })

  it.each([
    { wanted: -25, given: -10 },
    { wanted: 11, given: 10 },
  ])('is limited to $given K where it asks for $wanted K', ({ wanted, given }) => {
    const turn = receive(fresh, { steps: [{ from: NOON, supplyOffsetK: wanted }] })
    expect(turn.guard.setting).toEqual({ supplyOffsetK: given })
    expect(last(turn)).toMatchObject({ state: 'limited', applied: { supplyOffsetK: given } })
  })

  it('is limited where it moves what the building has not', () => {
    const turn = receive(fresh, { steps: [{ from: NOON, heatLimitKw: 20 }] })
    expect(turn.guard.setting).toEqual({})
    expect(last(turn)).toMatchObject({ state: 'limited', reason: 'no heatLimitKw here' })
  })
})

describe('a message that changes nothing', () => {
  const held = receive(fresh, { seq: 7 }).guard

  it('is told nothing when the same lease comes again', () => {
    const again = receive(held, { seq: 7 })
    expect(again.acks).toEqual([])
    expect(again.guard.writes).toEqual(held.writes)
  })

  it('loses to a newer seq that came before it, and the newer is told last', () => {
    const late = receive(held, { seq: 6, steps: [{ from: NOON, supplyOffsetK: 9 }] })
    expect(late.guard.setting).toEqual({ supplyOffsetK: -3 })
    expect(states(late)).toEqual(['lease-6 superseded', 'lease-7 applied'])
  })

  it('is rejected where another lease already bears its seq', () => {
    const other = receive(held, { seq: 7, id: 'other', steps: [{ from: NOON, supplyOffsetK: 9 }] })
    expect(other.guard.setting).toEqual({ supplyOffsetK: -3 })
    expect(other.acks[0]).toMatchObject({ id: 'other', state: 'rejected', reason: 'seq-reused' })
  })
})

describe('a message that cannot be believed', () => {
  const held = receive(fresh, { seq: 7 }).guard
  const whole = JSON.parse(encodeLease(lease({ seq: 8 })))
  const withField = (field: string, value: unknown) => bytes(JSON.stringify({ ...whole, [field]: value }))

  it.each([
    { what: 'text that is no JSON', payload: bytes('NaN'), code: 'not-json' },
    { what: 'bytes that are no UTF-8', payload: Uint8Array.of(0xff, 0xfe, 0x7b), code: 'not-utf8' },
    { what: 'another version of the contract', payload: bytes('{"v":2,"curve":[1,2]}'), code: 'bad-shape' },
    { what: 'a bare null', payload: bytes('null'), code: 'bad-shape' },
    { what: 'a list', payload: bytes('[]'), code: 'bad-shape' },
    { what: 'a million brackets', payload: bytes('['.repeat(1_000_000)), code: 'too-large' },
    { what: 'deep nesting', payload: bytes('['.repeat(5_000)), code: 'too-deep' },
    {
      what: 'an offset in words',
      payload: withField('steps', [{ from: NOON, supplyOffsetK: '-3' }]),
      code: 'bad-number',
    },
    {
      what: 'an infinite offset',
      payload: bytes(encodeLease(lease({ seq: 8 })).replace('-3', '1e999')),
      code: 'bad',
    },
    { what: 'a seq below zero', payload: withField('seq', -1), code: 'out-of-range' },
    { what: 'seconds for milliseconds', payload: withField('validUntil', NOON / 1000), code: 'seconds' },
    { what: 'an end before the beginning', payload: withField('validUntil', NOON - 1), code: 'bad-time' },
    { what: 'a lease of a month', payload: withField('validUntil', NOON + 30 * DAY_MS), code: 'bad-time' },
    { what: 'a mode nobody knows', payload: withField('mode', 'boost'), code: 'bad-shape' },
  ])('is refused: $what', ({ payload, code }) => {
    const turn = receiveSetpoint(held, payload, NOON)
    expect(turn.guard).toMatchObject({ setting: {}, because: 'not-understood', lastSeq: 7 })
    expect(turn.acks).toMatchObject([{ state: 'rejected', applied: { supplyOffsetK: null } }])
    expect(last(turn).reason).toContain(code)
  })

  it('expires at once where it is already over, and takes the older lease with it', () => {
    const turn = receive(held, { seq: 8, validFrom: NOON - HOUR_MS, validUntil: NOON })
    expect(turn.guard).toMatchObject({ setting: {}, because: 'expired', lastSeq: 8 })
    expect(states(turn)).toEqual(['lease-8 expired'])
  })

  it('is forgotten when an empty payload clears it, but its seq is not', () => {
    const cleared = receiveSetpoint(held, new Uint8Array(), NOON)
    expect(cleared.guard).toMatchObject({ setting: {}, because: 'cleared', lastSeq: 7 })
    expect(states(cleared)).toEqual(['lease-7 superseded'])
    expect(receive(cleared.guard, { seq: 6 }).guard.setting).toEqual({})
    expect(receive(cleared.guard, { seq: 8 }).guard.setting).toEqual({ supplyOffsetK: -3 })
  })

  it('never throws and never leaves a setting behind, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.json().map(bytes)),
        (payload) => {
          expect(receiveSetpoint(held, payload, NOON).guard.setting).toEqual({})
        },
      ),
    )
  })
})

describe('a resident who presses a button', () => {
  const override = (kind: Override['kind']): Override => {
    return { building, kind, deltaK: 1, untilAt: NOON + 20 * MINUTE_MS, by: 'resident' }
  }
  const held = receive(fresh, {}).guard

  it.each(['abort', 'warmer'] as const)(
    '%s: has the own curve until it ends, then the lease again',
    (kind) => {
      const pressed = pressOverride(held, override(kind), NOON)
      expect(pressed.guard).toMatchObject({ setting: {}, because: 'overridden' })
      expect(last(pressed)).toMatchObject({ state: 'overridden', reason: kind })
      const over = passTime(pressed.guard, NOON + 20 * MINUTE_MS)
      expect(over.guard.setting).toEqual({ supplyOffsetK: -3 })
      expect(states(over)).toEqual(['lease-1 applied'])
    },
  )

  it('warmer: keeps an offset that already warms', () => {
    const warm = receive(fresh, { steps: [{ from: NOON, supplyOffsetK: 4 }] }).guard
    expect(pressOverride(warm, override('warmer'), NOON)).toMatchObject({
      guard: { setting: { supplyOffsetK: 4 } },
      acks: [],
    })
  })

  it('cooler: lets the lease be', () => {
    expect(pressOverride(held, override('cooler'), NOON).guard.setting).toEqual({ supplyOffsetK: -3 })
  })
})

describe('writes to the controller', () => {
  it('count changes of what it is set to, by day', () => {
    let guard = fresh
    for (const [index, offset] of [-3, -3, -2, 4, 4].entries()) {
      const steps = [{ from: NOON, supplyOffsetK: offset }]
      guard = receive(guard, { seq: index, steps }).guard
    }
    expect(guard.writes).toMatchObject({ today: 3, total: 3 })
    guard = passTime(guard, NOON + DAY_MS).guard
    expect(guard.writes).toMatchObject({ today: 1, total: 4, mostADay: 3 })
  })
})

describe('at any time, after any leases in any order', () => {
  const arrival = fc.record({
    seq: fc.nat(20),
    from: fc.integer({ min: -60, max: 60 }),
    minutes: fc.integer({ min: 0, max: 60 }),
    offset: fc.integer({ min: -30, max: 30 }),
    waits: fc.nat(30),
  })

  it('the building is on its own curve unless a lease it took is valid now, and never beyond its limits', () => {
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 12 }), (arrivals) => {
        let guard = fresh
        let now = NOON
        for (const { seq, from, minutes, offset, waits } of arrivals) {
          const validFrom = now + from * MINUTE_MS
          const validUntil = validFrom + minutes * MINUTE_MS
          const steps = [{ from: validFrom, supplyOffsetK: offset }]
          guard = receive(guard, { seq, id: `${seq}-${offset}`, validFrom, validUntil, steps }, now).guard
          now += waits * MINUTE_MS
          guard = passTime(guard, now).guard
          const { lease: held, setting } = guard
          if (!held) expect(setting).toEqual({})
          else expect(now).toBeLessThan(held.validUntil)
          expect(Math.abs(setting.supplyOffsetK ?? 0)).toBeLessThanOrEqual(10)
        }
        expect(passTime(guard, now + DAY_MS).guard.setting).toEqual({})
      }),
    )
  })

  it('is set the same whether time passed in one leap or minute by minute', () => {
    const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(script, fc.nat(120), fc.nat(60), (script, minutes, waits) => {
        const steps = script.map(([from, supplyOffsetK]) => ({
          from: NOON + from * MINUTE_MS,
          supplyOffsetK,
        }))
        const validFrom = NOON + waits * MINUTE_MS
        const { guard } = receive(fresh, { steps, validFrom, validUntil: validFrom + HOUR_MS })
        const pressed = pressOverride(
          guard,
          { building, kind: 'abort', deltaK: 0, untilAt: NOON + 30 * MINUTE_MS, by: 'owner' },
          NOON,
        ).guard
        let slow = pressed
        for (let minute = 1; minute <= minutes; minute++)
          slow = passTime(slow, NOON + minute * MINUTE_MS).guard
        expect(slow.setting).toEqual(passTime(pressed, NOON + minutes * MINUTE_MS).guard.setting)
      }),
    )
  })
})
