import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Aedes } from 'aedes'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FleetEvent } from '../../simulators/fleet-event.ts'
import { type FleetOptionsInput, fleetOptionsSchema } from '../../simulators/fleet-options.ts'
import { runFleet } from '../../simulators/fleet-process.ts'
import { resumedEpoch } from '../../simulators/fleet-state.ts'
import { runSimulate } from '../../src/cli/simulate.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/core/domain/instant.ts'
import { createManualClock } from '../unit/simulators/manual-clock.ts'

const NOON = Date.UTC(2025, 0, 14, 12, 3)

let broker: Aedes
let server: Server
let sockets: Socket[]
let folder: string
let heard: { building: string; channel: string; body: { readings?: { energyKwh?: number }; at: number } }[]
let told: FleetEvent[]

beforeEach(async () => {
  broker = await Aedes.createBroker()
  sockets = []
  server = createServer((socket) => {
    sockets.push(socket.setNoDelay(true))
    broker.handle(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  folder = await mkdtemp(join(tmpdir(), 'heatflex-fleet-'))
  heard = []
  told = []
  broker.on('publish', ({ topic, payload }) => {
    const [root, , building = '', channel = ''] = topic.split('/')
    if (root === 'heatflex') heard.push({ building, channel, body: JSON.parse(String(payload)) })
  })
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  await new Promise<void>((resolve) => broker.close(resolve))
  await rm(folder, { recursive: true })
})

const brokerUrl = () => {
  const address = server.address()
  return `mqtt://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
const stateFile = () => join(folder, 'state', 'fleet.json')
const input = (): FleetOptionsInput => ({
  broker: { url: brokerUrl() },
  draw: { seed: 1, count: 3 },
  site: { timeZone: 'Europe/Helsinki', latitude: 61.06, longitude: 28.19 },
  clock: { epoch: Date.now(), realStart: Date.now(), speed: 1 },
  weatherSeed: 1,
  stateFile: stateFile(),
})
const tell = (event: FleetEvent) => told.push(event)
const start = (now: number) => {
  const clock = createManualClock(now)
  return runFleet(fleetOptionsSchema.parse(input()), clock, tell).then((fleet) => ({ fleet, clock }))
}
const telemetry = () => heard.filter(({ channel }) => channel === 'telemetry')

describe('a simulated fleet', () => {
  it('publishes telemetry of every building at once, then at the interval', async () => {
    const { fleet, clock } = await start(NOON)
    await vi.waitFor(() => expect(new Set(telemetry().map(({ building }) => building)).size).toBe(3))
    expect(telemetry().map(({ body }) => body.at)).toEqual([NOON, NOON, NOON])
    for (let minute = 1; minute <= 12; minute++) clock.goTo(NOON + minute * MINUTE_MS)
    await vi.waitFor(() => expect(telemetry()).toHaveLength(6))
    expect(telemetry()[5]?.body.at).toBe(NOON + 12 * MINUTE_MS)
    await fleet.stop()
  })

  it('lives through the time that it was away, and its meters never run back', async () => {
    const { fleet } = await start(NOON)
    await vi.waitFor(() => expect(telemetry()).toHaveLength(3))
    await fleet.stop()
    const again = await start(NOON + 2 * HOUR_MS)
    await vi.waitFor(() => expect(telemetry()).toHaveLength(6))
    expect(told).toContainEqual({ kind: 'started', buildings: 3, restored: 3, at: NOON + 2 * HOUR_MS })
    const register = (index: number) => Number(telemetry()[index]?.body.readings?.energyKwh)
    const [first] = telemetry()
    const later = telemetry().findLastIndex(({ building }) => building === first?.building)
    expect(register(later)).toBeGreaterThan(register(0))
    await again.fleet.stop()
  })

  it.each(['{"version":1,"at":17', '{"version":7}', 'null'])(
    'starts anew where its state is %j',
    async (text) => {
      await (await start(NOON)).fleet.stop()
      await writeFile(stateFile(), text)
      const { fleet } = await start(NOON)
      expect(told.map(({ kind }) => kind)).toContain('state-not-used')
      expect(told.at(-1)).toMatchObject({ kind: 'started', restored: 0 })
      await fleet.stop()
      expect(JSON.parse(await readFile(stateFile(), 'utf8'))).toMatchObject({ version: 1, at: NOON })
    },
  )

  it('says where its clock must go on, so that a fast demo does not live a day twice', async () => {
    expect(await resumedEpoch(stateFile(), NOON)).toBe(NOON)
    await (await start(NOON)).fleet.stop()
    expect(await resumedEpoch(stateFile(), NOON - HOUR_MS)).toBe(NOON)
    expect(await resumedEpoch(stateFile(), NOON + HOUR_MS)).toBe(NOON + HOUR_MS)
  })

  it('goes on where its state cannot be written', async () => {
    await writeFile(join(folder, 'state'), 'a file where a folder is wanted')
    const { fleet } = await start(NOON)
    await vi.waitFor(() => expect(telemetry()).toHaveLength(3))
    await fleet.stop()
    expect(told.map(({ kind }) => kind)).toContain('state-not-written')
  })
})

describe('the process of a simulated fleet', () => {
  const entry = new URL('../../dist/src/cli/fleet-child.js', import.meta.url)

  it.each(['its parent lets go of it', 'it is told to end'])(
    'saves its state and ends when %s',
    async (way) => {
      const child = fork(entry, { stdio: 'inherit' })
      const ended = once(child, 'exit')
      child.send(input())
      await vi.waitFor(() => expect(telemetry()).toHaveLength(3), { timeout: 20_000 })
      if (way === 'it is told to end') child.kill('SIGTERM')
      else child.disconnect()
      expect(await ended).toEqual([0, null])
      expect(Object.keys(JSON.parse(await readFile(stateFile(), 'utf8')).buildings)).toHaveLength(3)
      expect(heard.filter(({ channel }) => channel === 'status')).toHaveLength(6)
    },
  )
})

describe('heatflex simulate', () => {
  it('names every fault of its configuration and gives 2', async () => {
    const file = join(folder, 'config.yaml')
    await writeFile(file, 'mqtt: { url: "http://x" }\nsimulated: { count: 0 }\n')
    const said: string[] = []
    const { signal } = new AbortController()
    expect(await runSimulate({ config: file, signal, say: (line) => said.push(line) })).toBe(2)
    expect(said.map((line) => line.split(': ')[1])).toEqual(['mqtt.url', 'simulated.count'])
    expect(await runSimulate({ config: join(folder, 'none.yaml'), signal, say: () => {} })).toBe(2)
  })

  it('brings its fleet to the broker that the configuration names, and takes it away again', async () => {
    const file = join(folder, 'config.yaml')
    await writeFile(file, `mqtt: { url: "${brokerUrl()}" }\nsimulated: { count: 2 }\n`)
    const end = new AbortController()
    const exit = runSimulate({ config: file, signal: end.signal, say: () => {} })
    await vi.waitFor(() => expect(telemetry()).toHaveLength(2), { timeout: 10_000 })
    end.abort()
    expect(await exit).toBe(0)
  })
})
