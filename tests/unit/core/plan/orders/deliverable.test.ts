import { describe, expect, it } from 'vitest'
import type { OrderRequest } from '../../../../../src/core/domain/order.ts'
import {
  evenlyKw,
  heldThroughoutKw,
  isMet,
  promiseOf,
} from '../../../../../src/core/plan/orders/deliverable.ts'
import { at, SLOTS, START } from './standing-order.ts'

const reduce: OrderRequest = { kind: 'reduce', kw: 20, from: at(2), until: at(4) }
const baselineKw = new Float64Array(SLOTS).fill(100)

/** 20 kW less but for one slot, and 30 kW more for the hour after. */
const flowKw = baselineKw.map((kw, k) => {
  if (k === 10) return kw - 15
  if (k >= 8 && k < 16) return kw - 20
  return k >= 16 && k < 20 ? kw + 30 : kw
})
const planned = {
  grid: { start: START, slots: SLOTS },
  baselineKw,
  flowKw,
  underKhWithout: 1,
  underKhWith: 1.5,
}

describe('how much of an order a plan gives', () => {
  it.each([
    { kind: 'reduce', held: 15 },
    { kind: 'emergency', held: 15 },
    { kind: 'cap', held: 85 },
    { kind: 'increase', held: 0 },
  ] as const)('is $held kW throughout as a $kind', ({ kind, held }) => {
    expect(heldThroughoutKw({ ...reduce, kind }, planned)).toBe(held)
  })

  it.each([
    { kind: 'reduce', kw: 20, held: 19.9, met: true },
    { kind: 'reduce', kw: 20, held: 19, met: false },
    { kind: 'increase', kw: 1000, held: 994, met: false },
    { kind: 'cap', kw: 85, held: 85.3, met: true },
    { kind: 'cap', kw: 85, held: 86, met: false },
    { kind: 'emergency', kw: 0, held: 0, met: true },
    { kind: 'reduce', kw: 20, held: Number.NaN, met: false },
  ] as const)('meets a $kind of $kw kW with $held kW: $met', ({ kind, kw, held, met }) => {
    expect(isMet({ ...reduce, kind, kw }, held)).toBe(met)
  })
})

describe('a promise', () => {
  it('says what comes back and what it costs the rooms', () => {
    expect(promiseOf(reduce, planned)).toMatchObject({ kw: 20, reboundKw: 30, reboundKwh: 30, underKh: 0.5 })
  })

  it('is of an emergency what it takes away at least', () => {
    expect(promiseOf({ ...reduce, kind: 'emergency', kw: 0 }, planned).kw).toBe(15)
  })
})

describe('what the same heat would give evenly', () => {
  it.each([
    { kind: 'reduce', even: 19.375 },
    { kind: 'emergency', even: 19.375 },
    { kind: 'cap', even: 80.625 },
    { kind: 'increase', even: -19.375 },
  ] as const)('is $even kW as a $kind', ({ kind, even }) => {
    expect(evenlyKw({ ...reduce, kind }, planned)).toBeCloseTo(even, 9)
  })
})
