import type { PhysicsRun } from '../physics-run.ts'
import type { WeatherTrack } from '../weather-track.ts'
import type { Reach } from './reach.ts'
import { type SampledLife, sampleLife } from './sampled-life.ts'
import type { OffsetRange } from './trial-shifts.ts'

export interface Wish {
  /** Heat that is to be met, one a slot. */
  readonly heatKw: Float64Array
  readonly firstShiftK: number
  readonly offsets: OffsetRange
  readonly reach: Reach
}

const TRIES = 4
/** Of the offset that the reach says would make up for what is missing. */
const SHARE = 0.7
const LEAST_KW_PER_K = 0.1

/** The life that comes nearest to a plan of heat, found by living it again and again and mending the offsets. */
export function followPlan(run: PhysicsRun, weather: WeatherTrack, wish: Wish): SampledLife {
  const { heatKw, offsets, reach } = wish
  const shifts = new Float64Array(heatKw.length).fill(wish.firstShiftK)
  const span = offsets.max - offsets.min
  for (let tries = 1; ; tries++) {
    const life = sampleLife(run, weather, (k) => shifts[k]!)
    if (tries === TRIES) return life
    for (let k = 0; k < shifts.length; k++) {
      const kwPerK = Math.max(LEAST_KW_PER_K, (reach.mostKw[k]! - reach.leastKw[k]!) / span)
      const wanted = shifts[k]! + (SHARE * (heatKw[k]! - life.heatKw[k]!)) / kwPerK
      shifts[k] = Math.max(offsets.min, Math.min(offsets.max, wanted))
    }
  }
}
