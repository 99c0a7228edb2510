import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import { reconnectDelayMs } from '../../../../src/adapters/mqtt/external-link.ts'
import { listenTcp } from '../../../../src/adapters/mqtt/listen.ts'
import { streamOpener } from '../../../../src/adapters/mqtt/open-stream.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0)) await one()
})

/** Node tells of a socket's no-delay by nothing but this mark. */
function hasNoDelay(socket: Duplex): unknown {
  const mark = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'kSetNoDelay')
  return mark && Reflect.get(socket, mark)
}

it('opens both ends of a connection without delay', async () => {
  let accepted: (socket: Duplex) => void
  const near = new Promise<Duplex>((resolve) => {
    accepted = resolve
  })
  const listener = await listenTcp({ host: '127.0.0.1', port: 0 }, 10, (socket) => accepted(socket))
  const far = streamOpener({ url: `mqtt://127.0.0.1:${listener.port}` })()
  cleanUp.push(
    () => far.destroy(),
    () => listener.stop(),
  )
  await once(far, 'connect')
  expect(hasNoDelay(far)).toBe(true)
  expect(hasNoDelay(await near)).toBe(true)
})

it('waits longer after each failure, up to a minute, and never all at once', () => {
  const least = Array.from({ length: 12 }, (_, attempt) => reconnectDelayMs(attempt, () => 0))
  const most = Array.from({ length: 12 }, (_, attempt) => reconnectDelayMs(attempt, () => 1))
  expect(least.slice(0, 4)).toEqual([250, 500, 1000, 2000])
  expect(most.at(-1)).toBe(60_000)
  for (const [attempt, ms] of most.entries()) expect(ms).toBe(2 * (least[attempt] ?? 0))
})
