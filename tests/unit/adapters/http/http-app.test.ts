import { describe, expect, it } from 'vitest'
import { buildingPageSchema, buildingSchema } from '../../../../src/adapters/http/schemas/building.ts'
import { fleetSchema, healthSchema } from '../../../../src/adapters/http/schemas/fleet.ts'
import { ackSchema } from '../../../../src/adapters/http/schemas/lease.ts'
import { fleetPlanSchema, forecastSchema } from '../../../../src/adapters/http/schemas/plan.ts'
import { auditEntrySchema, rejectionSchema } from '../../../../src/adapters/http/schemas/records.ts'
import { seriesSchema } from '../../../../src/adapters/http/schemas/telemetry.ts'
import { DAY_MS } from '../../../../src/core/domain/instant.ts'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { DESK_NOW } from '../../../fixtures/desk-curves.ts'
import { createTestApp, problemOf } from './test-app.ts'

const api = '/api/v1'

describe('what is read', () => {
  it.each([
    { path: '/health', schema: healthSchema },
    { path: '/fleet', schema: fleetSchema },
    { path: '/plan', schema: fleetPlanSchema },
    { path: '/forecast', schema: forecastSchema },
    { path: '/buildings', schema: buildingPageSchema },
    { path: '/buildings/satama-3', schema: buildingSchema },
    { path: '/buildings/valtakatu-23', schema: buildingSchema },
    { path: '/buildings/myllymaki-2', schema: buildingSchema },
    { path: '/buildings/satama-3/series', schema: seriesSchema },
    { path: '/rejected', schema: rejectionSchema.array() },
    { path: '/audit', schema: auditEntrySchema.array() },
  ])('answers $path with all that its schema names and nothing else', async ({ path, schema }) => {
    const response = await createTestApp().request(api + path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const body: unknown = await response.json()
    // Parsing drops keys that the schema does not name: equality means that there are none.
    expect(schema.parse(body)).toEqual(body)
  })

  it('keeps every ack state of the domain readable', () => {
    const states = ['accepted', 'applied', 'limited', 'rejected', 'superseded', 'expired', 'overridden']
    const ack = { building: 'a', id: 'x', seq: 1, at: DESK_NOW }
    for (const state of states) expect(ackSchema.safeParse({ ...ack, state }).success).toBe(true)
  })

  it('says that there is no forecast before the first turn', async () => {
    const desk = createFixtureDesk()
    desk.hasForecast = false
    const response = await createTestApp({ desk }).request(`${api}/forecast`)
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'no-forecast-yet' })
  })

  it('gives buildings a page at a time, each once, in order', async () => {
    const app = createTestApp()
    const ids: string[] = []
    let after = ''
    for (let page = 0; page < 10; page++) {
      const response = await app.request(`${api}/buildings?limit=7${after}`)
      const { buildings, next } = buildingPageSchema.parse(await response.json())
      ids.push(...buildings.map(({ id }) => id))
      if (next === null) break
      after = `&after=${next}`
    }
    expect(ids).toHaveLength(20)
    expect(ids).toEqual([...new Set(ids)].sort())
  })
})

