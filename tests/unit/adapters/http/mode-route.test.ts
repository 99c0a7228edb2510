import { describe, expect, it } from 'vitest'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { fixtureId } from '../../../fixtures/desk-views.ts'
import { createTestApp, problemOf } from './test-app.ts'

const json = { 'content-type': 'application/json' }

function post(body: string, { id = 'satama-1', headers = {}, desk = createFixtureDesk() } = {}) {
  const request = { method: 'POST', body, headers: { ...json, ...headers } }
  return createTestApp({ desk }).request(`http://localhost:8080/api/v1/buildings/${id}/mode`, request)
}

describe('setting a mode', () => {
  it.each([
    { body: { mode: 'auto' }, mode: { kind: 'auto' } },
    { body: { mode: 'curve' }, mode: { kind: 'curve' } },
    { body: { mode: 'hold', supplyOffsetK: -3.5 }, mode: { kind: 'hold', supplyOffsetK: -3.5 } },
    { body: { mode: 'hold' }, mode: { kind: 'hold', supplyOffsetK: -6.5 } },
  ])('takes $body and the desk has it, with who asked', async ({ body, mode }) => {
    const desk = createFixtureDesk()
    const response = await post(JSON.stringify(body), { desk })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ building: 'satama-1', mode })
    expect(desk.building(fixtureId('satama-1'))?.mode).toEqual(mode)
    expect((await desk.audit(1))[0]).toMatchObject({ action: 'mode', building: 'satama-1' })
  })

  it('holds nothing where the building is on its own curve', async () => {
    const response = await post('{"mode":"hold"}', { id: 'myllymaki-2' })
    expect(await response.json()).toMatchObject({ mode: { kind: 'hold', supplyOffsetK: 0 } })
  })

  it('goes on holding what was held', async () => {
    const response = await post('{"mode":"hold"}', { id: 'pallo-9' })
    expect(await response.json()).toMatchObject({ mode: { kind: 'hold', supplyOffsetK: -2 } })
  })

  it.each([
    { body: '', why: 'nothing' },
    { body: '{"mode":', why: 'half a document' },
    { body: '[]', why: 'a list' },
    { body: '{"mode":"off"}', why: 'a mode that is none' },
    { body: '{"mode":"hold","supplyOffsetK":-80}', why: 'an offset beyond any building' },
    { body: '{"mode":"hold","supplyOffsetK":"3"}', why: 'text for a number' },
    { body: '{"mode":"auto","supplyOffsetK":3}', why: 'an offset without a hold' },
    { body: '{"mode":"auto","untill":1}', why: 'an unknown key' },
  ])('refuses $why', async ({ body }) => {
    const desk = createFixtureDesk()
    const response = await post(body, { desk })
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'bad-request' })
    expect(desk.building(fixtureId('satama-1'))?.mode).toEqual({ kind: 'auto' })
  })

  it('names the place of the fault', async () => {
    const problem = await problemOf(await post('{"mode":"hold","supplyOffsetK":-80}'))
    expect(problem.errors).toMatchObject([{ path: 'body.supplyOffsetK' }])
  })

  it('refuses a body that is no JSON by its own account', async () => {
    const response = await post('{"mode":"auto"}', { headers: { 'content-type': 'text/plain' } })
    expect(response.status).toBe(400)
  })

  it('refuses a body that is too large', async () => {
    const body = `{"mode":"auto"${' '.repeat(20_000)}}`
    const response = await post(body, { headers: { 'content-length': String(body.length) } })
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' })
  })

  it('knows no building of that id', async () => {
    const response = await post('{"mode":"auto"}', { id: 'nobody' })
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'unknown-building' })
  })
})

describe('a page of another site', () => {
  it.each([
    { headers: { origin: 'https://evil.example' }, status: 403 },
    { headers: { origin: 'null' }, status: 403 },
    { headers: { origin: 'http://localhost:9999', host: 'localhost:8080' }, status: 403 },
    { headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
    { headers: { 'sec-fetch-site': 'same-site' }, status: 403 },
    { headers: { origin: 'http://localhost:8080', host: 'localhost:8080' }, status: 200 },
    { headers: { 'sec-fetch-site': 'same-origin' }, status: 200 },
    { headers: {}, status: 200 },
  ])('gets $status with $headers', async ({ headers, status }) => {
    const desk = createFixtureDesk()
    const response = await post('{"mode":"curve"}', { headers, desk })
    expect(response.status).toBe(status)
    expect(desk.building(fixtureId('satama-1'))?.mode.kind).toBe(status === 200 ? 'curve' : 'auto')
  })
})
