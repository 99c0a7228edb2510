import { setTimeout } from 'node:timers/promises'
import { HOUR_MS, type Instant, type Window } from '../../core/domain/instant.ts'
import type { Provenance } from '../../core/domain/series.ts'

/** A source by the name under which its failures are told. */
export interface Named<S> {
  readonly name: string
  readonly source: S
}

export interface SourceLost {
  readonly source: string
  readonly why: string
  /** What answered instead. */
  readonly standIn: string
}

export interface FallbackOptions {
  /** Told when another answers than the time before; with `undefined` when the first one is back. */
  readonly onChange: (lost: SourceLost | undefined) => void
  /** A last answer older than this is no answer. */
  readonly maxAgeMs?: number | undefined
  /** A source that takes longer is passed over for this once; its late answer is its last good one. */
  readonly patienceMs?: number | undefined
}

/** What one must know of a kind of source to let others stand in for it. */
export interface Kind<S, T> {
  readonly fetch: (source: S, window: Window, asOf: Instant, signal: AbortSignal) => Promise<T>
  /** The same answer on another window, `NaN` where it does not reach. */
  readonly recut: (series: T, window: Window) => T
  readonly isUsable: (series: T, asOf: Instant) => boolean
  /** `series` with its gaps from `other`; absent where gaps may stay. */
  readonly fillGaps?: (series: T, other: T) => T
}

/** Not one of the sources had an answer; with a synthetic one at the end this cannot be. */
export class SourcesLostError extends Error {
  override readonly name = 'SourcesLostError'
}

const MAX_AGE_MS = 48 * HOUR_MS

/** Asks the first source; where it fails takes its last good answer, then asks the next. */
export function askInTurn<S, T extends { readonly provenance: Provenance }>(
  sources: readonly Named<S>[],
  { onChange, maxAgeMs = MAX_AGE_MS, patienceMs }: FallbackOptions,
  kind: Kind<S, T>,
): (window: Window, asOf: Instant, signal: AbortSignal) => Promise<T> {
  const lastGood = new Map<string, { readonly series: T; readonly at: Instant }>()
  let told = ''

  const tell = (lost: SourceLost | undefined) => {
    const text = lost ? `${lost.source} ${lost.standIn}` : ''
    if (text !== told) onChange(lost)
    told = text
  }

  /** The source's answer, or in words why there is none. */
  const tryOne = async ({ name, source }: Named<S>, window: Window, asOf: Instant, signal: AbortSignal) => {
    try {
      const answer = kind.fetch(source, window, asOf, signal).then((series) => {
        const isUsable = kind.isUsable(series, asOf)
        if (isUsable) lastGood.set(name, { series, at: asOf })
        return isUsable ? series : `${name}: nothing is known from now on`
      })
      return await withPatience(answer, patienceMs, `${name}: no answer in time`)
    } catch (error) {
      signal.throwIfAborted()
      return `${name}: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  const lastAnswer = (name: string, window: Window, asOf: Instant): T | undefined => {
    const kept = lastGood.get(name)
    if (!kept || asOf - kept.at > maxAgeMs) return undefined
    const series = kind.recut(kept.series, window)
    return kind.isUsable(series, asOf) ? series : undefined
  }

  const askFrom = async (
    first: number,
    failures: string[],
    ...ask: [Window, Instant, AbortSignal]
  ): Promise<T> => {
    const named = sources[first]
    if (!named) throw new SourcesLostError(failures.join('; '))
    const answer = await tryOne(named, ...ask)
    if (typeof answer !== 'string') return answer
    failures.push(answer)
    const kept = lastAnswer(named.name, ask[0], ask[1])
    if (!kept) return askFrom(first + 1, failures, ...ask)
    if (!kind.fillGaps || first + 1 >= sources.length) return kept
    return kind.fillGaps(kept, await askFrom(first + 1, [], ...ask))
  }

  return async (window, asOf, signal) => {
    const failures: string[] = []
    const series = await askFrom(0, failures, window, asOf, signal)
    if (failures.length === 0) {
      tell(undefined)
      return series
    }
    const why = failures.join('; ')
    tell({ source: sources[0]?.name ?? '', why, standIn: series.provenance.source })
    return { ...series, provenance: { ...series.provenance, standsInFor: why } }
  }
}

/** The answer, or `late` after `patienceMs`; what the answer becomes afterwards is its own affair. */
async function withPatience<T>(
  answer: Promise<T>,
  patienceMs: number | undefined,
  late: string,
): Promise<T | string> {
  if (patienceMs === undefined) return answer
  const end = new AbortController()
  const wait = setTimeout(patienceMs, late, { signal: end.signal }).catch(() => late)
  return Promise.race([answer, wait]).finally(() => end.abort())
}
