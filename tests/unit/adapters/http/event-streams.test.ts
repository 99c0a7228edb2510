import { describe, expect, it } from 'vitest'
import { createEventStreams } from '../../../../src/adapters/http/event-streams.ts'
import type { DeskEvent } from '../../../../src/core/domain/views.ts'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { DESK_NOW } from '../../../fixtures/desk-curves.ts'
import { createTestApp } from './test-app.ts'

const LIMITS = { beatMs: 3_600_000, maxListeners: 2, maxQueuedBytes: 4096 }
const turn = (text: string): DeskEvent => ({
  type: 'turn',
  turn: { at: DESK_NOW, tookMs: 4, planned: 20, leased: 19, onCurve: 1, text },
})

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const { value } = await reader.read()
  return new TextDecoder().decode(value)
}

describe('an event stream', () => {
  it('beats at once, then tells what happens, a line each', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const reader = streams.open()!.getReader()
    expect(await read(reader)).toBe(`event: beat\ndata: {"at":${DESK_NOW}}\n\n`)
    desk.emit(turn('two\nlines'))
    const [event, data, ...end] = (await read(reader)).split('\n')
    expect([event, end]).toEqual(['event: turn', ['', '']])
    expect(JSON.parse(data.slice('data: '.length))).toMatchObject({ planned: 20, text: 'two\nlines' })
    streams.stop()
  })

  it('drops the one that does not keep up, and no other', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const slow = streams.open()!.getReader()
    const quick = streams.open()!.getReader()
    await read(quick)
    for (let round = 0; round < 50; round++) {
      desk.emit(turn('x'.repeat(200)))
      await read(quick)
    }
    expect([streams.listeners, streams.dropped]).toEqual([1, 1])
    await expect(slow.read()).rejects.toThrow('does not keep up')
    streams.stop()
  })

  it('forgets a listener that leaves', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const stream = streams.open()
    expect(streams.listeners).toBe(1)
    await stream?.cancel()
    expect(streams.listeners).toBe(0)
    streams.stop()
    expect(desk.subscribers).toBe(0)
  })

  it('has room for so many and no more', () => {
    const streams = createEventStreams(createFixtureDesk(), LIMITS)
    expect([streams.open(), streams.open(), streams.open()].map(Boolean)).toEqual([true, true, false])
    streams.stop()
  })

  it('does not count one that asks for the headers alone', async () => {
    const app = createTestApp()
    for (let ask = 0; ask < 10; ask++) {
      const response = await app.request('/api/v1/stream', { method: 'HEAD' })
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    }
  })
})
