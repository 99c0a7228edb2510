import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  orderDetailSchema,
  orderQuoteSchema,
  orderSchema,
} from '../../../../src/adapters/http/schemas/order.ts'
import { ORDER_REFUSALS, type OrderRefusalCode } from '../../../../src/core/domain/order.ts'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { DESK_NOW } from '../../../fixtures/desk-curves.ts'
import { FIXTURE_DELIVERABLE_KW } from '../../../fixtures/desk-orders.ts'
import { createTestApp, problemOf } from './test-app.ts'

const json = { 'content-type': 'application/json' }
const HOUR = 3_600_000
const reduce = { kind: 'reduce', kw: 100, from: DESK_NOW + HOUR, until: DESK_NOW + 3 * HOUR }

function post(body: unknown, { desk = createFixtureDesk(), query = '' } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = { method: 'POST', body: text, headers: json }
  return createTestApp({ desk }).request(`http://localhost:8080/api/v1/orders${query}`, request)
}

describe('placing an order', () => {
  it('answers with what is promised, and the desk has it', async () => {
    const desk = createFixtureDesk()
    const response = await post({ ...reduce, note: 'peak', branch: 'north' }, { desk })
    expect(response.status).toBe(201)
    const order = orderDetailSchema.parse(await response.json())
    expect(order).toMatchObject({
      ...reduce,
      note: 'peak',
      branch: 'north',
      state: 'accepted',
      placedBy: 'operator',
    })
    expect(order.promised).toMatchObject({ kw: 100, reboundKw: 60 })
    expect(order.series?.baselineFlowKw.length).toBe(order.series?.plannedFlowKw.length)
    expect(desk.orders()[0]?.id).toBe(order.id)
  })

  it('takes instants as ISO 8601 with an offset, and an emergency without kilowatts', async () => {
    const asked = { kind: 'emergency', from: '2026-01-14T18:00:00+02:00', until: '2026-01-14T16:30:00Z' }
    const order = orderDetailSchema.parse(await (await post(asked)).json())
    expect(order).toMatchObject({
      from: Date.UTC(2026, 0, 14, 16),
      until: Date.UTC(2026, 0, 14, 16, 30),
      kw: 0,
    })
  })

  it('says how much can be had of what is too much', async () => {
    const problem = await problemOf(await post({ ...reduce, kw: 181 }))
    expect(problem).toMatchObject({
      status: 422,
      code: 'more-than-deliverable',
      deliverableKw: FIXTURE_DELIVERABLE_KW,
    })
  })

  it.each([
    { body: '', why: 'nothing' },
    { body: '{"kind":', why: 'half a document' },
    { body: { ...reduce, kind: 'raise' }, why: 'a kind that is none' },
    { body: { ...reduce, kw: '100' }, why: 'text for a number' },
    { body: { ...reduce, kw: null }, why: 'a number that is none' },
    { body: { kind: 'cap', from: 1, until: 2 }, why: 'a cap without kilowatts' },
    { body: { ...reduce, from: 1_768_403_220 }, why: 'seconds for milliseconds' },
    { body: { ...reduce, until: '2026-01-14T18:00:00' }, why: 'a naive time' },
    { body: { ...reduce, note: 'x'.repeat(501) }, why: 'a note that is too long' },
    { body: { ...reduce, priority: 1 }, why: 'an unknown key' },
  ])('refuses $why', async ({ body }) => {
    const desk = createFixtureDesk()
    expect(await problemOf(await post(body, { desk }))).toMatchObject({ status: 400, code: 'bad-request' })
    expect(desk.orders()).toHaveLength(2)
  })

  const STATUS: Readonly<Record<OrderRefusalCode, number>> = {
    'kw-out-of-range': 422,
    'ends-before-it-starts': 422,
    'in-the-past': 422,
    'beyond-horizon': 422,
    'unknown-branch': 422,
    'nobody-to-ask': 422,
    'more-than-deliverable': 422,
    'too-many-orders': 409,
    contradictory: 409,
    'not-planned': 503,
  }
  it.each(ORDER_REFUSALS)('answers a refusal for `%s` with a status of its own kind', async (code) => {
    const desk = createFixtureDesk()
    const placed = desk.orders()[1]
    if (placed?.state !== 'refused') throw new Error('the fixture has no refused order')
    const order = { ...placed, refusal: { code, detail: 'why' } }
    const response = await post(reduce, { desk: { ...desk, placeOrder: async () => ({ ok: false, order }) } })
    expect(await problemOf(response)).toMatchObject({ status: STATUS[code], code, detail: 'why' })
  })
})

describe('a dry run', () => {
  it('says what would become of it and changes nothing', async () => {
    const desk = createFixtureDesk()
    const response = await post(reduce, { desk, query: '?dryRun=true' })
    expect(response.status).toBe(200)
    const quote = orderQuoteSchema.parse(await response.json())
    expect(quote).toMatchObject({ deliverableKw: 180, baselineKw: 1600, refusal: null })
    expect(desk.orders()).toHaveLength(2)
  })

  it('gives the reason with what could be had', async () => {
    const quote = await (await post({ ...reduce, kw: 999 }, { query: '?dryRun=true' })).json()
    expect(quote).toMatchObject({ promised: null, refusal: { code: 'more-than-deliverable' } })
  })
})

describe('orders that are there', () => {
  const app = () => createTestApp()

  it('are listed with what was promised and what came of it', async () => {
    const response = await app().request('/api/v1/orders')
    const [running, refused] = z.array(orderSchema).parse(await response.json())
    expect(running).toMatchObject({ id: 'k-1', state: 'running', promised: { kw: 150 }, deliveredKw: 145 })
    expect(refused).toMatchObject({ state: 'refused', promised: null, refusal: { deliverableKw: 1400 } })
  })

  it('are shown one by one with their series, and a refused one without', async () => {
    const running = orderDetailSchema.parse(await (await app().request('/api/v1/orders/k-1')).json())
    expect(running.series).toMatchObject({ stepMs: 900_000 })
    expect(running.series?.meteredKw.at(-1)).toBeNull()
    expect(await (await app().request('/api/v1/orders/k-2')).json()).toMatchObject({ series: null })
    expect(await problemOf(await app().request('/api/v1/orders/none'))).toMatchObject({
      status: 404,
      code: 'unknown-order',
    })
  })

  it('can be cancelled once', async () => {
    const desk = createFixtureDesk()
    const cancel = (id: string) =>
      createTestApp({ desk }).request(`/api/v1/orders/${id}`, { method: 'DELETE' })
    expect((await cancel('k-1')).status).toBe(204)
    expect(desk.orders()[0]).toMatchObject({ state: 'cancelled' })
    expect(await problemOf(await cancel('k-1'))).toMatchObject({ status: 409, code: 'order-over' })
    expect(await problemOf(await cancel('none'))).toMatchObject({ status: 404, code: 'unknown-order' })
  })

  it('cannot be cancelled by a page of another site', async () => {
    const desk = createFixtureDesk()
    const headers = { origin: 'https://evil.example' }
    const answer = await createTestApp({ desk }).request('/api/v1/orders/k-1', { method: 'DELETE', headers })
    expect(answer.status).toBe(403)
    expect(desk.orders()[0]).toMatchObject({ state: 'running' })
  })
})

it('shows who gave how much', async () => {
  const answer = await createTestApp().request('/api/v1/ledger')
  expect(await answer.json()).toEqual({
    gini: 0.25,
    buildings: [
      { building: 'satama-1', takenKh: 3 },
      { building: 'satama-3', takenKh: 1 },
    ],
  })
})
