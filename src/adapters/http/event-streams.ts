import type { Desk } from '../../controller/ports.ts'
import { eventFrame, frame } from './event-frame.ts'
import { createEventGathering } from './event-gathering.ts'

export interface EventStreamLimits {
  readonly beatMs: number
  /** How long events are gathered before they are told. */
  readonly gatherMs: number
  readonly maxListeners: number
  /** What may wait for one listener before it is dropped. */
  readonly maxQueuedBytes: number
}

export interface EventStreams {
  /** Undefined where there are too many listeners; `cut` ends the connection of one that is dropped. */
  open(cut: () => void): ReadableStream<Uint8Array> | undefined
  readonly listeners: number
  /** Listeners that did not keep up and were let go. */
  readonly dropped: number
  stop(): void
}

type Listener = ReadableStreamDefaultController<Uint8Array>

const MAX_BUILDINGS_AT_ONCE = 200

/** One subscription to the desk for all listeners; each event is written to bytes once. */
export function createEventStreams(desk: Desk, limits: EventStreamLimits): EventStreams {
  const listeners = new Map<Listener, () => void>()
  const gathering = createEventGathering(MAX_BUILDINGS_AT_ONCE)
  let dropped = 0

  const send = (listener: Listener, chunk: Uint8Array, cut: () => void) => {
    // The stream's own queue is the listener's queue: full means that it does not keep up.
    if ((listener.desiredSize ?? 0) >= chunk.byteLength) return listener.enqueue(chunk)
    listeners.delete(listener)
    dropped++
    cut()
  }
  const tell = (chunk: Uint8Array) => {
    for (const [listener, cut] of listeners) send(listener, chunk, cut)
  }
  const beat = () => frame('beat', { at: desk.health().at })
  const unsubscribe = desk.subscribe((event) => {
    if (listeners.size > 0) gathering.add(event)
  })
  const timers = [
    setInterval(() => tell(beat()), limits.beatMs),
    setInterval(() => gathering.take().forEach((event) => void tell(eventFrame(event))), limits.gatherMs),
  ]
  for (const timer of timers) timer.unref()

  const open = (cut: () => void) => {
    if (listeners.size >= limits.maxListeners) return undefined
    let self: Listener
    const start = (listener: Listener) => {
      self = listener
      listeners.set(listener, cut)
      listener.enqueue(beat())
    }
    const queue = { highWaterMark: limits.maxQueuedBytes, size: (chunk: Uint8Array) => chunk.byteLength }
    return new ReadableStream<Uint8Array>({ start, cancel: () => void listeners.delete(self) }, queue)
  }

  const stop = () => {
    for (const timer of timers) clearInterval(timer)
    unsubscribe()
    for (const listener of listeners.keys()) listener.close()
    listeners.clear()
  }
  return {
    open,
    stop,
    get listeners() {
      return listeners.size
    },
    get dropped() {
      return dropped
    },
  }
}
