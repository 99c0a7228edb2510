import { uniform } from './chance.ts'

/** EN 12831-3 Annex B: W/m² by hour; only its shape is used here. */
const HOURLY = [
  0.74, 0.56, 0.46, 0.36, 0.59, 1.46, 4.26, 6.49, 5.64, 4.88, 4.67, 4.47, 4.73, 4.18, 3.39, 2.99, 3.37, 3.31,
  4.77, 4.27, 3.43, 3.19, 2.36, 1.34,
] // biome-ignore format: a table
const DAY_TOTAL = HOURLY.reduce((sum, value) => sum + value, 0)
/** People use a sixth more at the weekend. */
const WEEKEND = 1.16
const WEEK_MEAN = (5 + 2 * WEEKEND) / 7

const SHOWER_KW = 22
const SHOWER_MIN = 6
const TAP_KW = 10
/** Share of the energy that showers take. */
const SHOWER_SHARE = 0.65

/** Mean heat of the draws in this hour, kW, at the instantaneous exchanger. */
export function expectedDrawKw(kwhPerDay: number, weekday: number, hour: number): number {
  const day = (weekday >= 5 ? WEEKEND : 1) / WEEK_MEAN
  return (kwhPerDay * day * HOURLY[hour]!) / DAY_TOTAL
}

/** How many of an event of mean `mean` happen, for a uniform number: Poisson by inversion. */
function poisson(mean: number, drawn: number): number {
  let term = Math.exp(-mean)
  let sum = term
  let count = 0
  while (drawn > sum && count < 60) {
    count++
    term *= mean / count
    sum += term
  }
  return count
}

export interface HotWaterState {
  /** Showers running, by how many minutes they have left. */
  readonly showers: number[]
  drawKw: number
}

/** One minute of taps and showers, random around `expectedKw`. */
export function stepHotWater(state: HotWaterState, expectedKw: number, key: number, minute: number): void {
  const started = poisson((expectedKw * SHOWER_SHARE) / (SHOWER_KW * SHOWER_MIN), uniform(key, minute * 2))
  const taps = poisson((expectedKw * (1 - SHOWER_SHARE)) / TAP_KW, uniform(key, minute * 2 + 1))
  let running = started
  for (let left = 0; left < SHOWER_MIN - 1; left++) {
    const now = state.showers[left]!
    running += now
    state.showers[left] = left + 1 < SHOWER_MIN - 1 ? state.showers[left + 1]! : started
  }
  state.drawKw = running * SHOWER_KW + taps * TAP_KW
}

export function noShowers(): number[] {
  return new Array<number>(SHOWER_MIN - 1).fill(0)
}
