import { setTimeout } from 'node:timers/promises'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SLOT_MS, type Window } from '../../core/domain/instant.ts'
import type { SlotSeries } from '../../core/domain/series.ts'
import type { WebClient } from '../web/web-client.ts'
import { marketDays } from './market-days.ts'
import { orAborted } from './or-aborted.ts'
import { questionUrl, type SlotProvider } from './provider.ts'
import { readOutcome } from './read-outcome.ts'
import { createSlotMemory } from './slot-memory.ts'
import type { Gap, Slots } from './slots-read.ts'

/** Worth a line in the log. */
export type SlotsNote =
  /** A question without a usable answer; the values that are known stay. */
  | { readonly kind: 'no-answer'; readonly why: string }
  /** An answer with holes, or with something to know about it. */
  | { readonly kind: 'gaps'; readonly gaps: readonly Gap[]; readonly notes: readonly string[] }
  /** Past prices could not be written: the next start asks for them again. */
  | { readonly kind: 'not-kept'; readonly error: unknown }

export interface LiveSlotsSetup {
  readonly provider: SlotProvider
  readonly client: WebClient
  readonly zone: string
  /** Another address of the same service. */
  readonly baseUrl?: string | undefined
  readonly queryKey?: Readonly<Record<string, string>> | undefined
  readonly onNote: (note: SlotsNote) => void
  /** Ends what goes on in the background. */
  readonly life: AbortSignal
  /** In [0, 1): when within the minute it asks, so that not all the world asks at once. */
  readonly random: () => number
}

export interface LiveSlots {
  /** What is known on the window at `asOf`; asks first where something is due. Rejects where nothing lies ahead. */
  read(window: Window, asOf: Instant, signal: AbortSignal): Promise<{ series: SlotSeries; at: Instant }>
  /** What the service tells of the past, at once and unremembered; undefined where it has no usable answer. */
  past(window: Window): Promise<SlotSeries | undefined>
}

/** The service had no usable answer, and nothing from before reaches past now. */
export class SlotServiceError extends Error {
  override readonly name = 'SlotServiceError'
}

/** What lies ahead is asked for again after this, until it is there. */
const RETRY_MS = 10 * MINUTE_MS
/** What was left out of the past will hardly come; corrections of the future may. */
const RECHECK_MS = 6 * HOUR_MS
const SPREAD_MS = MINUTE_MS
const REMEMBER_MS = 30 * DAY_MS

interface Asked {
  /** Undefined where it went well. */
  readonly why: string | undefined
  readonly nextAskAt: Instant
}

/** A live service as slots: asked when something is due, remembered, corrected by its later answers. */
export function createLiveSlots(setup: LiveSlotsSetup): LiveSlots {
  const { provider, client, zone, onNote, life } = setup
  const memory = createSlotMemory()
  const baseUrl = setup.baseUrl ?? provider.baseUrl
  let answeredAt: Instant = 0
  let asked: Asked = { why: undefined, nextAskAt: 0 }
  let recheckAt: Instant = 0
  let toldGaps = '[]'
  let asking: Promise<void> | undefined

  const dueWindow = (window: Window, asOf: Instant): Window | undefined => {
    if (asOf < asked.nextAskAt) return undefined
    const until = Math.min(provider.knownUntil(asOf), window.to)
    const unknown = memory.unknown({ from: window.from, to: until })
    const isDue = asOf >= recheckAt ? until > window.from : unknown.some((at) => at >= asOf - SLOT_MS)
    if (!isDue) return undefined
    const from = Math.min(unknown[0] ?? asOf, asOf, until - SLOT_MS)
    const days = marketDays({ from, to: until })
    return { from: days[0]?.from ?? from, to: days.at(-1)?.to ?? until }
  }

  const take = (slots: Slots, asOf: Instant) => {
    memory.keep(slots)
    answeredAt = asOf
    const gaps = slots.gaps.slice(0, 5)
    const told = JSON.stringify(gaps)
    // A hole that stays is told once, not with every answer that still has it.
    if (gaps.length > 0 && told !== toldGaps) onNote({ kind: 'gaps', gaps, notes: slots.notes })
    toldGaps = told
  }

  const ask = async (window: Window, asOf: Instant): Promise<Asked> => {
    for (const question of provider.questions(window, zone)) {
      const query = { ...question.query, ...setup.queryKey }
      const url = questionUrl(baseUrl, { ...question, query })
      const outcome = await client.get({ url, accept: provider.accept }, life)
      const told = readOutcome(outcome, (text) => provider.parse(text, zone))
      if (told.kind === 'slots') take(told.slots, asOf)
      if (told.kind === 'lost') return { why: told.why, nextAskAt: told.retryAt ?? asOf + RETRY_MS }
    }
    return { why: undefined, nextAskAt: asOf + RETRY_MS }
  }

  const refresh = async (window: Window, asOf: Instant, waitMs: number): Promise<void> => {
    if (waitMs > 0) await setTimeout(waitMs, undefined, { signal: life })
    const before = asked.why
    asked = await ask(window, asOf)
    if (asked.why === undefined) recheckAt = asOf + RECHECK_MS
    // Where nothing is known either, whoever asked is told, and tells.
    const isTold = asked.why === undefined || asked.why === before || !memory.isKnownFrom(asOf, window)
    if (!isTold) onNote({ kind: 'no-answer', why: asked.why ?? '' })
    memory.forgetBefore(asOf - REMEMBER_MS)
  }

  const begin = (window: Window, asOf: Instant, waitMs: number) => {
    asking = refresh(window, asOf, waitMs)
      .catch((error: unknown) => {
        asked = { why: error instanceof Error ? error.message : String(error), nextAskAt: asOf + RETRY_MS }
      })
      .finally(() => {
        asking = undefined
      })
  }

  const past = async (window: Window): Promise<SlotSeries | undefined> => {
    const told = createSlotMemory()
    for (const question of provider.questions(window, zone)) {
      const query = { ...question.query, ...setup.queryKey }
      const url = questionUrl(baseUrl, { ...question, query })
      const outcome = await client.get({ url, accept: provider.accept }, life)
      const answer = readOutcome(outcome, (text) => provider.parse(text, zone))
      if (answer.kind === 'lost') {
        onNote({ kind: 'no-answer', why: answer.why })
        return undefined
      }
      if (answer.kind === 'slots') told.keep(answer.slots)
    }
    return told.cut(window, window.to)
  }

  return {
    past,
    async read(window, asOf, signal) {
      const knownUntil = provider.knownUntil(asOf)
      const hasAhead = () => memory.isKnownFrom(asOf, { ...window, to: Math.min(window.to, knownUntil) })
      const due = asking ? undefined : dueWindow(window, asOf)
      if (due) begin(due, asOf, hasAhead() ? setup.random() * SPREAD_MS : 0)
      if (asking && !hasAhead()) await orAborted(asking, signal)
      if (!hasAhead()) throw new SlotServiceError(asked.why ?? 'nothing is published')
      return { series: memory.cut(window, knownUntil), at: answeredAt }
    },
  }
}
