import { beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '../../../../src/controller/member.ts'
import { type JudgeTerms, judgeOrder } from '../../../../src/controller/orders/judge-order.ts'
import { networkPlaces } from '../../../../src/controller/orders/network-places.ts'
import { orderDemand } from '../../../../src/controller/orders/order-demand.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { OrderRequest } from '../../../../src/core/domain/order.ts'
import { DEFAULT_ORDER_SETTINGS } from '../../../../src/core/plan/orders/order-settings.ts'
import { NOTHING_KEPT } from '../../../fixtures/nothing-kept.ts'
import { during, membersOf, meteredOf, planTogether, START } from './planned-fleet.ts'

const request: OrderRequest = {
  kind: 'reduce',
  kw: 20,
  from: START + 3 * HOUR_MS,
  until: START + 5 * HOUR_MS,
}

let members: readonly Member[]
let terms: JudgeTerms
beforeAll(async () => {
  members = await membersOf(['a', 'b', 'c', 'd'], { recover: async () => NOTHING_KEPT }, START)
  const facts = {
    members,
    ending: [],
    shareOf: () => undefined,
    settings: DEFAULT_ORDER_SETTINGS,
    places: networkPlaces([]),
    timeZone: 'Europe/Helsinki',
    now: START,
  }
  terms = {
    now: START,
    demandWith: (thought) => orderDemand({ ...facts, orders: thought ? [thought.order] : [] }),
    planWith: planTogether(members),
    meteredKw: (schedules) => meteredOf(schedules),
    wantsMost: false,
  }
})

async function met(asked: OrderRequest) {
  const judged = await judgeOrder(asked, terms)
  if (judged.kind !== 'met') throw new Error(judged.refusal.detail)
  return judged
}

async function mostKw(asked: OrderRequest): Promise<number> {
  const judged = await judgeOrder({ ...asked, kw: 5000 }, terms)
  return judged.kind === 'refused' ? (judged.refusal.deliverableKw ?? 0) : 0
}

describe('an order that the fleet can meet', () => {
  it('is promised as far under the frozen baseline as was asked, in every slot', async () => {
    const { baseline, promised } = await met(request)
    const before = during(baseline.flowKw, START, request)
    const then = during(promised.flowKw, START, request)
    then.forEach((kw, k) => void expect(before[k]! - kw).toBeGreaterThan(19.8))
    expect(promised.kw).toBe(20)
    expect(promised.underKh).toBeLessThan(0.1)
    expect(promised.reboundKwh).toBeGreaterThanOrEqual(0)
  })

  it('is held against a baseline without its own pre-heating', async () => {
    const { baseline, promised, undisturbed } = await met({ ...request, kw: await mostKw(request) })
    const without = await terms.planWith(terms.demandWith(undefined), START)
    expect(baseline.flowKw).toEqual(without!.flowKw(undefined))
    const early = { from: START, until: request.from }
    const stored = during(promised.flowKw, START, early).reduce(
      (sum, kw, k) => sum + (kw - baseline.flowKw[k]!) / 4,
      0,
    )
    expect(stored).toBeGreaterThan(10)
    expect(undisturbed.map(({ building }) => building)).toEqual(members.map(({ building }) => building.id))
  })

  it('lets little of it come back at once', async () => {
    const { baseline, promised } = await met({ ...request, kw: 60 })
    const after = { from: request.until, until: request.until + 4 * HOUR_MS }
    const limit = during(baseline.flowKw, START, after).map((kw) => 1.1 * kw)
    during(promised.flowKw, START, after).forEach((kw, k) => void expect(kw).toBeLessThan(limit[k]! + 0.5))
  })

  it('may be one for more heat, or less than so much', async () => {
    const increase = await met({ ...request, kind: 'increase' })
    during(increase.promised.flowKw, START, request).forEach((kw, k) => {
      expect(kw - increase.baseline.flowKw[12 + k]!).toBeGreaterThan(19.8)
    })
    const capKw = Math.max(...during(increase.baseline.flowKw, START, request)) - 15
    const cap = await met({ ...request, kind: 'cap', kw: capKw })
    expect(Math.max(...during(cap.promised.flowKw, START, request))).toBeLessThan(capKw + 0.6)
  })

  it('is, of an emergency, all that safety leaves', async () => {
    const long = { ...request, until: request.from + 9 * HOUR_MS }
    const most = await mostKw(long)
    const { promised, deliverableKw } = await met({ ...long, kind: 'emergency', kw: 0 })
    expect(promised.kw).toBe(deliverableKw)
    expect(deliverableKw).toBeGreaterThan(1.05 * most)
  })
})

describe('an order that is too much', () => {
  it('is accepted all the same where so much was offered', async () => {
    const asked = { ...request, kw: 1.03 * (await mostKw(request)) }
    expect((await judgeOrder(asked, terms)).kind).toBe('refused')
    expect((await judgeOrder(asked, { ...terms, offeredKw: asked.kw })).kind).toBe('met')
    expect((await judgeOrder(asked, { ...terms, offeredKw: 0.5 * asked.kw })).kind).toBe('refused')
  })

  it.each([
    { kind: 'reduce', kw: 5000 },
    { kind: 'increase', kw: 5000 },
    { kind: 'cap', kw: 0 },
    { kind: 'reduce', kw: 5000, hours: 12 },
  ] as const)('of $kind says how much can be had, and that is then met', async ({ kind, kw, hours = 2 }) => {
    const asked = { ...request, kind, kw, until: request.from + hours * HOUR_MS }
    const judged = await judgeOrder(asked, terms)
    if (judged.kind === 'met') throw new Error('nobody can give that')
    expect(judged.refusal).toMatchObject({ code: 'more-than-deliverable' })
    expect(judged.refusal.detail).toContain(`${judged.refusal.deliverableKw}`)
    const most = judged.refusal.deliverableKw!
    expect(most).toBeGreaterThan(10)
    await expect(met({ ...asked, kw: most })).resolves.toMatchObject({ kind: 'met' })
    const beyond = kind === 'cap' ? 0.9 * most : 1.15 * most
    expect((await judgeOrder({ ...asked, kw: beyond }, terms)).kind).toBe('refused')
  })

  it('costs a bounded number of plans', async () => {
    let plans = 0
    const planWith: JudgeTerms['planWith'] = (demand, now) => {
      plans++
      return terms.planWith(demand, now)
    }
    await judgeOrder({ ...request, kw: 5000 }, { ...terms, planWith, wantsMost: true })
    expect(plans).toBeLessThanOrEqual(8)
  })
})

describe('a quote', () => {
  it('says of what could be met how much more there is', async () => {
    const quote = await judgeOrder(request, { ...terms, wantsMost: true })
    expect(quote).toMatchObject({ kind: 'met', promised: { kw: 20 } })
    expect(quote.kind === 'met' && quote.deliverableKw).toBeGreaterThan(40)
  })
})

describe('where no plan comes about', () => {
  it.each([{ after: 0 }, { after: 1 }])('nothing is promised (after $after plans)', async ({ after }) => {
    let plans = 0
    const planWith: JudgeTerms['planWith'] = async (demand, now) =>
      plans++ < after ? terms.planWith(demand, now) : undefined
    const judged = await judgeOrder(request, { ...terms, planWith })
    expect(judged).toMatchObject({ kind: 'refused', refusal: { code: 'not-planned' } })
  })
})
