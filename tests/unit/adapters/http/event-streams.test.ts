import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventStreams } from '../../../../src/adapters/http/event-streams.ts'
import type { DeskEvent } from '../../../../src/core/domain/views.ts'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { DESK_NOW } from '../../../fixtures/desk-curves.ts'
import { fixtureId } from '../../../fixtures/desk-views.ts'
import { createTestApp } from './test-app.ts'

const LIMITS = { beatMs: 5_000, gatherMs: 200, maxListeners: 2, maxQueuedBytes: 4096 }
const turn = (text: string): DeskEvent => ({
  type: 'turn',
  turn: { at: DESK_NOW, tookMs: 4, planned: 20, leased: 19, onCurve: 1, text },
})
const uncut = () => expect.unreachable('cut without need')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const { value } = await reader.read()
  return new TextDecoder().decode(value)
}

describe('an event stream', () => {
  it('beats at once, then tells what happens, a line each', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const reader = streams.open(uncut)!.getReader()
    expect(await read(reader)).toBe(`event: beat\ndata: {"at":${DESK_NOW}}\n\n`)
    desk.emit(turn('two\nlines'))
    vi.advanceTimersByTime(LIMITS.gatherMs)
    const [event, data, ...end] = (await read(reader)).split('\n')
    expect([event, end]).toEqual(['event: turn', ['', '']])
    expect(JSON.parse(data.slice('data: '.length))).toMatchObject({ planned: 20, text: 'two\nlines' })
    streams.stop()
    expect((await reader.read()).done).toBe(true)
  })

  it('goes on beating while nothing happens', async () => {
    const streams = createEventStreams(createFixtureDesk(), LIMITS)
    const reader = streams.open(uncut)!.getReader()
    vi.advanceTimersByTime(3 * LIMITS.beatMs)
    for (let beat = 0; beat < 4; beat++) expect(await read(reader)).toContain('event: beat')
    streams.stop()
  })

  it('tells the latest of a building alone', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const reader = streams.open(uncut)!.getReader()
    await read(reader)
    const building = desk.fleet().buildings[0]
    for (const heatKw of [1, 2, 3]) desk.emit({ type: 'building', building: { ...building, heatKw } })
    desk.emit(turn('after'))
    vi.advanceTimersByTime(LIMITS.gatherMs)
    expect(await read(reader)).toContain('"heatKw":3,')
    expect(await read(reader)).toContain('event: turn')
    streams.stop()
  })

  it('spreads a large fleet over time, and forgets none of it', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, { ...LIMITS, maxQueuedBytes: 10_000_000 })
    const reader = streams.open(uncut)!.getReader()
    await read(reader)
    const building = desk.fleet().buildings[0]
    const ids = Array.from({ length: 1000 }, (_, index) => fixtureId(`b-${index}`))
    for (const id of ids) desk.emit({ type: 'building', building: { ...building, id } })
    const told: string[] = []
    for (let round = 0; round < 5; round++) {
      vi.advanceTimersByTime(LIMITS.gatherMs)
      for (let event = 0; event < 200; event++)
        told.push(/"id":"([^"]+)"/.exec(await read(reader))?.[1] ?? '')
    }
    expect(told).toEqual(ids)
    streams.stop()
  })

  it('drops the one that does not keep up, and no other', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const cut = vi.fn()
    streams.open(cut)
    const quick = streams.open(uncut)!.getReader()
    await read(quick)
    for (let round = 0; round < 50; round++) {
      desk.emit(turn('x'.repeat(200)))
      vi.advanceTimersByTime(LIMITS.gatherMs)
      await read(quick)
    }
    expect([streams.listeners, streams.dropped, cut.mock.calls.length]).toEqual([1, 1, 1])
    streams.stop()
  })

  it('forgets a listener that leaves', async () => {
    const desk = createFixtureDesk()
    const streams = createEventStreams(desk, LIMITS)
    const stream = streams.open(uncut)
    expect(streams.listeners).toBe(1)
    await stream?.cancel()
    expect(streams.listeners).toBe(0)
    streams.stop()
    expect([desk.subscribers, vi.getTimerCount()]).toEqual([0, 0])
  })

  it('has room for so many and no more', () => {
    const streams = createEventStreams(createFixtureDesk(), LIMITS)
    expect([streams.open(uncut), streams.open(uncut), streams.open(uncut)].map(Boolean)).toEqual([
      true,
      true,
      false,
    ])
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
