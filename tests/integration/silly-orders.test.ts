import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { buildProgram } from '../../src/cli/program.ts'
import { HOUR_MS } from '../../src/core/domain/instant.ts'
import { NOON, ownPlanner, type Street, startStreet } from '../fixtures/frosty-street.ts'

const reduce = { kind: 'reduce', kw: 5, from: NOON + 2 * HOUR_MS, until: NOON + 3 * HOUR_MS }
const problemSchema = z.looseObject({
  code: z.string(),
  errors: z.array(z.object({ path: z.string() })).optional(),
})

let street: Street
let plans: number
beforeEach(async () => {
  plans = 0
  street = await startStreet({
    planner: {
      ...ownPlanner,
      planFleet(job) {
        plans++
        return ownPlanner.planFleet(job)
      },
    },
  })
  await street.live(30)
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await street.stop()
})

async function post(body: string) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${street.url}/api/v1/orders`, { method: 'POST', headers, body })
  const text = await response.text()
  return { status: response.status, text }
}
const typed = (more: object) => JSON.stringify({ ...reduce, ...more })
/** What JSON.stringify would not write. */
const raw = (key: string, value: string) => typed({ [key]: '@' }).replace('"@"', value)

describe('an order that is none', () => {
  it.each([
    { why: 'NaN kilowatts', body: raw('kw', 'NaN') },
    { why: 'endless kilowatts', body: raw('kw', '1e999') },
    { why: 'kilowatts in words', body: typed({ kw: '5' }) },
    { why: 'no kilowatts', body: typed({ kw: undefined }) },
    { why: 'a kind that is none', body: typed({ kind: 'raise' }) },
    { why: 'a class of its own', body: typed({ priority: 'vip' }) },
    { why: 'a name of its own', body: typed({ id: 'reduce-1' }) },
    { why: 'no begin', body: typed({ from: undefined }) },
    { why: 'a begin in seconds', body: typed({ from: 1_768_403_220 }) },
    { why: 'an end without an offset', body: typed({ until: '2026-01-14T15:00:00' }) },
    { why: 'a branch without a name', body: typed({ branch: '' }) },
    { why: 'half a document', body: '{"kind":' },
  ])('of $why is called a bad request, counted, and no plan is asked', async ({ body }) => {
    plans = 0
    const { status, text } = await post(body)
    expect([status, problemSchema.parse(JSON.parse(text)).code]).toEqual([400, 'bad-request'])
    expect(await street.metric('problems_total{code="bad-request"}')).toBe('1')
    expect([plans, street.controller.desk.orders()]).toEqual([0, []])
  })

  it.each([
    { why: 'no kilowatts to speak of', more: { kw: 0 }, status: 422, code: 'kw-out-of-range' },
    { why: 'negative kilowatts', more: { kw: -5 }, status: 422, code: 'kw-out-of-range' },
    { why: 'more than any city has', more: { kw: 1e12 }, status: 422, code: 'kw-out-of-range' },
    { why: 'an end before its begin', more: { until: NOON + HOUR_MS }, code: 'ends-before-it-starts' },
    { why: 'an end at its begin', more: { until: reduce.from }, code: 'ends-before-it-starts' },
    {
      why: 'yesterday',
      more: { from: NOON - 25 * HOUR_MS, until: NOON - 24 * HOUR_MS },
      code: 'in-the-past',
    },
    { why: 'a begin long ago', more: { from: NOON - HOUR_MS }, code: 'in-the-past' },
    { why: 'next year', more: { from: NOON + 9e9, until: NOON + 9.1e9 }, code: 'beyond-horizon' },
    { why: 'a branch that is none', more: { branch: 'moon' }, code: 'unknown-branch' },
  ])('of $why is refused as $code, kept, counted, and no plan is asked', async ({ more, code }) => {
    plans = 0
    const { status, text } = await post(typed(more))
    expect([status, problemSchema.parse(JSON.parse(text)).code]).toEqual([422, code])
    expect(street.controller.desk.orders()).toMatchObject([{ state: 'refused', refusal: { code } }])
    expect(await street.metric(`orders_refused_total{code="${code}"}`)).toBe('1')
    expect(plans).toBe(0)
  })

  it('is refused by the command as by the API: 2 for what was typed wrongly', async () => {
    const said: string[] = []
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    const create = async (...args: string[]) => {
      process.exitCode = undefined
      const words = ['order', 'create', '--url', street.url, ...args]
      await buildProgram()
        .parseAsync(words, { from: 'user' })
        .catch((error: unknown) => {
          process.exitCode = error instanceof Error && error.name === 'CommanderError' ? 2 : 3
        })
      return process.exitCode
    }
    const window = ['--from', String(reduce.from), '--until', String(reduce.until)]
    const codes = [
      await create('reduce', 'NaN', ...window),
      await create('reduce', 'Infinity', ...window),
      await create('reduce', '0', ...window),
      await create(...window, '--', 'reduce', '-5'),
      await create('reduce', '1e12', ...window),
      await create('reduce', '5', '--from', String(reduce.until), '--until', String(reduce.from)),
      await create('reduce', '5', '--branch', 'moon', ...window),
      await create('raise', '5', ...window),
    ]
    expect(codes).toEqual(Array(8).fill(2))
    for (const code of ['kw-out-of-range', 'ends-before-it-starts', 'unknown-branch', 'bad-request']) {
      expect(said.join('')).toContain(`(${code})`)
    }
  })
})

describe('many orders', () => {
  it('at once are judged a few at a time: the others are told to come again, and the next turn is on time', async () => {
    plans = 0
    const { desk } = street.controller
    const answers = await Promise.all(
      Array.from({ length: 10_000 }, () => desk.placeOrder({ ...reduce, kind: 'reduce' }, 'test')),
    )
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(10_000)
    const refused = answers.filter(({ ok }) => !ok)
    expect(refused.length).toBeGreaterThanOrEqual(9990)
    expect(new Set(refused.map(({ order }) => order.state))).toEqual(new Set(['refused']))
    expect(await street.metric('orders_refused_total{code="too-many-orders"}')).toBe(String(refused.length))
    expect(plans).toBeLessThanOrEqual(9 * 8)
    expect(desk.orders()).toHaveLength(200 + answers.length - refused.length)
    const before = street.sent.length
    await street.live(15)
    expect(street.sent.length).toBeGreaterThan(before)
    expect(desk.health().reasons).toEqual([])
    expect(desk.plan().together).toMatchObject({ status: 'solved' })
  })

  it('that all stand are fifty at most', async () => {
    const at = (n: number) => ({ from: reduce.from + n * 1000, until: reduce.until })
    let code: string | undefined
    let placed = 0
    while (placed < 60 && code === undefined) {
      const answer = await street.controller.desk.placeOrder({ kind: 'cap', kw: 900, ...at(placed) }, 'test')
      if (answer.ok) placed++
      else code = answer.order.refusal.code
    }
    expect([placed, code]).toEqual([50, 'too-many-orders'])
    await street.live(15)
    expect(street.controller.desk.plan().together?.gap).toBeLessThanOrEqual(1e-4)
  })
})
