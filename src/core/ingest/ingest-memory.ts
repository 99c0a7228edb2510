import type { Instant } from '../domain/instant.ts'

/** What intake remembers of one building: which instants it has, and where its heat register stood. */
export interface IngestMemory {
  /** Instants had, sorted; and the latest ones, in order of arrival, not yet sorted in. */
  readonly older: Float64Array
  readonly latest: readonly Instant[]
  readonly register: Register | null
  /** A register value that contradicts the one before; a second that follows it is believed. */
  readonly doubted: Register | null
}

export interface Register {
  readonly at: Instant
  readonly kwh: number
}

export const NO_MEMORY: IngestMemory = {
  older: new Float64Array(0),
  latest: [],
  register: null,
  doubted: null,
}

const LATEST = 64

export function hasSeen(memory: IngestMemory, at: Instant): boolean {
  return memory.latest.includes(at) || holds(memory.older, at)
}

/** The memory with `at` in it and at most about `limit` instants, the oldest given up first. */
export function remember(memory: IngestMemory, at: Instant, limit: number): IngestMemory {
  const latest = [...memory.latest, at]
  if (latest.length < LATEST) return { ...memory, latest }
  const all = Float64Array.of(...latest, ...memory.older).sort()
  return { ...memory, older: all.slice(Math.max(0, all.length - limit)), latest: [] }
}

/** The memory without `at`: what could not be kept may come again. */
export function forget(memory: IngestMemory, at: Instant): IngestMemory {
  return {
    ...memory,
    older: memory.older.filter((had) => had !== at),
    latest: memory.latest.filter((had) => had !== at),
  }
}

function holds(sorted: Float64Array, at: Instant): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < at) low = middle + 1
    else high = middle
  }
  return low < sorted.length && sorted[low] === at
}
