import { streamKey } from '../../../simulators/chance.ts'
import { createDraw, type Draw } from '../../../simulators/draw.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import type { Scenario } from '../scenario.ts'

/** A call as chance made it. */
export interface DrawnCall {
  readonly announcedAt: Instant
  readonly from: Instant
  readonly until: Instant
}

type Terms = NonNullable<Scenario['calls']>

/** Preparation before a call, and the day after it, that the next call leaves alone. */
const BEFORE_MS = 3 * HOUR_MS
const AFTER_MS = 24 * HOUR_MS
/** A fleet that was left to its curves takes a day to come to rest under control. */
const SETTLE_MS = DAY_MS
/** How often a call is drawn anew whose weather is not wanted. */
const TRIES = 20

/** Calls one after another, at any time of day, where the weather is as wanted; the same seed gives the same. */
export function drawCalls(
  terms: Terms,
  { seed, start, days }: Pick<Scenario, 'seed' | 'start' | 'days'>,
  weather: Pick<WeatherSeries, 'start' | 'outdoorC'>,
): readonly DrawnCall[] {
  const draw = createDraw(streamKey(terms.seed ?? seed, 'calls'))
  const end = start + days * DAY_MS
  const calls: DrawnCall[] = []
  for (let begins = start + SETTLE_MS; calls.length < terms.count; begins += terms.everyHours * HOUR_MS) {
    if (begins + terms.everyHours * HOUR_MS > end) break
    const call = drawOne(draw, terms, begins, weather)
    if (call) calls.push(call)
  }
  return calls
}

function drawOne(
  draw: Draw,
  terms: Terms,
  begins: Instant,
  weather: Pick<WeatherSeries, 'start' | 'outdoorC'>,
): DrawnCall | undefined {
  const lasts = terms.hours * HOUR_MS
  const room = Math.max(0, terms.everyHours * HOUR_MS - lasts - BEFORE_MS - AFTER_MS)
  for (let n = 0; n < TRIES; n++) {
    const from = begins + BEFORE_MS + Math.floor(draw.between(0, room + 1) / SLOT_MS) * SLOT_MS
    const notice = terms.noticeMinutes[Math.floor(draw.between(0, terms.noticeMinutes.length))]!
    const outdoorC = meanOutdoorC(weather, from, from + lasts)
    if (!(outdoorC >= terms.coldestC && outdoorC <= terms.warmestC)) continue
    return { announcedAt: from - notice * MINUTE_MS, from, until: from + lasts }
  }
  return undefined
}

export function meanOutdoorC(
  { start, outdoorC }: Pick<WeatherSeries, 'start' | 'outdoorC'>,
  from: Instant,
  until: Instant,
): number {
  const part = outdoorC.subarray((from - start) / SLOT_MS, (until - start) / SLOT_MS)
  return part.reduce((sum, c) => sum + c, 0) / part.length
}
