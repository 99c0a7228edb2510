/** UTC epoch milliseconds. */
export type Instant = number

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
/** The one grid that prices, weather, forecasts and plans share. */
export const SLOT_MS = 15 * MINUTE_MS
export const SLOT_HOURS = 0.25

/** `[from, to)`. */
export interface Window {
  readonly from: Instant
  readonly to: Instant
}

/** The start of the slot that holds `at`. */
export function slotStart(at: Instant): Instant {
  return Math.floor(at / SLOT_MS) * SLOT_MS
}

/** How many slots `[from, to)` touches. */
export function slotCount(window: Window): number {
  return Math.ceil((window.to - slotStart(window.from)) / SLOT_MS)
}
