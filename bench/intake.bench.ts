import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connectDevice, type Device } from '../tests/fixtures/mqtt/device.ts'
import { productConfig, startProduct, temporaryFolder } from '../tests/fixtures/product.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

const BUILDINGS = Array.from({ length: 20 }, (_, n) => `block-${n}`)
const EACH = 400
const IN_FLIGHT = 100
const ROUNDS = 7
const MINUTE_MS = 60_000

interface Rates {
  readonly rate: Spread
  readonly ratio: Spread
}
let measured: Promise<Rates> | undefined

/** The same messages to the controller and to a subscriber that only parses, in turn. */
async function measure(): Promise<Rates> {
  const folder = await temporaryFolder('intake')
  const product = await startProduct(
    folder.path,
    productConfig(BUILDINGS).replace('commitEveryMs: 5', 'commitEveryMs: 20'),
  )
  const plain = fork(new URL('./plain-subscriber.js', import.meta.url))
  try {
    const [port] = await once(plain, 'message')
    const ours = await connectAll(product.mqttPort)
    const theirs = await connectAll(port)
    const rates: number[] = []
    const ratios: number[] = []
    // The first round warms both up.
    for (let round = 0; round <= ROUNDS; round++) {
      const theirRate = await messagesPerSecond(theirs, round)
      await assertParsed(plain, (round + 1) * EACH * BUILDINGS.length)
      const ourRate = await messagesPerSecond(ours, round)
      if (round > 0) rates.push(ourRate)
      if (round > 0) ratios.push(ourRate / theirRate)
    }
    const kept = await product.table('telemetry')
    if (kept.length !== (ROUNDS + 1) * EACH * BUILDINGS.length) throw new Error(`${kept.length} samples kept`)
    for (const { client } of [...ours, ...theirs]) client.end(true)
    return { rate: spreadOf(rates), ratio: spreadOf(ratios) }
  } finally {
    plain.disconnect()
    await product.kill()
    await folder.remove()
  }
}

function connectAll(port: number): Promise<Device[]> {
  return Promise.all(BUILDINGS.map((clientId) => connectDevice(port, { clientId })))
}

/** From the first PUBLISH to the last PUBACK, which the controller gives for what is on the disk. */
async function messagesPerSecond(devices: readonly Device[], round: number): Promise<number> {
  const payloads = Array.from({ length: EACH }, (_, n) => payload(round * EACH + n))
  const started = performance.now()
  await Promise.all(devices.map((device, n) => publishAll(device, BUILDINGS[n], payloads)))
  return (EACH * devices.length * 1000) / (performance.now() - started)
}

async function publishAll({ client }: Device, id: string, payloads: readonly string[]): Promise<void> {
  const topic = `heatflex/v1/${id}/telemetry`
  let next = 0
  const publish = async () => {
    while (next < payloads.length) await client.publishAsync(topic, payloads[next++], { qos: 1 })
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, publish))
}

const origin = Date.now() - (ROUNDS + 1) * EACH * MINUTE_MS

/** A meter and ten dwellings, a sample a minute. */
function payload(n: number): string {
  const zones = Object.fromEntries(
    Array.from({ length: 10 }, (_, zone) => [`flat-${zone}`, { indoorC: 21 + ((n + zone) % 10) / 10 }]),
  )
  const readings = {
    heatKw: 40 + (n % 17),
    energyKwh: 1000 + n,
    supplyC: 45.5,
    returnC: 33.2,
    outdoorC: -5.5,
    zones,
  }
  return JSON.stringify({ at: origin + n * MINUTE_MS, seq: n, intervalS: 60, readings })
}

async function assertParsed(plain: ChildProcess, expected: number): Promise<void> {
  plain.send('parsed?')
  const [parsed] = await once(plain, 'message')
  if (parsed !== expected) throw new Error(`the plain subscriber has parsed ${parsed} of ${expected}`)
}

async function part(name: keyof Rates): Promise<Spread> {
  measured ??= measure()
  return (await measured)[name]
}

export const benches: readonly Bench[] = [
  { name: 'intake.rate', unit: 'messages/s', run: () => part('rate') },
  { name: 'intake.ratio', unit: 'ratio', vs: 'plain aedes and JSON.parse', run: () => part('ratio') },
]
