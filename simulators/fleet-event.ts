import type { Instant } from '../src/core/domain/instant.ts'

/** What a fleet has to say of its life; never of single messages. */
export type FleetEvent =
  | { readonly kind: 'started'; readonly buildings: number; readonly restored: number; readonly at: Instant }
  | { readonly kind: 'state-not-used'; readonly why: string }
  | { readonly kind: 'state-not-written'; readonly why: string }
  /** Told once a minute of real time while it lasts. */
  | { readonly kind: 'offline'; readonly buildings: number; readonly why: string }
  | { readonly kind: 'stopped' }
