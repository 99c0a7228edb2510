import { afterEach, describe, expect, it } from 'vitest'
import type { WebClientSetup } from '../../../../src/adapters/web/web-client.ts'
import { explainOutcome } from '../../../../src/adapters/web/web-outcome.ts'
import {
  type Reply,
  type ReplyOrRule,
  type ScriptedServer,
  startScriptedServer,
} from '../../../fixtures/web/scripted-server.ts'
import { testClient } from '../../../fixtures/web/test-client.ts'

const JSON_TYPE = 'application/json'
const fine: Reply = { status: 200, type: 'application/json; charset=utf-8', body: '{"fine":true}' }
const never = new AbortController().signal

let service: ScriptedServer
const starts = async (...replies: ReplyOrRule[]) => {
  service = await startScriptedServer(...replies)
}
afterEach(() => service.stop())

function asking(more: Partial<WebClientSetup> = {}) {
  const test = testClient(more)
  const get = (path = '/prices') =>
    test.client.get({ url: new URL(path, service.url), accept: [JSON_TYPE] }, never)
  return { ...test, get }
}

describe('a question to a service', () => {
  it('says who asks, what is understood, and takes packed answers', async () => {
    await starts({ ...fine, gzip: true })
    const { get } = asking({ secretHeaders: { 'X-Api-Key': 'hush' } })
    expect(await get()).toMatchObject({ kind: 'fetched', text: '{"fine":true}', isFromCache: false })
    expect(service.asked[0]?.headers).toMatchObject({
      'user-agent': 'heatflex/0.0.0 (test@example.org)',
      accept: JSON_TYPE,
      'accept-encoding': expect.stringContaining('gzip'),
      'x-api-key': 'hush',
    })
  })

  it.each<{ what: string; replies: Reply[]; requests: number; outcome: object }>([
    {
      what: 'a fault that passes',
      replies: [{ status: 503 }, fine],
      requests: 2,
      outcome: { kind: 'fetched' },
    },
    {
      what: 'a reset that passes',
      replies: [{ does: 'reset' }, fine],
      requests: 2,
      outcome: { kind: 'fetched' },
    },
    {
      what: 'an answer cut short',
      replies: [{ does: 'truncate', type: JSON_TYPE, body: '{"fine":' }],
      requests: 3,
      outcome: { kind: 'unreachable' },
    },
    { what: 'a fault that stays', replies: [{ status: 500 }], requests: 3, outcome: { kind: 'unreachable' } },
    {
      what: 'too much asked, back in a second',
      replies: [{ status: 429, headers: { 'retry-after': '0' } }, fine],
      requests: 2,
      outcome: { kind: 'fetched' },
    },
    {
      what: 'a bad question',
      replies: [{ status: 400, body: 'no such zone' }],
      requests: 1,
      outcome: { kind: 'refused', status: 400, body: 'no such zone' },
    },
    { what: 'nothing yet', replies: [{ status: 204 }], requests: 1, outcome: { kind: 'empty' } },
    {
      what: 'a page for people',
      replies: [{ status: 200, type: 'text/html', body: '<html>maintenance</html>' }],
      requests: 1,
      outcome: { kind: 'unusable', why: 'content-type' },
    },
    {
      what: 'bytes that are no text',
      replies: [{ status: 200, type: JSON_TYPE, body: Uint8Array.of(0xff, 0xfe, 0x80) }],
      requests: 1,
      outcome: { kind: 'unusable', why: 'not-text' },
    },
    {
      what: 'nothing changed, though nothing was had',
      replies: [{ status: 304 }],
      requests: 1,
      outcome: { kind: 'unusable', why: 'not-modified' },
    },
  ])('meets $what with $requests requests', async ({ replies, requests, outcome }) => {
    await starts(...replies)
    expect(await asking().get()).toMatchObject(outcome)
    expect(service.asked).toHaveLength(requests)
  })

  it('gives a service that does not answer up', async () => {
    await starts({ does: 'hang' })
    const outcome = await asking({ timeoutMs: 50, tries: 2 }).get()
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('ETIMEDOUT') })
    expect(service.asked).toHaveLength(2)
  })

  it('holds no more than allowed, packed or not', async () => {
    await starts({ status: 200, type: JSON_TYPE, body: ' '.repeat(2_000_000), gzip: true })
    expect(await asking({ maxBytes: 100_000 }).get()).toMatchObject({ kind: 'unusable', why: 'too-large' })
  })
})

