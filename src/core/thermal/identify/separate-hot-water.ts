import { DAY_MS, HOUR_MS } from '../../domain/instant.ts'
import { quantile } from '../../math/quantile.ts'

/** A total of space heat and hot water, and what the weather was. */
export interface TotalHeat {
  readonly at: ArrayLike<number>
  readonly totalHeatKw: ArrayLike<number>
  readonly outdoorC: ArrayLike<number>
}

/** EN 12831-3: in the four quietest hours of the night a house draws 0.17 of its mean. */
const NIGHT_SHARE = 0.17
const QUIET_HOURS = 4
const HOURS = 24

/**
 * Space heat estimated from a meter that counts hot water too: what rises above the quietest hours of the day, after
 * the outdoor temperature's part is taken out, is hot water. It is an estimate: a night set-back looks the same.
 */
export function separateHotWater(total: TotalHeat): { spaceKw: Float64Array; dhwKw: Float64Array } {
  const slope = heatSlope(total)
  const byHour = Array.from({ length: HOURS }, () => [] as number[])
  for (let k = 0; k < total.at.length; k++) {
    const rest = total.totalHeatKw[k] - slope * total.outdoorC[k]
    if (Number.isFinite(rest)) byHour[hourOf(total.at[k])].push(rest)
  }
  const usual = byHour.map((values) => quantile(values, 0.5) ?? Number.NaN)
  const known = usual.filter(Number.isFinite).toSorted((a, b) => a - b)
  const quiet = known.slice(0, QUIET_HOURS).reduce((sum, value) => sum + value, 0) / QUIET_HOURS
  const above = usual.map((value) => (Number.isFinite(value) ? Math.max(0, value - quiet) : 0))
  const meanAbove = above.reduce((sum, value) => sum + value, 0) / HOURS
  const baseKw = (NIGHT_SHARE / (1 - NIGHT_SHARE)) * meanAbove
  const spaceKw = new Float64Array(total.at.length)
  const dhwKw = new Float64Array(total.at.length)
  for (let k = 0; k < total.at.length; k++) {
    const whole = total.totalHeatKw[k]
    dhwKw[k] = Math.min(above[hourOf(total.at[k])] + baseKw, Math.max(0, whole))
    spaceKw[k] = whole - dhwKw[k]
  }
  return { spaceKw, dhwKw }
}

/** kW a kelvin of outdoor temperature, by least squares. */
function heatSlope({ at, totalHeatKw, outdoorC }: TotalHeat): number {
  let [count, x, y, xx, xy] = [0, 0, 0, 0, 0]
  for (let k = 0; k < at.length; k++) {
    if (!Number.isFinite(totalHeatKw[k] + outdoorC[k])) continue
    count++
    x += outdoorC[k]
    y += totalHeatKw[k]
    xx += outdoorC[k] * outdoorC[k]
    xy += outdoorC[k] * totalHeatKw[k]
  }
  const spread = xx - (x * x) / count
  return spread > 0 ? (xy - (x * y) / count) / spread : 0
}

function hourOf(at: number): number {
  return Math.floor((((at % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS)
}
