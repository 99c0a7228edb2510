import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../src/core/domain/instant.ts'
import type { Rejection, RejectionCode } from '../../src/core/domain/rejection.ts'
import type { BuildingView } from '../../src/core/domain/views.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { type Product, productConfig, startProduct, temporaryFolder } from '../fixtures/product.ts'

const BUILDING = 'b-1'
const TELEMETRY = `heatflex/v1/${BUILDING}/telemetry`
const now = Date.now()

const at = (ms: number, readings: object = { heatKw: 40, indoorC: 21 }) => ({
  at: ms,
  intervalS: 300,
  readings,
})
const text = (value: unknown) => Buffer.from(JSON.stringify(value))
const nested = (depth: number) => Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)

interface BadCase {
  readonly what: string
  readonly payload: Buffer
  readonly code: RejectionCode
  readonly topic?: string
  /** Whose count grows; nobody's for names that are made up. */
  readonly counted?: false
}

const CASES: readonly BadCase[] = [
  { what: 'bytes that are not UTF-8', payload: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), code: 'not-utf8' },
  { what: 'nothing', payload: Buffer.alloc(0), code: 'empty' },
  { what: '1 MiB', payload: Buffer.alloc(1 << 20, ' '), code: 'too-large' },
  { what: 'deep nesting', payload: nested(5_000), code: 'too-deep' },
  { what: 'no JSON', payload: Buffer.from('{"at":'), code: 'not-json' },
  { what: 'NaN', payload: Buffer.from(`{"at":${now},"readings":{"indoorC":NaN}}`), code: 'not-json' },
  { what: 'a list', payload: text([1, 2]), code: 'bad-shape' },
  { what: 'null', payload: text(null), code: 'bad-shape' },
  { what: 'NaN as text', payload: text(at(now - 1, { indoorC: 'NaN' })), code: 'bad-number' },
  { what: 'a string for a number', payload: text(at(now - 2, { heatKw: '40' })), code: 'bad-number' },
  {
    what: 'a number beyond all',
    payload: Buffer.from(`{"at":${now - 3},"readings":{"heatKw":1e999}}`),
    code: 'bad-number',
  },
  {
    what: 'a zone called __proto__',
    payload: Buffer.from(`{"at":${now - 4},"readings":{"zones":{"__proto__":{"indoorC":21}}}}`),
    code: 'no-readings',
  },
  {
    what: 'another building’s name',
    payload: text({ ...at(now - 5), building: 'b-2' }),
    code: 'wrong-building',
  },
  {
    what: 'seconds for milliseconds',
    payload: text(at(Math.round(now / 1000))),
    code: 'seconds-for-milliseconds',
  },
  { what: 'a time without a zone', payload: text({ ...at(0), at: '2026-01-14T12:00:00' }), code: 'bad-time' },
  { what: 'a clock ahead by a day', payload: text(at(now + DAY_MS)), code: 'in-future' },
  { what: 'a clock behind by a year', payload: text(at(now - 365 * DAY_MS)), code: 'too-old' },
  { what: '850 °C', payload: text(at(now - 6, { indoorC: 850 })), code: 'no-readings' },
  {
    what: '850 °C beside what is good',
    payload: text(at(now - 7, { supplyC: 850, heatKw: 41 })),
    code: 'out-of-range',
  },
  { what: 'no readings', payload: text(at(now - 8, {})), code: 'no-readings' },
  {
    what: 'a lease of another version',
    payload: text({ v: 0, offset: -3 }),
    topic: `heatflex/v1/${BUILDING}/setpoint`,
    code: 'not-allowed',
  },
  {
    what: 'a topic of another version',
    payload: text(at(now)),
    topic: `heatflex/v2/${BUILDING}/telemetry`,
    code: 'unknown-topic',
    counted: false,
  },
  {
    what: 'a building that is not configured',
    payload: text(at(now)),
    topic: 'heatflex/v1/b-99/telemetry',
    code: 'unknown-building',
    counted: false,
  },
  {
    what: 'a building called __proto__',
    payload: text(at(now)),
    topic: 'heatflex/v1/__proto__/telemetry',
    code: 'unknown-topic',
    counted: false,
  },
  {
    what: 'the controller’s voice',
    payload: text({ state: 'offline' }),
    topic: 'heatflex/v1/controller/status',
    code: 'not-allowed',
    counted: false,
  },
  {
    what: 'an answer out of thin air',
    payload: text({ id: 'x', seq: -1, at: now, state: 'applied' }),
    topic: `heatflex/v1/${BUILDING}/ack`,
    code: 'out-of-range',
  },
  {
    what: 'a wish for ever',
    payload: text({ kind: 'abort', by: 'resident', untilAt: now + 1000 * DAY_MS }),
    topic: `heatflex/v1/${BUILDING}/override`,
    code: 'bad-time',
  },
]