describe('a service that shuts us out', () => {
  it.each([401, 403])('is not asked again after a %d, and that is told once', async (status) => {
    await starts({ status, body: 'your key hush is void' }, fine)
    const { get, events } = asking({ secrets: ['hush'] })
    const [first, second] = [await get(), await get('/other')]
    expect(first).toEqual({ kind: 'shut-out', status, detail: 'your key *** is void' })
    expect(second).toEqual(first)
    expect(service.asked).toHaveLength(1)
    expect(events.map(({ kind }) => kind)).toEqual(['shut-out'])
  })
})

describe('a service that wants rest', () => {
  it.each<{ says: string; header: Record<string, string>; restMs: number }>([
    { says: 'in seconds', header: { 'retry-after': '120' }, restMs: 120_000 },
    { says: 'at an instant', header: { 'retry-after': 'Thu, 15 Jan 2026 10:03:00 GMT' }, restMs: 180_000 },
    { says: 'without saying how long', header: {}, restMs: 60_000 },
  ])('is left alone when it says so $says', async ({ header, restMs }) => {
    await starts({ status: 429, headers: { date: 'Thu, 15 Jan 2026 10:00:00 GMT', ...header } }, fine)
    const { get, clock } = asking()
    expect(await get()).toMatchObject({ kind: 'busy', retryAt: clock.at + restMs })
    clock.at += restMs - 1
    expect(await get()).toMatchObject({ kind: 'busy' })
    expect(service.asked).toHaveLength(1)
    clock.at += 1
    expect(await get()).toMatchObject({ kind: 'fetched' })
  })

  it('is asked no faster than its manners allow, retries included', async () => {
    await starts({ status: 500 }, fine)
    const { get } = asking({ manners: { requests: 1, perMs: 150, quietMs: 1_000 } })
    const beganMs = performance.now()
    await Promise.all([get('/a'), get('/b')])
    // From before the first to after the last: a machine that dawdles makes it longer, never shorter.
    expect(performance.now() - beganMs).toBeGreaterThan(2 * 150 - 5)
    expect(service.asked).toHaveLength(3)
  })
})

