import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../src/core/domain/instant.ts'
import type { FleetPlanView, FleetView, HealthView } from '../../src/core/domain/views.ts'
import { type Product, startProduct, temporaryFolder } from '../fixtures/product.ts'

/** A frosty street that lives an hour in twelve seconds. */
const SPEED = ['--speed', '300']
const STREET = `
mqtt: { port: 0 }
http: { port: 0 }
log: { level: warn }
weather: { csv: frost.csv }
prices: synthetic
store: { path: data/store.duckdb, commitEveryMs: 5 }
simulated: { count: 4, meterOnlyShare: 0, learnModels: false, telemetryMinutes: 5 }
orders: { releaseMinutes: 20, reboundHours: 0.5 }
`
const PATIENCE = { timeout: 60_000, interval: 50 }

interface Shown {
  readonly id: string
  readonly state: string
  readonly from: number
  readonly until: number
  readonly placedAt: number
  readonly promised: object
  readonly series: {
    readonly start: number
    readonly baselineFlowKw: readonly number[]
    readonly baselineMeteredKw: readonly (number | null)[]
    readonly meteredKw: readonly (number | null)[]
  }
}
interface Quote {
  readonly deliverableKw: number
}
interface Ledger {
  readonly buildings: readonly { readonly takenKh: number }[]
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let product: Product

beforeAll(async () => {
  folder = await temporaryFolder('order-kill')
  const first = Math.floor(Date.now() / HOUR_MS - 96) * HOUR_MS
  const rows = Array.from(
    { length: 24 * 12 },
    (_, k) => `${new Date(first + k * HOUR_MS).toISOString()},-9,0,3`,
  )
  await writeFile(join(folder.path, 'frost.csv'), ['at,outdoorC,solarWm2,windMs', ...rows].join('\n'))
  product = await startProduct(folder.path, STREET, ...SPEED)
})
afterAll(async () => {
  await product?.kill()
  await folder?.remove()
})

const fleet = () => product.get<FleetView>('/fleet')
const order = (id: string) => product.get<Shown>(`/orders/${id}`)
const takenKh = async () =>
  (await product.get<Ledger>('/ledger')).buildings.reduce((sum, building) => sum + building.takenKh, 0)
const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null)

async function place<T>(body: object, query = ''): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${product.httpUrl}/api/v1/orders${query}`, {
    ...{ method: 'POST', headers, body: JSON.stringify(body) },
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as T
}

/** The last regular turn is done, and no other is due for seconds: all that it settled is on disk. */
async function turnsPass(turns: number): Promise<void> {
  for (let n = 0; n < turns; n++) {
    const before = (await fleet()).lastTurn?.at
    await vi.waitFor(async () => expect((await fleet()).lastTurn?.at).not.toBe(before), PATIENCE)
  }
}

it('goes on after kill -9 in the middle of it: order, frozen baseline, meters, ledger, release', async () => {
  await vi.waitFor(async () => {
    const { buildings } = await fleet()
    expect(buildings.map(({ steeredBy }) => steeredBy)).toEqual(Array(4).fill('lease'))
  }, PATIENCE)
  await turnsPass(1)
  const from = (await fleet()).at + 4 * MINUTE_MS
  const asked = { kind: 'reduce', kw: 1, from, until: from + 1.25 * HOUR_MS }
  const { deliverableKw } = await place<Quote>(asked, '?dryRun=true')
  expect(deliverableKw).toBeGreaterThan(2)
  const placed = await place<Shown>({ ...asked, kw: Math.floor(deliverableKw / 2) })
  await vi.waitFor(async () => expect(await order(placed.id)).toMatchObject({ state: 'running' }), PATIENCE)
  await turnsPass(1)
  const [before, gaveKh] = [await order(placed.id), await takenKh()]
  expect(before.series.baselineFlowKw).toEqual(placed.series.baselineFlowKw)
  expect(known(before.series.meteredKw).length).toBeGreaterThan(0)
  await product.kill()

  product = await startProduct(folder.path, STREET, ...SPEED)
  const after = await order(placed.id)
  expect(after).toMatchObject({
    ...{ state: 'running', from: placed.from, until: placed.until, placedAt: placed.placedAt },
    promised: before.promised,
  })
  expect(after.series.start).toBe(before.series.start)
  const tenths = (values: readonly (number | null)[]) => values.map((kw) => kw && Math.round(kw * 10) / 10)
  expect(tenths(after.series.baselineFlowKw)).toEqual(tenths(before.series.baselineFlowKw))
  expect(tenths(after.series.baselineMeteredKw)).toEqual(tenths(before.series.baselineMeteredKw))
  expect(tenths(known(after.series.meteredKw))).toEqual(tenths(known(before.series.meteredKw)))
  expect(await takenKh()).toBeCloseTo(gaveKh, 6)

  await turnsPass(1)
  const { buildings } = await fleet()
  expect(buildings.some(({ lease }) => lease?.mode === 'order')).toBe(true)
  expect((await product.get<FleetPlanView>('/plan')).together).toMatchObject({ excluded: [] })
  await vi.waitFor(async () => expect(await order(placed.id)).toMatchObject({ state: 'releasing' }), PATIENCE)
  await vi.waitFor(async () => expect(await order(placed.id)).toMatchObject({ state: 'done' }), PATIENCE)
  const done = await order(placed.id)
  expect(known(done.series.meteredKw).length).toBeGreaterThan(known(before.series.meteredKw).length)
  expect(await takenKh()).toBeGreaterThanOrEqual(gaveKh - 1e-6)
  const written = await product.table('ledger')
  expect(new Set(written.map((row) => row.order))).toEqual(new Set([placed.id]))
  const audit = (await product.table('audit')).map(({ detail }) => detail)
  for (const state of ['releasing', 'done']) expect(audit).toContain(`${placed.id} is ${state}`)
  expect((await product.get<HealthView>('/health')).reasons).toEqual([])
  expect(await product.stop()).toBe(0)
}, 180_000)
