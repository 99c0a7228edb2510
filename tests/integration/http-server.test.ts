import { once } from 'node:events'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpServer, type HttpServerOptions } from '../../src/adapters/http/create-http-server.ts'
import { createFixtureDesk } from '../fixtures/desk.ts'
import { DESK_NOW } from '../fixtures/desk-curves.ts'
import { fixtureId } from '../fixtures/desk-views.ts'

const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const TOKEN = 'a-token-of-sixteen'
const stops: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(options: Partial<HttpServerOptions> = {}) {
  const desk = createFixtureDesk()
  const server = await createHttpServer({ desk, port: 0, consoleDir: 'nowhere', log, ...options })
  stops.push(server.stop)
  return { desk, server, url: `http://127.0.0.1:${server.port}` }
}

async function rawAnswer(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(request)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('who may ask', () => {
  it.each([
    { host: 'localhost', status: 200 },
    { host: 'LOCALHOST:8080', status: 200 },
    { host: '127.0.0.1:8080', status: 200 },
    { host: '[::1]:8080', status: 200 },
    { host: 'evil.example', status: 403 },
    { host: 'localhost.evil.example', status: 403 },
    { host: '127.0.0.1.evil.example', status: 403 },
    { host: '192.168.1.4:8080', status: 403 },
    { host: 'localhost@evil.example', status: 400 },
  ])('answers $status on loopback to Host: $host', async ({ host, status }) => {
    const { server } = await serve()
    const answer = await rawAnswer(
      server.port,
      `GET /api/v1/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toContain(`HTTP/1.1 ${status} `)
  })

  it.each([
    { path: '/', authorization: undefined, status: 401 },
    { path: '/api/v1/fleet', authorization: undefined, status: 401 },
    { path: '/api/v1/stream', authorization: undefined, status: 401 },
    { path: '/api/v1/openapi.json', authorization: undefined, status: 401 },
    { path: '/metrics', authorization: undefined, status: 401 },
    { path: '/api/v1/fleet', authorization: 'Bearer wrong', status: 401 },
    { path: '/api/v1/fleet', authorization: `Bearer ${TOKEN} x`, status: 401 },
    { path: '/api/v1/fleet', authorization: 'Basic %%%', status: 401 },
    { path: '/api/v1/fleet', authorization: `Bearer ${TOKEN}`, status: 200 },
    { path: '/api/v1/fleet', authorization: `Basic ${btoa(`anna:${TOKEN}`)}`, status: 200 },
  ])(
    'answers $status off loopback for $path with $authorization',
    async ({ path, authorization, status }) => {
      const { url } = await serve({ host: '0.0.0.0', token: TOKEN })
      const response = await fetch(url + path, { headers: authorization ? { authorization } : {} })
      await response.body?.cancel()
      expect(response.status).toBe(status)
      expect(response.headers.has('www-authenticate')).toBe(status === 401)
    },
  )

  it('writes into the audit by which name the token came', async () => {
    const { url, desk } = await serve({ host: '0.0.0.0', token: TOKEN })
    const response = await fetch(`${url}/api/v1/buildings/satama-1/mode`, {
      method: 'POST',
      body: '{"mode":"curve"}',
      headers: { authorization: `Basic ${btoa(`anna\n<b>:${TOKEN}`)}`, 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
    expect((await desk.audit(1))[0]?.actor).toBe('annab')
  })

  it.each([
    { host: '0.0.0.0', token: undefined, fault: 'token-missing' },
    { host: '::', token: undefined, fault: 'token-missing' },
    { host: '0.0.0.0', token: 'short', fault: 'token-short' },
    { host: '127.0.0.1', token: '', fault: 'token-short' },
    { host: '203.0.113.9', token: TOKEN, fault: 'bad-address' },
  ])('does not start on $host with token $token', async ({ host, token, fault }) => {
    await expect(serve({ host, token })).rejects.toMatchObject({ name: 'HttpServerError', fault })
  })

  it('says so where the port is in use', async () => {
    const { server } = await serve()
    await expect(serve({ port: server.port })).rejects.toMatchObject({
      name: 'HttpServerError',
      fault: 'port-in-use',
      message: `cannot listen on 127.0.0.1:${server.port}: the port is in use`,
    })
  })
})

describe('a request to change something', () => {
  it('may have no body', async () => {
    const { url, desk } = await serve()
    const response = await fetch(`${url}/api/v1/orders/k-1`, { method: 'DELETE' })
    expect(response.status).toBe(204)
    expect(desk.orders()[0]).toMatchObject({ state: 'cancelled' })
  })

  it.each([
    { body: 'content-length: 17\r\n\r\n{"mode":"curve" }', status: 200 },
    { body: 'content-length: 16385\r\n\r\n', status: 413 },
    { body: 'transfer-encoding: chunked\r\n\r\n10\r\n{"mode":"curve"}\r\n0\r\n\r\n', status: 411 },
    { body: '\r\n', status: 400 },
  ])('is answered $status to $body', async ({ body, status }) => {
    const { server } = await serve()
    const head = 'POST /api/v1/buildings/satama-1/mode HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'
    const answer = await rawAnswer(server.port, `${head}content-type: application/json\r\n${body}`)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
  })
})

describe('the page', () => {
  async function page() {
    const consoleDir = await mkdtemp(join(tmpdir(), 'heatflex-console-'))
    await mkdir(join(consoleDir, 'assets'))
    await writeFile(join(consoleDir, 'index.html'), '<!doctype html><title>heatflex</title>')
    await writeFile(join(consoleDir, 'assets', 'main-abc.js'), 'export {}')
    await writeFile(join(consoleDir, 'secret.env'), 'TOKEN=1')
    return serve({ consoleDir })
  }

  it('comes with a policy that lets nothing else in', async () => {
    const { url } = await page()
    const response = await fetch(`${url}/`)
    expect(await response.text()).toContain('<title>heatflex')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; style-src 'self'/,
      ),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    })
  })

  it('keeps assets for ever and the page never', async () => {
    const { url } = await page()
    const asset = await fetch(`${url}/assets/main-abc.js`)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    const etag = asset.headers.get('etag') ?? ''
    const again = await fetch(`${url}/assets/main-abc.js`, { headers: { 'if-none-match': etag } })
    expect([asset.status, again.status, await again.text()]).toEqual([200, 304, ''])
  })

  it.each([
    '/secret.env',
    '/assets/',
    '/assets/../secret.env',
    '/%2e%2e/package.json',
    '/assets/..%2fsecret.env',
  ])('gives nothing else of the disk: %s', async (path) => {
    const { server } = await page()
    const answer = await rawAnswer(
      server.port,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toContain('HTTP/1.1 404')
    expect(answer).not.toContain('TOKEN=1')
  })

  it('is missed politely where it was not built', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/`)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })
})

describe('the stream', () => {
  it('reaches a listener as it happens, and lets it go when it leaves', async () => {
    const { url, desk, server } = await serve()
    const leaving = new AbortController()
    const response = await fetch(`${url}/api/v1/stream`, { signal: leaving.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toBe(`event: beat\ndata: {"at":${DESK_NOW}}\n\n`)
    desk.emit({ type: 'building', building: desk.fleet().buildings[0]! })
    expect((await reader.read()).value).toContain('event: building\ndata: {"id":"kauppakatu-12"')
    expect(await listeners(url)).toBe(1)
    leaving.abort()
    await expect.poll(() => listeners(url)).toBe(0)
    await server.stop()
    expect(desk.subscribers).toBe(0)
  })

  it('drops one that never reads, whatever the socket holds', async () => {
    const { url, desk, server } = await serve({ streamLimits: { maxQueuedBytes: 100_000, gatherMs: 1 } })
    const frozen = connect(server.port, '127.0.0.1')
    frozen.write('GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
    frozen.pause()
    await expect.poll(() => listeners(url)).toBe(1)
    const building = desk.fleet().buildings[0]!
    const flood = async () => {
      for (const at of Array(200).keys())
        desk.emit({ type: 'building', building: { ...building, id: fixtureId(`b-${at}`) } })
      return listeners(url)
    }
    await expect.poll(flood, { interval: 1, timeout: 20_000 }).toBe(0)
    await closed(frozen)
  })

  it('ends with the server, which does not wait for it', async () => {
    const { url, server } = await serve()
    const response = await fetch(`${url}/api/v1/stream`)
    await server.stop()
    await expect(response.text().catch(() => 'cut')).resolves.toBeTypeOf('string')
  })
})

async function listeners(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^heatflex_stream_listeners (\d+)$/m.exec(text)?.[1])
}

/** Resolves when the other side has gone; what it still sent is read away. */
async function closed(socket: Socket): Promise<void> {
  socket.on('error', silent).resume()
  if (!socket.closed) await once(socket, 'close')
}