describe('a stranger at the door', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let product: Product
  let device: Device
  let operator: Device
  /** Everything that was sent well: it must be in the store at the end. */
  const good: number[] = []

  beforeAll(async () => {
    folder = await temporaryFolder('stranger')
    product = await startProduct(folder.path, productConfig(['b-1', 'b-2']))
    // Nameless on loopback: a visitor may try every topic.
    device = await connectDevice(product.mqttPort, { clientId: 'visitor' })
    operator = await connectDevice(product.mqttPort, { clientId: 'desk' })
    await operator.client.subscribeAsync('heatflex/v1/controller/rejected')
  })
  afterAll(async () => {
    await device?.client.endAsync(true)
    await operator?.client.endAsync(true)
    await product?.kill()
    await folder?.remove()
  })

  const view = (id = BUILDING) => product.get<BuildingView>(`/buildings/${id}`)
  const publish = (payload: Buffer, topic = TELEMETRY) =>
    device.client.publishAsync(topic, payload, { qos: 1 })
  const send = async (ms: number, readings?: object) => {
    good.push(ms)
    await publish(text(at(ms, readings)))
  }
  const newest = async () => (await product.get<Rejection[]>('/rejected?limit=1'))[0]

  it.each(CASES)(
    'names $what $code and takes what comes after',
    async ({ payload, code, topic, counted }) => {
      const before = await view()
      await publish(payload, topic)
      const refused = { code, topic: topic ?? TELEMETRY }
      expect(await newest()).toMatchObject(refused)
      const after = await view()
      expect(after.rejected - before.rejected).toBe(counted === false ? 0 : 1)
      if (counted !== false) expect(after.rejectedByCode[code]).toBe((before.rejectedByCode[code] ?? 0) + 1)
      await vi.waitFor(() => expect(JSON.parse(operator.heard.at(-1)?.text ?? '{}')).toMatchObject(refused))
      const shown = JSON.parse(operator.heard.at(-1)?.text ?? '{}')
      expect(shown.head.length).toBeLessThanOrEqual(200)

      await send(now - HOUR_MS + good.length * 1000)
      expect((await view()).rejected).toBe(after.rejected)
    },
  )

  it('lets nobody else’s setpoint reach a building', async () => {
    await device.client.publishAsync('heatflex/v1/b-1/setpoint', '{"v":0}', { qos: 1, retain: true })
    const building = await connectDevice(product.mqttPort, { clientId: 'b-1' })
    await building.client.subscribeAsync('heatflex/v1/b-1/setpoint', { qos: 1 })
    for (const { text: setpoint } of building.heard) expect(setpoint).not.toContain('"v":0')
    await building.client.endAsync(true)
  })

  it('keeps a sample of a day ago: an outbox may have kept it', async () => {
    await send(now - DAY_MS)
    expect((await newest())?.code).not.toBe('too-old')
  })

  it('counts a reset of the register, and believes the one after', async () => {
    const before = await view()
    for (const [n, energyKwh] of [500_000, 500_010, 3, 4].entries()) {
      await send(now - 4 * 300_000 + n * 300_000, { heatKw: 40, energyKwh })
    }
    expect((await view()).rejectedByCode['counter-reset']).toBe(
      (before.rejectedByCode['counter-reset'] ?? 0) + 1,
    )
  })

  it('takes the same sample twice for one, in whatever order they come', async () => {
    const [late, early] = [now - 2 * HOUR_MS, now - 3 * HOUR_MS]
    const before = await view()
    await send(late)
    await send(early)
    await publish(text(at(early)))
    await publish(text(at(late, { heatKw: 99, indoorC: 25 })))
    expect((await view()).rejected).toBe(before.rejected)
    const rows = await product.table('telemetry')
    expect(rows.filter((row) => Number(row['at']) === late)).toHaveLength(1)
    expect(rows.find((row) => Number(row['at']) === late)?.['heatKw']).toBe('40.0')
  })

  it('puts a batch of what a gateway kept where it belongs in time, without its bad parts', async () => {
    const first = now - 30 * HOUR_MS
    const samples = Array.from({ length: 96 }, (_, n) =>
      at(first + n * 900_000, { heatKw: 30 + n / 10, indoorC: 21 }),
    )
    const bad = [at(17), { at: first, readings: 'none' }, 'x']
    const before = await view()
    await publish(text({ samples: [...samples.toReversed(), ...bad] }))
    good.push(...samples.map((sample) => sample.at))
    expect((await view()).rejected - before.rejected).toBe(3)
    const window = `from=${first}&to=${first + DAY_MS}`
    const series = await product.get<{ samples: { at: number; readings: { heatKw: number } }[] }>(
      `/buildings/${BUILDING}/series?${window}`,
    )
    const own = series.samples.filter((sample) => samples.some((one) => one.at === sample.at))
    expect(own.map((sample) => sample.at)).toEqual(samples.map((sample) => sample.at))
    expect(own.at(-1)?.readings.heatKw).toBeCloseTo(39.5)
  })

  it('has kept every good sample and every refusal', async () => {
    const kept = new Set((await product.table('telemetry')).map((row) => Number(row['at'])))
    expect(good.filter((one) => !kept.has(one))).toEqual([])
    const refusals = await product.table('rejections')
    for (const { code, topic = TELEMETRY } of CASES) {
      expect(
        refusals.some((row) => row['code'] === code && row['topic'] === topic),
        `${code} ${topic}`,
      ).toBe(true)
    }
    expect((await view('b-2')).rejected).toBe(0)
    expect(product.complained()).toBe('')
  })

  it('remembers them after a restart', async () => {
    const before = await product.get<Rejection[]>('/rejected?limit=5')
    expect(await product.stop()).toBe(0)
    product = await startProduct(folder.path, productConfig(['b-1', 'b-2']))
    expect(await product.get('/rejected?limit=5')).toEqual(before)
  })
})
