import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttpServer } from '../../src/adapters/http/create-http-server.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { createFixtureDesk, type FixtureDesk } from '../fixtures/desk.ts'

const TOKEN = 'a-token-of-sixteen'
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const WINDOW = ['--from', '2026-01-14T18:00:00+02:00', '--until', '2026-01-14T20:00:00+02:00']

let desk: FixtureDesk
let server: Awaited<ReturnType<typeof createHttpServer>>
let printed: string
let said: string
beforeEach(async () => {
  desk = createFixtureDesk()
  server = await createHttpServer({ desk, port: 0, consoleDir: 'nowhere', log, token: TOKEN })
  printed = ''
  said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await server.stop()
})

/** The exit code of `order …` against that server. */
async function order(...args: readonly string[]): Promise<unknown> {
  process.exitCode = undefined
  const api = args.includes('--token') ? [] : ['--token', TOKEN]
  const url = args.includes('--url') ? [] : ['--url', `http://127.0.0.1:${server.port}`]
  await buildProgram().parseAsync(['order', ...args, ...url, ...api], { from: 'user' })
  return process.exitCode
}

describe('order create', () => {
  it('places what was typed', async () => {
    expect(await order('create', 'reduce', '120', ...WINDOW, '--note', 'peak', '--branch', 'north')).toBe(0)
    expect(desk.orders()[0]).toMatchObject({
      kind: 'reduce',
      kw: 120,
      from: Date.UTC(2026, 0, 14, 16),
      until: Date.UTC(2026, 0, 14, 18),
      note: 'peak',
      branch: 'north',
    })
    expect(printed).toContain('accepted')
    expect(printed).toContain('promised 120 kW')
  })

  it('takes hours in place of an end, from now where nothing else is said', async () => {
    const before = Date.now()
    expect(await order('create', 'emergency', '--hours', '1.5', '--json')).toBe(0)
    const placed = JSON.parse(printed)
    expect(placed).toMatchObject({ kind: 'emergency', kw: 0, state: 'accepted' })
    expect(placed.from).toBeGreaterThanOrEqual(before)
    expect(placed.until - placed.from).toBe(1.5 * 3_600_000)
  })

  it('ends with 1 where it is refused, and says how much would be accepted', async () => {
    expect(await order('create', 'reduce', '999', ...WINDOW)).toBe(1)
    expect(said).toContain('180 kW would be accepted')
    expect(printed).toBe('')
  })

  it('prints the problem as JSON where it is asked to', async () => {
    expect(await order('create', 'cap', '900', ...WINDOW, '--json')).toBe(1)
    expect(JSON.parse(printed)).toMatchObject({ code: 'more-than-deliverable', deliverableKw: 1400 })
  })

  it.each([
    { why: 'no end', args: ['reduce', '10'], says: '--until' },
    { why: 'a naive time', args: ['reduce', '10', '--until', '2026-01-14T20:00:00'], says: 'offset' },
    { why: 'a kind that is none', args: ['raise', '10', ...WINDOW], says: 'body.kind' },
    { why: 'a cap of nothing said', args: ['cap', ...WINDOW], says: 'body.kw' },
  ])('ends with 2 for $why', async ({ args, says }) => {
    expect(await order('create', ...args)).toBe(2)
    expect(said).toContain(says)
    expect(desk.orders()).toHaveLength(2)
  })

  it('refuses kilowatts that are no number before it asks anyone', async () => {
    await expect(order('create', 'reduce', 'much', ...WINDOW)).rejects.toMatchObject({
      name: 'CommanderError',
    })
  })

  it('only asks, with --dry-run', async () => {
    expect(await order('create', 'reduce', '100', ...WINDOW, '--dry-run')).toBe(0)
    expect(printed).toContain('would be accepted')
    expect(printed).toContain('can be had: 180 kW')
    expect(await order('create', 'reduce', '999', ...WINDOW, '--dry-run', '--json')).toBe(1)
    expect(desk.orders()).toHaveLength(2)
  })
})

describe('order list and cancel', () => {
  it('show what there is', async () => {
    expect(await order('list')).toBe(0)
    for (const word of ['k-1', 'running', 'so far 145 kW', 'k-2', 'refused']) expect(printed).toContain(word)
    printed = ''
    expect(await order('list', '--json')).toBe(0)
    expect(JSON.parse(printed)).toHaveLength(2)
  })

  it('end an order once', async () => {
    expect([await order('cancel', 'k-1'), said]).toEqual([0, ''])
    expect(desk.orders()[0]).toMatchObject({ state: 'cancelled' })
    expect(await order('cancel', 'k-1')).toBe(1)
    expect(await order('cancel', 'nothing')).toBe(2)
    expect(said).toContain('unknown-order')
  })
})

it('is named by `status` while it stands', async () => {
  process.exitCode = undefined
  const api = ['--url', `http://127.0.0.1:${server.port}`, '--token', TOKEN]
  await buildProgram().parseAsync(['status', ...api], { from: 'user' })
  expect(process.exitCode).toBe(0)
  expect(printed).toContain('reduce 150 kW')
  expect(printed).not.toContain('k-2')
})

it('ends with 3 without the token, and where nobody answers', async () => {
  expect(await order('list', '--token', 'another-token-of-sixteen')).toBe(3)
  expect(said).toContain('--token')
  expect(await order('create', 'reduce', '10', ...WINDOW, '--url', 'http://127.0.0.1:1')).toBe(3)
  expect(said).toContain('no controller answers')
})
