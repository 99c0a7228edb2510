/**
 * How far below the level that plans keep a call may take the comfort zone, K: the margin that they keep above the
 * band's lower edge for errors of forecasts, so that a call that goes as expected ends at the edge itself.
 */
export const CALL_ALLOWANCE_K = 0.35

/** The lowest level during a call, °C: never below what is safe, nor above what is kept anyway. */
export function callLowC(minC: number, safeC: number): number {
  return Math.min(minC, Math.max(minC - CALL_ALLOWANCE_K, safeC))
}
