import type { Desk } from '../../controller/ports.ts'
import type { DeskEvent } from '../../core/domain/views.ts'

export interface EventStreamLimits {
  readonly beatMs: number
  readonly maxListeners: number
  /** What may wait for one listener before it is dropped. */
  readonly maxQueuedBytes: number
}

export interface EventStreams {
  /** Undefined where there are too many listeners. */
  open(): ReadableStream<Uint8Array> | undefined
  readonly listeners: number
  /** Listeners that did not keep up and were let go. */
  readonly dropped: number
  stop(): void
}

interface Listener {
  send(chunk: Uint8Array): void
  end(): void
}

/** One subscription to the desk for all listeners; each event is written to bytes once. */
export function createEventStreams(desk: Desk, limits: EventStreamLimits): EventStreams {
  const listeners = new Set<Listener>()
  const tell = (chunk: Uint8Array) => {
    for (const listener of listeners) listener.send(chunk)
  }
  const beat = () => frame('beat', { at: desk.health().at })
  const unsubscribe = desk.subscribe((event) => {
    if (listeners.size > 0) tell(eventFrame(event))
  })
  const timer = setInterval(() => tell(beat()), limits.beatMs)
  timer.unref()
  let dropped = 0

  const open = () => {
    if (listeners.size >= limits.maxListeners) return undefined
    let listener: Listener
    const leave = () => listeners.delete(listener)
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          listener = createListener(controller, leave, () => dropped++)
          listeners.add(listener)
          listener.send(beat())
        },
        cancel: () => void leave(),
      },
      { highWaterMark: limits.maxQueuedBytes, size: (chunk) => chunk.byteLength },
    )
  }

  const stop = () => {
    clearInterval(timer)
    unsubscribe()
    for (const listener of listeners) listener.end()
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

/** The stream's own queue is the listener's queue: full means that it does not keep up. */
function createListener(
  controller: ReadableStreamDefaultController<Uint8Array>,
  leave: () => void,
  onDropped: () => void,
): Listener {
  return {
    send(chunk) {
      if ((controller.desiredSize ?? 0) >= chunk.byteLength) return controller.enqueue(chunk)
      leave()
      onDropped()
      controller.error(new Error('the listener does not keep up'))
    },
    end: () => controller.close(),
  }
}

function eventFrame(event: DeskEvent): Uint8Array {
  switch (event.type) {
    case 'turn':
      return frame('turn', event.turn)
    case 'building':
      return frame('building', event.building)
    case 'rejected':
      return frame('rejected', event.rejection)
    default:
      return event satisfies never
  }
}

const encoder = new TextEncoder()

// JSON holds no line break, so one `data:` line is enough.
function frame(event: string, data: object): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
