import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import { gini } from '../../../../src/core/verify/gini.ts'
import { type SettlementFacts, settleOrder } from '../../../../src/core/verify/settle-order.ts'
import { sumMeters } from '../../../../src/core/verify/sum-meters.ts'

const START = Date.UTC(2024, 0, 15, 6)
const SLOTS = 8 + 96
const id = (text: string) => parseBuildingId(text)!

/** 2 h of 100 kW less than 1000 kW, and 25 kW more in the four hours after. */
function facts(change: Partial<SettlementFacts> = {}): SettlementFacts {
  const measuredKw = new Float64Array(SLOTS).fill(1000).fill(900, 0, 8).fill(1025, 8, 24)
  return {
    order: { kind: 'reduce', kw: 100, from: START, until: START + 2 * HOUR_MS },
    start: START,
    baselineKw: new Float64Array(SLOTS).fill(1000),
    measuredKw,
    silent: [],
    ledgerKh: [1, 1, 1, 1],
    ...change,
  }
}

describe('settleOrder', () => {
  it('counts what was delivered against what was promised, and what came back', () => {
    expect(settleOrder(facts())).toEqual({
      status: 'metered',
      measuredShare: 1,
      silent: [],
      doubt: 'unknown',
      baselineBiasKw: null,
      baselineErrorKw: null,
      adjustedKw: null,
      promisedKwh: 200,
      deliveredKwh: 200,
      deliveredKw: 100,
      deliveredShare: 1,
      heldShare: 1,
      worstShortfallKw: 0,
      reboundKw: 25,
      reboundKwh: 100,
      reboundMeasuredShare: 1,
      rampKw: 125,
      gini: 0,
    })
  })

  it('says where it fell short', () => {
    const measuredKw = facts().measuredKw.slice().fill(960, 6, 8)
    const settled = settleOrder(facts({ measuredKw }))
    expect(settled.deliveredShare).toBeCloseTo(0.85, 9)
    expect(settled.heldShare).toBe(0.75)
    expect(settled.worstShortfallKw).toBe(60)
  })

  it('turns the signs round for an increase', () => {
    const order = { kind: 'increase', kw: 100, from: START, until: START + 2 * HOUR_MS } as const
    const measuredKw = new Float64Array(SLOTS).fill(1000).fill(1080, 0, 8).fill(980, 8, 12)
    const settled = settleOrder(facts({ order, measuredKw }))
    expect(settled.deliveredShare).toBeCloseTo(0.8, 9)
    expect(settled.reboundKw).toBe(20)
    expect(settled.reboundKwh).toBe(20)
  })

  it('counts of a cap only what the baseline lies above it', () => {
    const order = { kind: 'cap', kw: 950, from: START, until: START + 2 * HOUR_MS } as const
    const settled = settleOrder(facts({ order }))
    expect(settled.promisedKwh).toBe(100)
    expect(settled.deliveredShare).toBe(2)
    const idle = settleOrder(facts({ order: { ...order, kw: 2000 } }))
    expect(idle.deliveredShare).toBe(1)
  })

  it('leaves out slots that nobody metered, and claims nothing where they are many', () => {
    const few = facts().measuredKw.slice().fill(Number.NaN, 0, 1)
    const most = facts().measuredKw.slice().fill(Number.NaN, 0, 4)
    const [partly, not] = [settleOrder(facts({ measuredKw: few })), settleOrder(facts({ measuredKw: most }))]
    expect(partly).toMatchObject({ status: 'partly-metered', measuredShare: 0.875, deliveredShare: 1 })
    expect(not).toMatchObject({
      status: 'not-metered',
      deliveredKwh: null,
      deliveredShare: null,
      heldShare: null,
    })
  })

  it('has no NaN in it, whatever is missing', () => {
    const none = new Float64Array(0)
    const cases = [
      facts({ measuredKw: none, baselineKw: none }),
      facts({ measuredKw: new Float64Array(SLOTS).fill(Number.NaN) }),
      facts({ ledgerKh: [] }),
      facts({ ledgerKh: [Number.NaN, 0] }),
      facts({ order: { kind: 'reduce', kw: 0, from: START, until: START } }),
      facts({ order: { kind: 'emergency', kw: 0, from: START, until: START + HOUR_MS } }),
    ]
    for (const one of cases) {
      const figures = Object.values(settleOrder(one)).filter((value) => typeof value === 'number')
      expect(figures.every(Number.isFinite)).toBe(true)
    }
  })
})

describe('sumMeters', () => {
  const even = (kw: number) => new Float64Array(4).fill(kw)

  it('names a silent meter, and takes it to have given nothing', () => {
    const silent = even(80)
    silent.fill(Number.NaN, 1, 3)
    const sums = sumMeters(
      [
        { building: id('a'), baselineKw: even(100), meteredKw: even(90) },
        { building: id('b'), baselineKw: even(100), meteredKw: silent },
      ],
      4,
    )
    expect([...sums.meteredKw]).toEqual([170, 190, 190, 170])
    expect([...sums.heardShare]).toEqual([1, 0.5, 0.5, 1])
    expect(sums.silent).toEqual([{ building: 'b', slots: 2 }])
  })

  it('is nothing of nobody, and of series that are too short', () => {
    expect([...sumMeters([], 2).heardShare]).toEqual([0, 0])
    const short = { building: id('a'), baselineKw: even(5), meteredKw: new Float64Array(1).fill(4) }
    expect(sumMeters([short], 6).silent).toEqual([{ building: 'a', slots: 5 }])
  })
})

describe('gini', () => {
  it.each([
    { values: [3, 3, 3], expected: 0 },
    { values: [0, 0, 0, 4], expected: 0.75 },
    { values: [1, 3], expected: 0.25 },
    { values: [0, 0], expected: undefined },
    { values: [], expected: undefined },
    { values: [Number.NaN, 2], expected: 0 },
  ])('of $values is $expected', ({ values, expected }) => {
    expect(gini(values)).toEqual(expected)
  })
})