describe('a series', () => {
  const series = async (query: string) => {
    const response = await createTestApp().request(`${api}/buildings/satama-1/series?${query}`)
    return { response, read: async () => seriesSchema.parse(await response.json()) }
  }

  it('is the last day where nothing is asked', async () => {
    const { from, to, samples, next } = await (await series('')).read()
    expect([from, to, next]).toEqual([DESK_NOW - DAY_MS, DESK_NOW, null])
    expect(samples).toHaveLength(96)
  })

  it.each([
    'from=1768348800000&to=1768356000000',
    'from=2026-01-14T00:00:00Z&to=2026-01-14T02:00:00Z',
    'from=2026-01-14T02:00:00%2B02:00&to=2026-01-14T04:00:00%2B02:00',
    'from=2026-01-14T02:00:00+02:00&to=2026-01-14T04:00:00+02:00',
  ])('reads the window of %s alike', async (query) => {
    const { from, to, samples } = await (await series(query)).read()
    expect([from, to]).toEqual([1768348800000, 1768356000000])
    expect(samples.map(({ at }) => at)).toEqual(Array.from({ length: 8 }, (_, slot) => from + slot * 900_000))
  })

  it('stops at the limit and says where to go on', async () => {
    const window = 'to=1768356000000'
    const first = await (await series(`from=1768348800000&${window}&limit=5`)).read()
    const second = await (await series(`from=${first.next}&${window}&limit=5`)).read()
    expect([first.samples.length, second.samples.length, second.next]).toEqual([5, 3, null])
    expect(second.samples[0].at).toBe(first.next)
  })

  it.each([
    { query: 'from=2026-01-14T00:00:00', why: 'a time that is nobody’s' },
    { query: 'from=1768348800', why: 'seconds for milliseconds' },
    { query: 'from=yesterday', why: 'a word' },
    { query: 'from=', why: 'nothing at all' },
    { query: 'from=2026-01-14T00:00:00Z&to=2026-01-13T00:00:00Z', why: 'an end before its start' },
    { query: 'from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', why: 'a year' },
    { query: 'limit=0', why: 'no row' },
    { query: 'limit=1e9', why: 'a milliard of rows' },
  ])('refuses $why', async ({ query }) => {
    const { response } = await series(query)
    expect((await problemOf(response)).status).toBe(400)
  })
})

describe('what cannot be had', () => {
  it.each([
    { method: 'GET', path: '/api/v1/nothing', status: 404, code: 'not-found' },
    { method: 'GET', path: '/nothing', status: 404, code: 'not-found' },
    { method: 'GET', path: '/api/v1/buildings/nobody', status: 404, code: 'unknown-building' },
    { method: 'GET', path: '/api/v1/buildings/nobody/series', status: 404, code: 'unknown-building' },
    { method: 'GET', path: '/api/v1/buildings/__proto__', status: 400, code: 'bad-request' },
    { method: 'GET', path: '/api/v1/buildings/controller', status: 400, code: 'bad-request' },
    { method: 'GET', path: '/api/v1/buildings/UPPER', status: 400, code: 'bad-request' },
    { method: 'GET', path: `/api/v1/buildings/${'a'.repeat(65)}`, status: 400, code: 'bad-request' },
    { method: 'GET', path: '/api/v1/rejected?limit=-1', status: 400, code: 'bad-request' },
    { method: 'DELETE', path: '/api/v1/orders/7', status: 404, code: 'unknown-order' },
    { method: 'GET', path: '/api/v1/export', status: 404, code: 'not-found' },
    { method: 'GET', path: '/..%2f..%2fpackage.json', status: 404, code: 'not-found' },
    { method: 'POST', path: '/api/v1/fleet', status: 405, code: 'wrong-method' },
    { method: 'PUT', path: '/api/v1/buildings/satama-1/mode', status: 405, code: 'wrong-method' },
  ])('answers $method $path with $status', async ({ method, path, status, code }) => {
    const response = await createTestApp().request(path, { method })
    expect(response.status).toBe(status)
    expect(await problemOf(response)).toMatchObject({
      status,
      code,
      type: `urn:problem-type:heatflex:${code}`,
    })
  })

  it('names what may be done where the method is wrong', async () => {
    const response = await createTestApp().request('/api/v1/buildings/satama-1/mode')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('tells the log, and not the asker, why it failed', async () => {
    const desk = createFixtureDesk()
    desk.fleet = () => {
      throw new Error('secret path /var/lib')
    }
    const errors: object[] = []
    const response = await createTestApp({ desk, onError: (fields) => errors.push(fields) }).request(
      `${api}/fleet`,
    )
    const text = await response.text()
    expect([response.status, text.includes('secret')]).toEqual([500, false])
    expect(errors).toMatchObject([{ path: '/api/v1/fleet', err: { message: 'secret path /var/lib' } }])
  })
})
