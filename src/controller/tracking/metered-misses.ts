import type { BuildingId } from '../../core/domain/building-id.ts'
import type { Instant, Window } from '../../core/domain/instant.ts'

/** What a meter showed beyond what was expected over the same time. */
export interface Miss {
  readonly missKw: number
  readonly metered: Window
}

interface Expected {
  readonly from: Instant
  at: Instant
  kw: number
  sumKwMs: number
  miss: Miss | undefined
}

/** Holds each meter's means against what was expected while they were metered. */
export interface MeteredMisses {
  /** Expected from now on; and what the meter last said, with the end of the time that it is of. */
  note(
    building: BuildingId,
    now: Instant,
    expectedKw: number,
    metered: { readonly kw: number | null; readonly at: Instant },
  ): Miss | undefined
  clear(): void
}

export function createMeteredMisses(): MeteredMisses {
  const tracks = new Map<BuildingId, Expected>()
  return {
    note(building, now, expectedKw, metered) {
      const track = tracks.get(building)
      if (!track) {
        tracks.set(building, { from: now, at: now, kw: expectedKw, sumKwMs: 0, miss: undefined })
        return undefined
      }
      track.sumKwMs += track.kw * (now - track.at)
      track.at = now
      track.kw = expectedKw
      // A mean that began before anything was expected of it tells nothing.
      if (metered.at <= track.from || metered.kw === null) return track.miss
      const passedMs = now - track.from
      if (passedMs <= 0) return track.miss
      const miss = {
        missKw: metered.kw - track.sumKwMs / passedMs,
        metered: { from: track.from, to: metered.at },
      }
      tracks.set(building, { from: now, at: now, kw: expectedKw, sumKwMs: 0, miss })
      return miss
    },
    clear: () => tracks.clear(),
  }
}
