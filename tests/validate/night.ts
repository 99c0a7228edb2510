import { boxSystem } from '../../src/core/thermal/identify/box-system.ts'
import type { Shape } from '../../src/core/thermal/identify/grey-box.ts'
import { identifyBuilding } from '../../src/core/thermal/identify/identify-building.ts'
import { priorByType } from '../../src/core/thermal/identify/identify-prior.ts'
import { refitBuilding } from '../../src/core/thermal/identify/refit-building.ts'
import type { IdentifyPrior, IdentifyTelemetry } from '../../src/core/thermal/identify/telemetry.ts'
import { drawTruth } from './draw-truth.ts'
import { simulateSystem } from './simulate-system.ts'
import { winterWeather } from './weather.ts'

const DAYS = 28
const SHAPE: Shape = { hasMass: true, hasEmitter: true, hasSun: true, hasHabit: false }

/** 28 days at 15 minutes of one made-up building. */
export function typicalTelemetry(seed: number): { telemetry: IdentifyTelemetry; prior: IdentifyPrior } {
  const prior = priorByType({ kind: 'concrete-block', floorAreaM2: 3000, builtYear: 1975 })
  const box = drawTruth(seed, prior, SHAPE)
  const plant = { seed, lossKwPerK: box.lossKwPerK, gainsK: box.gainsK, excitation: 0.14 }
  return { telemetry: simulateSystem(boxSystem(box, SHAPE), plant, winterWeather(seed, DAYS)), prior }
}

/** Processor seconds of each of `count` buildings' nightly refit, warm-started from a first fit. */
export function refitSeconds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    const { telemetry, prior } = typicalTelemetry(5000 + i)
    const before = identifyBuilding(telemetry, prior, { powerOf: 'ends' })
    return secondsOf(() => void refitBuilding(telemetry, prior, before))
  })
}

/** Processor time of this process: a neighbour's load does not count. */
export function secondsOf(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
