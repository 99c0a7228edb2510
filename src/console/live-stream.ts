import type { BuildingSummary, Order, Rejection, Turn } from './api-types.ts'

export type LiveEvent =
  | { readonly type: 'beat'; readonly at: number }
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'building'; readonly building: BuildingSummary }
  | { readonly type: 'rejected'; readonly rejection: Rejection }
  | { readonly type: 'order'; readonly order: Order }

export interface LiveListener {
  onOpen(): void
  onEvent(event: LiveEvent): void
  onLost(): void
}

/** The server beats every 5 s: three missed, and the line is dead although nobody has said so. */
const SILENT_AFTER_MS = 16_000
const WATCH_MS = 1_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 15_000

/** Listens for as long as the page lives, and comes back by itself; the answer ends it. */
export function openLiveStream(url: string, listener: LiveListener): () => void {
  let source: EventSource | undefined
  let heardAt = performance.now()
  let retryMs = FIRST_RETRY_MS
  let retry: number | undefined

  const connect = () => {
    heardAt = performance.now()
    retry = undefined
    source = listen(url, heard, lose)
  }
  const heard = (event: LiveEvent | undefined) => {
    heardAt = performance.now()
    retryMs = FIRST_RETRY_MS
    if (event) listener.onEvent(event)
    else listener.onOpen()
  }
  const lose = () => {
    source?.close()
    source = undefined
    if (retry !== undefined) return
    listener.onLost()
    retry = window.setTimeout(connect, retryMs)
    retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS)
  }
  const watch = window.setInterval(() => {
    if (source && performance.now() - heardAt > SILENT_AFTER_MS) lose()
  }, WATCH_MS)
  // A browser keeps six connections to a server: tabs that nobody looks at must not hold them.
  const pauseUnseen = () => {
    window.clearTimeout(retry)
    source?.close()
    source = undefined
    if (!document.hidden) connect()
  }
  document.addEventListener('visibilitychange', pauseUnseen)
  connect()
  return () => {
    document.removeEventListener('visibilitychange', pauseUnseen)
    window.clearInterval(watch)
    window.clearTimeout(retry)
    source?.close()
  }
}

function listen(url: string, heard: (event?: LiveEvent) => void, lose: () => void): EventSource {
  const source = new EventSource(url)
  source.onopen = () => heard()
  source.onerror = lose
  const on = (type: LiveEvent['type'], read: (data: string) => LiveEvent) => {
    source.addEventListener(type, ({ data }) => heard(read(data)))
  }
  on('beat', (data) => ({ type: 'beat', at: JSON.parse(data).at }))
  on('turn', (data) => ({ type: 'turn', turn: JSON.parse(data) }))
  on('building', (data) => ({ type: 'building', building: JSON.parse(data) }))
  on('order', (data) => ({ type: 'order', order: JSON.parse(data) }))
  on('rejected', (data) => ({ type: 'rejected', rejection: JSON.parse(data) }))
  return source
}