describe('what is known already', () => {
  it.each<{ by: string; headers: Record<string, string> }>([
    {
      by: 'Expires',
      headers: { date: 'Thu, 15 Jan 2026 10:00:00 GMT', expires: 'Thu, 15 Jan 2026 10:30:00 GMT' },
    },
    { by: 'max-age', headers: { 'cache-control': 'public, max-age=1800', expires: '0' } },
  ])('is not asked for again within $by', async ({ headers }) => {
    await starts({ ...fine, headers })
    const { get, clock } = asking()
    await get()
    clock.at += 30 * 60_000 - 1
    expect(await get()).toMatchObject({ kind: 'fetched', isFromCache: true })
    expect(service.asked).toHaveLength(1)
    clock.at += 1
    expect(await get()).toMatchObject({ isFromCache: false })
  })

  it('is asked for by its mark, and taken as it is when nothing changed', async () => {
    const modified = 'Thu, 15 Jan 2026 09:55:01 GMT'
    await starts(
      {
        ...fine,
        headers: { etag: '"a1"', 'last-modified': modified, expires: 'Thu, 01 Jan 1970 00:00:00 GMT' },
      },
      { status: 304, headers: { 'cache-control': 'max-age=60' } },
    )
    const { get, clock } = asking()
    await get()
    clock.at += 1_000
    const again = await get()
    expect(service.asked[1]?.headers).toMatchObject({
      'if-none-match': '"a1"',
      'if-modified-since': modified,
    })
    expect(again).toMatchObject({
      kind: 'fetched',
      text: '{"fine":true}',
      at: clock.at,
      freshUntil: clock.at + 60_000,
    })
  })

  it.each<{ what: string; headers: Record<string, string> }>([
    { what: 'Expires in the past', headers: { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' } },
    { what: 'no-cache', headers: { 'cache-control': 'no-cache, max-age=600' } },
    { what: 'no-store', headers: { 'cache-control': 'no-store, max-age=600', etag: '"a1"' } },
    { what: 'nonsense', headers: { expires: 'soon', 'cache-control': 'max-age=soon' } },
  ])('is old at once with $what', async ({ headers }) => {
    await starts({ ...fine, headers })
    const { get } = asking()
    await get()
    expect(await get()).toMatchObject({ isFromCache: false })
    expect(service.asked).toHaveLength(2)
  })
})

describe('a redirect', () => {
  it.each([
    'http://10.0.0.1/prices',
    'http://169.254.169.254/latest/meta-data',
    'http://192.168.1.1/',
    'http://[fd00::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://0xa.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://localhost:1/',
    'file:///etc/passwd',
    'ftp://example.org/prices',
  ])('to %s is not followed', async (location) => {
    await starts({ status: 302, headers: { location } }, fine)
    expect(await asking().get()).toMatchObject({ kind: 'unusable', why: 'redirect' })
    expect(service.asked).toHaveLength(1)
  })

  it('within the service is followed, with the key; round and round it is not', async () => {
    await starts({ status: 307, headers: { location: '/v2/prices' } }, fine)
    const { get } = asking({ secretHeaders: { 'x-api-key': 'hush' } })
    expect(await get()).toMatchObject({ kind: 'fetched' })
    expect(service.asked[1]).toMatchObject({ headers: { 'x-api-key': 'hush' } })
    expect(service.asked[1]?.url.pathname).toBe('/v2/prices')
    service.reply({ status: 302, headers: { location: '/round' } })
    expect(await get('/round')).toMatchObject({ kind: 'unusable', why: 'redirect' })
  })

  it('to another host is followed without the key', async () => {
    const other = await startScriptedServer(fine)
    await starts({ status: 301, headers: { location: `${other.url}/prices` } })
    expect(await asking({ secretHeaders: { 'x-api-key': 'hush' } }).get()).toMatchObject({ kind: 'fetched' })
    expect(other.asked[0]?.headers).not.toHaveProperty('x-api-key')
    await other.stop()
  })

  it('that leads nowhere is an outcome', async () => {
    await starts({ status: 302 })
    expect(await asking().get()).toMatchObject({ kind: 'unusable', why: 'redirect' })
  })
})

describe('keys', () => {
  it('are in no outcome and in no event, however they are spelled', async () => {
    const key = 'a b/c+d'
    await starts((asked) => ({ status: 400, body: `bad: ${asked.url.href} and ${key}` }), {
      status: 401,
      body: `securityToken=${encodeURIComponent(key)}`,
    })
    const { get, events } = asking({ secrets: [key], tries: 1 })
    const outcomes = [await get(`/api?securityToken=${encodeURIComponent(key)}`), await get('/two')]
    const told = JSON.stringify([outcomes, events])
    for (const spelling of [key, encodeURIComponent(key)]) expect(told).not.toContain(spelling)
    expect(told).toContain('***')
  })
})

describe('the end', () => {
  it('ends what waits', async () => {
    await starts({ does: 'hang' })
    const { get, end } = asking()
    const waiting = [get('/a'), get('/b')].map((answer) => expect(answer).rejects.toThrow('stop'))
    end.abort(new Error('stop'))
    await Promise.all(waiting)
  })

  it('has words for every outcome', () => {
    expect(explainOutcome({ kind: 'empty', status: 204 })).toBe('no data yet (204)')
    expect(explainOutcome({ kind: 'busy', status: 429, retryAt: 0 })).toContain('1970-01-01T00:00:00.000Z')
  })
})
