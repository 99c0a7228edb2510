import type { Instant } from '../../domain/instant.ts'
import type { LoadSignature } from '../../domain/network.ts'
import { baseIndex, signatureKw } from './uncontrolled-load.ts'

/** One measured hour or quarter of the network's heat. */
export interface MeasuredLoad {
  readonly at: Instant
  readonly heatKw: number
  readonly outdoorC: number
}

export interface FittedSignature {
  readonly signature: LoadSignature
  /** Root of the mean squared miss, as a share of the mean heat. */
  readonly missRatio: number
}

/** Outdoor temperatures at which heating may begin, °C. */
const BEGINNINGS = [11, 12, 13, 14, 15, 16, 17, 18, 19]
const HOURS = 48

/** Least squares: a base for each hour of workdays and of weekends, and one slope over the kelvins under the best beginning. */
export function fitSignature(
  rows: readonly MeasuredLoad[],
  covers: LoadSignature['covers'],
  timeZone: string,
): FittedSignature {
  const hours = rows.map(({ at }) => baseIndex(HOURS, at, timeZone))
  const fits = BEGINNINGS.map((belowC) => fitBelow(rows, hours, belowC))
  const best = fits.reduce((a, b) => (b.squares < a.squares ? b : a))
  const mean = rows.reduce((sum, { heatKw }) => sum + heatKw, 0) / rows.length
  const { baseKw, kwPerK, belowC } = best
  return {
    signature: { kind: 'signature', covers, baseKw, kwPerK, belowC },
    missRatio: Math.sqrt(best.squares / rows.length) / mean,
  }
}

/** Rows farther off than so many median misses are no demand: a meter that was tested, or another network's. */
const OUTLYING = 6

/** The same without rows that no signature explains: a live meter shows what it likes. */
export function fitWithoutOutliers(
  rows: readonly MeasuredLoad[],
  covers: LoadSignature['covers'],
  timeZone: string,
): FittedSignature {
  const usual = medianOf(rows.map(({ heatKw }) => heatKw))
  // A spike of ten times as much would bend the very fit that is to find it.
  const likely = rows.filter(({ heatKw }) => heatKw <= MOST_TIMES * usual)
  const { signature } = fitSignature(likely, covers, timeZone)
  const misses = likely.map(({ at, heatKw, outdoorC }) =>
    Math.abs(heatKw - signatureKw(signature, at, Float64Array.of(outdoorC), timeZone)[0]),
  )
  const most = Math.max(OUTLYING * medianOf(misses), LEAST_OUTLYING * usual)
  return fitSignature(
    likely.filter((_, i) => misses[i] <= most),
    covers,
    timeZone,
  )
}

/** No town takes so many times its median heat; and what is within a twentieth of it is never outlying. */
const MOST_TIMES = 5
const LEAST_OUTLYING = 0.05

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** Within each hour the slope is the same, so that it is found from what is left of the hours' means. */
function fitBelow(rows: readonly MeasuredLoad[], hours: readonly number[], belowC: number) {
  const kelvins = rows.map(({ outdoorC }) => Math.max(0, belowC - outdoorC))
  const count = new Float64Array(HOURS)
  const meanK = new Float64Array(HOURS)
  const meanKw = new Float64Array(HOURS)
  for (const hour of hours) count[hour]++
  for (const [i, hour] of hours.entries()) {
    meanK[hour] += kelvins[i] / count[hour]
    meanKw[hour] += rows[i].heatKw / count[hour]
  }
  let together = 0
  let spread = 0
  for (const [i, hour] of hours.entries()) {
    together += (kelvins[i] - meanK[hour]) * (rows[i].heatKw - meanKw[hour])
    spread += (kelvins[i] - meanK[hour]) ** 2
  }
  const kwPerK = spread > 0 ? Math.max(0, together / spread) : 0
  const seen = [...count.keys()].filter((hour) => count[hour] > 0)
  const mean = seen.reduce((sum, hour) => sum + meanKw[hour] - kwPerK * meanK[hour], 0) / seen.length
  const baseKw = Array.from(count, (rowsOfHour, hour) =>
    rowsOfHour > 0 ? meanKw[hour] - kwPerK * meanK[hour] : mean,
  )
  const squares = hours.reduce(
    (sum, hour, i) => sum + (rows[i].heatKw - baseKw[hour] - kwPerK * kelvins[i]) ** 2,
    0,
  )
  return { baseKw, kwPerK, belowC, squares }
}
