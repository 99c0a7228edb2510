import { DAY_MS, HOUR_MS, type Instant } from '../domain/instant.ts'

/** Heat of an hour that nobody steers, with the weather that it was in. */
export interface LoadHour {
  readonly at: Instant
  readonly heatKw: number
  readonly outdoorC: number
}

export interface LoadMemory {
  /** Oldest first. */
  readonly hours: readonly LoadHour[]
  /** The hour that is not over yet. */
  readonly open: (LoadHour & { readonly slots: number }) | undefined
}

export const NO_LOAD: LoadMemory = { hours: [], open: undefined }

/** Four weeks: as long as a season is one. */
const REMEMBERED_MS = 28 * DAY_MS
/** An hour of fewer quarter-hours is none. */
const ENOUGH_SLOTS = 3

/** With a quarter-hour that is over. */
export function noteLoad(memory: LoadMemory, { at, heatKw, outdoorC }: LoadHour): LoadMemory {
  if (!Number.isFinite(heatKw) || !Number.isFinite(outdoorC)) return memory
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS
  const { open } = memory
  if (open && open.at === hour) {
    const slots = open.slots + 1
    const mean = (before: number, next: number) => before + (next - before) / slots
    return {
      ...memory,
      open: { at: hour, slots, heatKw: mean(open.heatKw, heatKw), outdoorC: mean(open.outdoorC, outdoorC) },
    }
  }
  return { hours: closed(memory, hour), open: { at: hour, slots: 1, heatKw, outdoorC } }
}

function closed({ hours, open }: LoadMemory, now: Instant): readonly LoadHour[] {
  const recent = hours.filter(({ at }) => at >= now - REMEMBERED_MS)
  if (!open || open.slots < ENOUGH_SLOTS) return recent
  const { at, heatKw, outdoorC } = open
  return [...recent, { at, heatKw, outdoorC }]
}
