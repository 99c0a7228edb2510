import { connect as connectSocket } from 'node:net'
import { MqttClient } from 'mqtt'
import { createEmbeddedBroker } from '../src/adapters/mqtt/embedded-broker.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

const ROUNDS = 5
const A_ROUND = 40
const QUESTION = 'heatflex/v1/b-1/telemetry'
const ANSWER = 'heatflex/v1/b-1/ack'

async function connect(port: number, noDelay: boolean, clientId: string): Promise<MqttClient> {
  const open = () => connectSocket({ port, host: '127.0.0.1', noDelay })
  const client = new MqttClient(open, { clientId, keepalive: 0, reconnectPeriod: 0 })
  await new Promise<void>((resolve) => client.once('connect', () => resolve()))
  return client
}

/** Milliseconds of a question and its answer between two clients of the embedded broker, QoS 1, a median a round. */
async function answersMs(port: number, noDelay: boolean): Promise<number[]> {
  const asks = await connect(port, noDelay, 'b-1')
  const answers = await connect(port, noDelay, 'desk')
  await asks.subscribeAsync(ANSWER, { qos: 1 })
  await answers.subscribeAsync(QUESTION, { qos: 1 })
  answers.on('message', () => answers.publish(ANSWER, 'y'.repeat(200), { qos: 1 }))
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const took: number[] = []
    for (let n = 0; n < A_ROUND; n++) {
      const started = performance.now()
      const heard = new Promise((resolve) => asks.once('message', resolve))
      asks.publish(QUESTION, 'x'.repeat(400), { qos: 1 })
      await heard
      took.push(performance.now() - started)
    }
    rounds.push(spreadOf(took).median)
  }
  await asks.endAsync(true)
  await answers.endAsync(true)
  return rounds
}

/** How many times as fast an answer is without Nagle's delay at the clients: the broker's own sockets never wait. */
async function ratio(): Promise<Spread> {
  const door = { receive: async () => true, refuse: () => undefined }
  const broker = await createEmbeddedBroker({ door, tcp: { host: '127.0.0.1', port: 0 } })
  try {
    const slow = await answersMs(broker.port, false)
    const quick = await answersMs(broker.port, true)
    return spreadOf(slow.map((ms, k) => ms / (quick[k] ?? Number.NaN)))
  } finally {
    await broker.stop()
  }
}

export const benches: readonly Bench[] = [
  { name: 'mqtt.noDelayRatio', unit: 'ratio', vs: 'mqtt.js on a socket as it makes it itself', run: ratio },
]
