import type { FlexDirection, Flexibility, FlexibilitySlice, Offer } from '../../domain/flexibility.ts'
import { MINUTE_MS, SLOT_MS, slotStart, type Window } from '../../domain/instant.ts'
import { normalQuantile, normalShare } from '../../math/normal.ts'

/**
 * What can be promised for a window, were it called for when the offers were made; undefined where it lies outside of
 * them: before them, past their end, or longer than the longest.
 */
export function offerFor(
  flexibility: Flexibility,
  direction: FlexDirection,
  window: Window,
): Offer | undefined {
  const from = slotStart(window.from)
  const k = (from - flexibility.start) / SLOT_MS
  const minutes = (window.to - from) / MINUTE_MS
  const noticeMinutes = Math.max(0, (window.from - flexibility.issuedAt) / MINUTE_MS)
  const slice = sliceFor(flexibility, direction, minutes)
  if (!slice || k < 0 || k >= slice.kw.length || !(window.to > window.from)) return undefined
  return {
    direction,
    from: window.from,
    until: window.to,
    noticeMinutes,
    confidence: flexibility.confidence,
    kw: slice.kw[k],
    meanKw: slice.meanKw[k],
    sigmaKw: slice.sigmaKw[k],
    responseShare: slice.responseShare[k],
    eurPerKwh: slice.eurPerKwh[k],
    reboundKwhPerKwh: slice.reboundKwhPerKwh[k],
    reboundKwPerKw: slice.reboundKwPerKw[k],
  }
}

/** The shortest that is long enough, with all the notice that there is: the slices know how long that is. */
function sliceFor({ slices }: Flexibility, direction: FlexDirection, minutes: number) {
  let best: FlexibilitySlice | undefined
  for (const one of slices) {
    if (one.direction !== direction || one.durationMinutes < minutes) continue
    const isBetter =
      !best ||
      one.durationMinutes < best.durationMinutes ||
      (one.durationMinutes === best.durationMinutes && one.noticeMinutes > best.noticeMinutes)
    if (isBetter) best = one
  }
  return best
}

/** Deviation of what is delivered when `kw` is aimed at, kW: answers scale with what is asked, the rest does not. */
export function deviationKw({ meanKw, sigmaKw, responseShare }: Offer, kw: number): number {
  const response = responseShare * meanKw
  const rest = Math.max(0, sigmaKw * sigmaKw - response * response)
  return Math.sqrt(responseShare * responseShare * kw * kw + rest)
}

/**
 * What a plan must aim at so that `kw` is delivered as surely as the offer says: a plan that aims at the promise
 * itself falls short of it every other time. Never more than what is expected of the buildings.
 */
export function aimedKw(offer: Offer, kw: number): number {
  const z = Math.max(0, normalQuantile(offer.confidence))
  let aim = kw
  for (let i = 0; i < 20; i++) aim = Math.min(offer.meanKw, kw + z * deviationKw(offer, aim))
  return Math.max(aim, Math.min(kw, offer.meanKw))
}

/** How likely `kw` is delivered, with all the buildings at it that can, 0 to 1. */
export function deliveryChance(offer: Offer, kw: number): number {
  if (!(kw > 0)) return 1
  if (!(offer.meanKw > 0)) return 0
  if (!(offer.sigmaKw > 0)) return kw <= offer.meanKw ? 1 : 0
  return normalShare((offer.meanKw - kw) / offer.sigmaKw)
}
