import type { Clock } from '../controller/ports.ts'
import type { Instant } from '../core/domain/instant.ts'

interface Due {
  readonly at: Instant
  readonly order: number
  readonly run: () => void
  cancelled: boolean
}

export interface VirtualClock extends Clock {
  /** When the next timer is due; undefined where none waits. */
  nextAt(): Instant | undefined
  /** Moves to `at` and runs all that is due by then, in order of time and then of setting. */
  advance(at: Instant): void
}

/** A clock that only moves when told: replays and tests live on it. */
export function createVirtualClock(start: Instant): VirtualClock {
  let now = start
  let order = 0
  const heap: Due[] = []
  return {
    now: () => now,
    at(at, run) {
      const due: Due = { at: Math.max(at, now), order: order++, run, cancelled: false }
      push(heap, due)
      return () => {
        due.cancelled = true
      }
    },
    nextAt() {
      dropCancelled(heap)
      return heap[0]?.at
    },
    advance(at) {
      for (dropCancelled(heap); heap[0] && heap[0].at <= at; dropCancelled(heap)) {
        const due = pop(heap)
        now = Math.max(now, due.at)
        due.run()
      }
      now = Math.max(now, at)
    },
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

function dropCancelled(heap: Due[]): void {
  while (heap[0]?.cancelled) pop(heap)
}

function push(heap: Due[], due: Due): void {
  let child = heap.push(due) - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!isBefore(due, heap[parent]!)) break
    heap[child] = heap[parent]!
    child = parent
  }
  heap[child] = due
}

function pop(heap: Due[]): Due {
  const first = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return first
  let parent = 0
  for (;;) {
    let child = 2 * parent + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[parent] = heap[child]!
    parent = child
  }
  heap[parent] = last
  return first
}
