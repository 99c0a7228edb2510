import type { Commitment, Flexibility, FlexibilitySlice } from './api-types.ts'
import { figure } from './figures.ts'

export type Kind = Pick<FlexibilitySlice, 'durationMinutes' | 'noticeMinutes'>

/** The slice of one kind and direction; undefined where the controller offers none such. */
export function sliceOf(
  { slices }: Flexibility,
  direction: FlexibilitySlice['direction'],
  { durationMinutes, noticeMinutes }: Kind,
): FlexibilitySlice | undefined {
  return slices.find(
    (one) =>
      one.direction === direction &&
      one.durationMinutes === durationMinutes &&
      one.noticeMinutes === noticeMinutes,
  )
}

/** `15 min`, `2 h`. */
export function minutesWords(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${figure(minutes / 60)} h`
}

/** What can be had next, in a sentence. */
export function offerWords(flexibility: Flexibility, kind: Kind): string {
  const soonest = Math.ceil(kind.noticeMinutes / (flexibility.stepMs / 60_000))
  const [down, up] = (['down', 'up'] as const).map((direction) => {
    const slice = sliceOf(flexibility, direction, kind)
    return { kw: slice?.kw[soonest] ?? 0, slice, price: slice?.eurPerKwh[soonest] }
  })
  if (!down || !up || (down.kw <= 0 && up.kw <= 0)) {
    return `Nothing can be promised for ${minutesWords(kind.durationMinutes)} at ${share(flexibility.confidence)}.`
  }
  const back = down.slice?.reboundKwhPerKwh[soonest]
  const rebound = down.kw > 0 && typeof back === 'number' ? `; ${figure(100 * back)} % of it comes back` : ''
  return (
    `${figure(down.kw)} kW less${price(down.price)} or ${figure(up.kw)} kW more${price(up.price)} for ` +
    `${minutesWords(kind.durationMinutes)}, delivered in ${share(flexibility.confidence)} of calls${rebound}.`
  )
}

function price(eurPerKwh: number | null | undefined): string {
  return typeof eurPerKwh === 'number' ? ` (${figure(1000 * eurPerKwh)} €/MWh)` : ''
}

function share(confidence: number): string {
  return `${figure(100 * confidence)} %`
}

const WHY: Readonly<Record<string, string>> = {
  'no-plan': 'without a plan',
  'meter-only': 'with a meter only',
  offline: 'offline',
  overridden: 'overridden',
  refuses: 'refusing',
  protected: 'protected',
  'no-writes': 'out of writes',
  'not-finite': 'with a model gone mad',
}

/** Which buildings stand behind it, and which do not. */
export function behindWords({ buildings, withheld }: Flexibility): string {
  const others = Object.entries(withheld).map(([why, count]) => `${count} ${WHY[why] ?? why}`)
  return `${buildings} buildings${others.length > 0 ? `; not counted on: ${others.join(', ')}` : ''}`
}

/** How an order in force fares. */
export function commitmentWords(one: Commitment): string {
  const held = `${one.id}: ${figure(one.estimatedKw)} kW where ${figure(one.committedKw)} are promised`
  const missing = one.unmetKw > 0 ? `, ${figure(one.unmetKw)} kW that nobody has room for` : ''
  const dropped = one.dropped.length > 0 ? `; others stand in for ${one.dropped.join(', ')}` : ''
  return `${held}${missing}${dropped}.`
}
