import { hashedNormal, hashedUnit } from '../../src/core/domain/chance.ts'
import { coordinates, fromScale, greyBoxAt, toScale } from '../../src/core/thermal/identify/coordinates.ts'
import type { GreyBox, Shape } from '../../src/core/thermal/identify/grey-box.ts'
import type { IdentifyPrior } from '../../src/core/thermal/identify/telemetry.ts'

/** How much wider than the prior truth is drawn. */
export const WIDER = 1.25
/** What noise is usual: drawn about that, so that a run is neither clean nor hopeless. */
const NOISE = { sensorK: 0.06, airNoiseK: 0.05, massNoiseK: 0.01, briefK: 0.7, briefHours: 4 } as const

/** A building drawn at random about the prior, `WIDER` times as far off as the prior believes. */
export function drawTruth(seed: number, prior: IdentifyPrior, shape: Shape): GreyBox {
  const list = coordinates(prior, shape)
  const x = Float64Array.from(list, ({ name, scale, centre, deviation, min, max }, j) => {
    const noise = NOISE[name as keyof typeof NOISE]
    const z = Math.max(-2.5, Math.min(2.5, hashedNormal(seed, 31, j)))
    if (noise !== undefined) return Math.log(noise) + 0.4 * z
    const drawn = toScale(centre, scale) + WIDER * deviation * z
    return toScale(Math.max(min, Math.min(max, fromScale(drawn, scale))), scale)
  })
  return greyBoxAt(list, x)
}

/** One of the shapes, at random: most buildings have a mass. */
export function drawShape(seed: number): Shape {
  const share = hashedUnit(seed, 30)
  const hasSun = true
  if (share < 0.15) return { hasMass: false, hasEmitter: false, hasSun, hasHabit: false }
  if (share < 0.3) return { hasMass: false, hasEmitter: true, hasSun, hasHabit: false }
  return { hasMass: true, hasEmitter: share > 0.6, hasSun, hasHabit: false }
}
