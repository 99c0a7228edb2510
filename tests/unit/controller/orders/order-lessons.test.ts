import { describe, expect, it } from 'vitest'
import { createOrderLessons, keptBaselineError } from '../../../../src/controller/orders/order-lessons.ts'
import { orderSettlement } from '../../../../src/controller/orders/order-settlement.ts'
import type { LearnedEntry } from '../../../../src/controller/ports.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { AcceptedOrder } from '../../../../src/core/domain/order.ts'

const FROM = Date.UTC(2024, 0, 15, 6)
const flat = (kw: number) => new Float64Array(4).fill(kw)
const AIM = { aimedKw: 120, sigmaKw: 20 }

/** One of 100 kW, of which so much was delivered. */
function order(id: string, deliveredKw: number, errorKw: number | undefined = 5): AcceptedOrder {
  return {
    id,
    kind: 'reduce',
    kw: 100,
    from: FROM,
    until: FROM + HOUR_MS,
    placedAt: FROM - HOUR_MS,
    placedBy: 'test',
    state: 'releasing',
    marginRatio: 0,
    baseline: { start: FROM, flowKw: flat(1500), meteredKw: flat(1000) },
    promised: { kw: 100, flowKw: flat(1400), reboundKw: 0, reboundKwh: 0, underKh: 0 },
    measured: { start: FROM, meteredKw: flat(1000 - deliveredKw) },
    ...(errorKw !== undefined && { baselineError: { slots: 24, biasKw: 1, errorKw } }),
  }
}

/** A store of lessons, and the lessons as a process has them that starts on it. */
function store() {
  const learned = new Map<string, string>()
  const recorder = {
    async keepLearned(entries: readonly LearnedEntry[]) {
      for (const { name, json } of entries) learned.set(name, json)
    },
  }
  const onError = (error: unknown) => {
    throw error
  }
  return {
    learned,
    start: (orders: readonly AcceptedOrder[] = []) =>
      createOrderLessons({ recorder, kept: { learned, orders }, onError }),
  }
}

function live(lessons: ReturnType<ReturnType<typeof store>['start']>, one: AcceptedOrder): void {
  lessons.take(one, AIM, FROM)
  lessons.learn(one, orderSettlement(one, []), FROM + HOUR_MS)
}

describe('what later offers learn from an order', () => {
  it.each([
    { why: 'fell short', deliveredKw: 60, sign: 1 },
    { why: 'gave more than it aimed at', deliveredKw: 140, sign: -1 },
  ])('is a wider margin where it $why, or a narrower one', ({ deliveredKw, sign }) => {
    const lessons = store().start()
    live(lessons, order('a', deliveredKw))
    expect(Math.sign(lessons.calibration() - 1)).toBe(sign)
  })

  it.each([
    { why: 'its baseline is off by more than half of it', one: order('a', 0, 80) },
    { why: 'nobody knows how far its baseline is off', one: { ...order('a', 0), baselineError: undefined } },
    { why: 'its meters were silent', one: order('a', Number.NaN) },
  ])('is nothing where $why', ({ one }) => {
    const lessons = store().start()
    live(lessons, one)
    expect(lessons.calibration()).toBe(1)
  })

  it('is learned once', () => {
    const lessons = store().start()
    live(lessons, order('a', 60))
    const once = lessons.calibration()
    lessons.learn(order('a', 60), orderSettlement(order('a', 60), []), FROM + 2 * HOUR_MS)
    expect(lessons.calibration()).toBe(once)
  })

  it('outlives a restart, and so does what a standing order is aimed at and measured by', () => {
    const kept = store()
    const before = kept.start()
    live(before, order('a', 60))
    before.take(order('b', 0, 7), AIM, FROM)
    const after = kept.start([order('a', 60), order('b', 0)])
    expect(after.calibration()).toBe(before.calibration())
    expect(after.aim('b')).toEqual(AIM)
    expect(after.aim('a')).toBeUndefined()
    expect(keptBaselineError(kept.learned, 'b')).toEqual({ slots: 24, biasKw: 1, errorKw: 7 })
    expect(keptBaselineError(kept.learned, 'c')).toBeUndefined()
  })

  it('begins anew where the store has what nobody understands', () => {
    const kept = store()
    kept.learned.set('offer-calibration', '{"variance":-3')
    kept.learned.set('order:a', '{"aim":7}')
    const lessons = kept.start([order('a', 60)])
    expect(lessons.calibration()).toBe(1)
    expect(lessons.aim('a')).toBeUndefined()
  })
})
