import { setTimeout as pause } from 'node:timers/promises'
import type { FleetView } from '../src/core/domain/views.ts'
import { connectDevice, type Device } from '../tests/fixtures/mqtt/device.ts'
import { type Product, productConfig, startProduct, temporaryFolder } from '../tests/fixtures/product.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

const ROUNDS = 5
const A_ROUND = 100
const BUILDINGS = Array.from({ length: ROUNDS * A_ROUND }, (_, n) => `block-${n}`)
const REPLAN_S = 10
const MINUTE_MS = 60_000
// Warm rooms are let cool at a flat price; then all are cold at once, which no open window explains.
const WARM_C = 22
const COLD_C = 19.45
// The demo's own commit interval.
const CONFIG = productConfig(
  BUILDINGS,
  `control: { replanSeconds: ${REPLAN_S} }\ntariff: { kind: flat, eurPerMwh: 80 }`,
).replace('commitEveryMs: 5', 'commitEveryMs: 20')

interface Rounds {
  readonly p50: Spread
  readonly p99: Spread
}
let measured: Promise<Rounds> | undefined

/** Every building is measured once: a second plan within the shortest interval would measure that. */
async function measure(): Promise<Rounds> {
  const folder = await temporaryFolder('loop')
  const product = await startProduct(folder.path, CONFIG)
  try {
    await settle(product)
    const rounds: number[][] = []
    for (let round = 0; round < ROUNDS; round++) {
      const took: number[] = []
      for (const id of BUILDINGS.slice(round * A_ROUND, (round + 1) * A_ROUND)) {
        const ms = await answerMs(product, id)
        if (ms !== undefined) took.push(ms)
      }
      rounds.push(took.sort((a, b) => a - b))
    }
    const changed = rounds.flat().length
    if (changed < BUILDINGS.length / 2) throw new Error(`only ${changed} setpoints changed`)
    const quantile = (p: number) => spreadOf(rounds.map((took) => took[Math.floor(p * took.length)]))
    return { p50: quantile(0.5), p99: quantile(0.99) }
  } finally {
    await product.kill()
    await folder.remove()
  }
}

/** Every building has been heard of, has its lease, and may be planned again. */
async function settle(product: Product): Promise<void> {
  const now = Date.now()
  const visitor = await connectDevice(product.mqttPort, { clientId: 'visitor' })
  for (const minutes of [50, 35, 20, 5]) {
    await Promise.all(BUILDINGS.map((id) => tell(visitor, id, now - minutes * MINUTE_MS, WARM_C)))
  }
  const isDone = async () =>
    (await product.get<FleetView>('/fleet')).buildings.every(({ lease }) => lease !== null)
  while (!(await isDone())) await pause(250)
  await pause((REPLAN_S + 1) * 1000)
  await visitor.client.endAsync()
}

/** From the telemetry that puts a zone out of its band to another setpoint; undefined where it stays the same. */
async function answerMs(product: Product, id: string): Promise<number | undefined> {
  const device = await connectDevice(product.mqttPort, { clientId: id })
  let heard = (_text: string): void => undefined
  const next = () =>
    new Promise<string>((resolve) => {
      heard = resolve
    })
  device.client.on('message', (_topic, payload) => heard(payload.toString()))
  const first = next()
  await device.client.subscribeAsync(`heatflex/v1/${id}/setpoint`, { qos: 1 })
  const before = await first
  const changed = next()
  const started = performance.now()
  void tell(device, id, Date.now(), COLD_C)
  const after = await changed
  const ms = performance.now() - started
  await device.client.endAsync()
  return stepOf(before) === stepOf(after) ? undefined : ms
}

function stepOf(setpoint: string): number {
  return JSON.parse(setpoint).steps[0].supplyOffsetK
}

async function tell({ client }: Device, id: string, at: number, indoorC: number): Promise<void> {
  const readings = {
    heatKw: 60,
    outdoorC: -5,
    supplyC: 46,
    returnC: 34,
    zones: { a: { indoorC }, b: { indoorC }, c: { indoorC } },
  }
  const payload = JSON.stringify({ at, intervalS: 900, readings })
  await client.publishAsync(`heatflex/v1/${id}/telemetry`, payload, { qos: 1 })
}

async function part(name: keyof Rounds): Promise<Spread> {
  measured ??= measure()
  return (await measured)[name]
}

export const benches: readonly Bench[] = [
  { name: 'loop.p50', unit: 'ms', run: () => part('p50') },
  { name: 'loop.p99', unit: 'ms', run: () => part('p99') },
]
