import { describe, expect, it } from 'vitest'
import type { OrderRequest } from '../../../../../src/core/domain/order.ts'
import { orderFault, supersededBy } from '../../../../../src/core/plan/orders/check-order.ts'
import { at, START, standingOrder } from './standing-order.ts'

const facts = {
  now: START,
  horizon: { from: START, to: at(48) },
  branches: new Set(['harbour', 'north']),
  standing: [],
  askable: 3,
}
const request: OrderRequest = { kind: 'reduce', kw: 20, from: at(2), until: at(4) }

describe('a request before any plan is asked', () => {
  it('finds nothing wrong with one that a fleet could be asked', () => {
    expect(orderFault(request, facts)).toBeUndefined()
    expect(orderFault({ ...request, branch: 'north' }, facts)).toBeUndefined()
  })

  it.each([
    { why: 'kw is NaN', asked: { kw: Number.NaN }, code: 'kw-out-of-range' },
    { why: 'kw is infinite', asked: { kw: Number.POSITIVE_INFINITY }, code: 'kw-out-of-range' },
    { why: 'kw is negative', asked: { kw: -1 }, code: 'kw-out-of-range' },
    { why: 'nothing is asked', asked: { kw: 0 }, code: 'kw-out-of-range' },
    { why: 'it ends where it starts', asked: { until: at(2) }, code: 'ends-before-it-starts' },
    { why: 'its end is no number', asked: { until: Number.NaN }, code: 'ends-before-it-starts' },
    { why: 'it is over', asked: { from: at(-2), until: at(-1) }, code: 'in-the-past' },
    { why: 'it ends now', asked: { from: at(-2), until: START }, code: 'in-the-past' },
    { why: 'half of it is over', asked: { from: at(-1) }, code: 'in-the-past' },
    { why: 'it ends beyond the plan', asked: { until: at(48) + 1 }, code: 'beyond-horizon' },
    { why: 'nobody knows the branch', asked: { branch: 'south' }, code: 'unknown-branch' },
  ])('is refused where $why', ({ asked, code }) => {
    const fault = orderFault({ ...request, ...asked }, facts)
    expect(fault?.code).toBe(code)
    expect(fault?.detail.length).toBeGreaterThan(10)
  })

  it('takes what began a moment ago', () => {
    expect(orderFault({ ...request, from: START - 60_000 }, facts)).toBeUndefined()
  })

  it('takes a cap of nothing and an emergency without kilowatts', () => {
    expect(orderFault({ ...request, kind: 'cap', kw: 0 }, facts)).toBeUndefined()
    expect(orderFault({ ...request, kind: 'emergency', kw: 0 }, facts)).toBeUndefined()
  })

  it('says that nothing is deliverable where nobody can be asked', () => {
    expect(orderFault(request, { ...facts, askable: 0 })).toMatchObject({
      code: 'nobody-to-ask',
      deliverableKw: 0,
    })
  })

  it('is refused where too many stand', () => {
    const standing = Array.from({ length: 50 }, (_, k) => standingOrder({ id: `reduce-${k}` }))
    expect(orderFault(request, { ...facts, standing })?.code).toBe('too-many-orders')
  })
})

describe('two orders at one place and time', () => {
  it.each([
    { first: { kind: 'increase' }, next: { kind: 'reduce' } },
    { first: { kind: 'reduce' }, next: { kind: 'increase' } },
    { first: { kind: 'emergency' }, next: { kind: 'increase' } },
    { first: { kind: 'increase' }, next: { kind: 'cap', kw: 110 } },
    { first: { kind: 'cap', kw: 110 }, next: { kind: 'increase' } },
  ] as const)('contradict each other where $first is followed by $next', ({ first, next }) => {
    const standing = [standingOrder({ id: 'first-1', ...first })]
    const fault = orderFault({ ...request, ...next }, { ...facts, standing })
    expect(fault?.code).toBe('contradictory')
    expect(fault?.detail).toContain('first-1')
  })

  it.each([
    { why: 'both lower', first: { kind: 'reduce' }, next: { kind: 'cap', kw: 50 } },
    { why: 'both raise', first: { kind: 'increase' }, next: { kind: 'increase' } },
    {
      why: 'the cap leaves room for the increase',
      first: { kind: 'increase' },
      next: { kind: 'cap', kw: 120 },
    },
    { why: 'one is over', first: { kind: 'increase', until: at(2) }, next: { kind: 'reduce' } },
    { why: 'they are of two branches', first: { kind: 'increase', branch: 'north' }, next: {} },
    {
      why: 'an emergency goes before all',
      first: { kind: 'increase' },
      next: { kind: 'emergency', kw: 0 },
    },
  ] as const)('agree where $why', ({ first, next }) => {
    const standing = [standingOrder(first)]
    expect(orderFault({ ...request, ...next }, { ...facts, standing })).toBeUndefined()
  })

  it('are ended by an emergency where they raise heat under it', () => {
    const raising = standingOrder({ id: 'a', kind: 'increase', branch: 'north' })
    const standing = [raising, standingOrder({ id: 'b' })]
    const emergency = { ...request, kind: 'emergency', kw: 0 } as const
    expect(supersededBy(emergency, standing)).toEqual([raising])
    expect(supersededBy({ ...emergency, branch: 'harbour' }, standing)).toEqual([])
    expect(supersededBy(request, standing)).toEqual([])
  })
})
