import { describe, expect, it } from 'vitest'
import { flexibilitySchema } from '../../../../src/adapters/http/schemas/flexibility.ts'
import { settlementSchema } from '../../../../src/adapters/http/schemas/settlement.ts'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { createTestApp, problemOf } from './test-app.ts'

const PATH = '/api/v1/flexibility'

async function read(query = '') {
  const response = await createTestApp().request(PATH + query)
  expect(response.status).toBe(200)
  const body: unknown = await response.json()
  const view = flexibilitySchema.parse(body)
  // Parsing drops keys that the schema does not name: equality means that there are none.
  expect(view).toEqual(body)
  return view
}

describe('GET /flexibility', () => {
  it('gives every kind of offer and what is promised now', async () => {
    const view = await read()
    expect(view.slices).toHaveLength(16)
    expect(view.confidence).toBe(0.9)
    expect(view.withheld).toEqual({ offline: 1, 'no-plan': 2 })
    expect(view.commitments).toMatchObject([{ id: 'order-7', dropped: ['satama-1'] }])
    const [first] = view.slices
    expect(first!.kw.every((kw, k) => kw <= first!.meanKw[k]!)).toBe(true)
    // A price of nothing is no price.
    expect(first!.eurPerKwh.at(-1)).toBeNull()
  })

  it('gives only what is asked for', async () => {
    const view = await read('?direction=down&durationMinutes=120')
    expect(view.slices.map(({ direction, durationMinutes }) => [direction, durationMinutes])).toEqual([
      ['down', 120],
      ['down', 120],
    ])
  })

  it('promises less where it is to be surer', async () => {
    const [usual, surer] = [await read('?direction=up'), await read('?direction=up&confidence=0.95')]
    expect(surer.confidence).toBe(0.95)
    expect(surer.slices[0]!.kw[0]!).toBeLessThan(usual.slices[0]!.kw[0]!)
  })

  it.each(['direction=sideways', 'confidence=1', 'confidence=0.2', 'confidence=x', 'durationMinutes=1.5'])(
    'refuses %s',
    async (query) => {
      const response = await createTestApp().request(`${PATH}?${query}`)
      expect((await problemOf(response)).status).toBe(400)
    },
  )

  it('says that nothing has been planned yet', async () => {
    const desk = createFixtureDesk()
    desk.hasForecast = false
    const response = await createTestApp({ desk }).request(PATH)
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'no-plan-yet' })
  })
})

describe('GET /orders/{id}/settlement', () => {
  it('claims nothing of an order that is metered by half', async () => {
    const response = await createTestApp().request('/api/v1/orders/k-1/settlement')
    expect(response.status).toBe(200)
    const body: unknown = await response.json()
    const settled = settlementSchema.parse(body)
    expect(settled).toEqual(body)
    expect(settled).toMatchObject({ status: 'not-metered', measuredShare: 0.5, deliveredKw: null })
  })

  it.each(['k-2', 'nobody'])('has none of %s, which nobody accepted', async (id) => {
    const response = await createTestApp().request(`/api/v1/orders/${id}/settlement`)
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'unknown-order' })
  })
})
