import { BUILDING_KINDS } from '../../src/core/domain/building.ts'
import { hashedUnit } from '../../src/core/domain/chance.ts'
import { quantile } from '../../src/core/math/quantile.ts'
import { responseKPerKw, timeConstants } from '../../src/core/thermal/identify/box-response.ts'
import { boxSystem } from '../../src/core/thermal/identify/box-system.ts'
import { type Estimates, halfWidth } from '../../src/core/thermal/identify/estimates.ts'
import type { GreyBox, Shape } from '../../src/core/thermal/identify/grey-box.ts'
import { shapeName } from '../../src/core/thermal/identify/grey-box.ts'
import { identifyBuilding } from '../../src/core/thermal/identify/identify-building.ts'
import { priorByType } from '../../src/core/thermal/identify/identify-prior.ts'
import { drawShape, drawTruth } from './draw-truth.ts'
import { simulateSystem } from './simulate-system.ts'
import { winterWeather } from './weather.ts'

const DAYS = 28
/** What ±3 K of supply do to the heat at 5 °C below nought: radiators 25 K over the room, to the power 1.3. */
const EXCITATION = 0.14

/** One building whose truth is known: each quantity against its interval. */
export interface KnownRun {
  readonly seed: number
  readonly truth: string
  readonly found: string
  readonly quantities: Readonly<Record<keyof Estimates, KnownQuantity>>
}

export interface KnownQuantity {
  /** Estimate over truth. */
  readonly ratio: number
  readonly halfWidth: number
  readonly isCovered: boolean
}

export function knownRun(seed: number): KnownRun | undefined {
  const kind = BUILDING_KINDS[seed % BUILDING_KINDS.length]
  const floorAreaM2 = Math.exp(Math.log(800) + Math.log(10) * hashedUnit(seed, 41))
  const builtYear = 1950 + Math.floor(70 * hashedUnit(seed, 42))
  const prior = priorByType({ kind, floorAreaM2, builtYear })
  const shape = drawShape(seed)
  const box = drawTruth(seed, prior, shape)
  const plant = { seed, lossKwPerK: box.lossKwPerK, gainsK: box.gainsK, excitation: EXCITATION }
  const telemetry = simulateSystem(boxSystem(box, shape), plant, winterWeather(seed, DAYS))
  const identified = identifyBuilding(telemetry, prior)
  if (identified.kind !== 'fitted') return undefined
  const { estimates, shape: found } = identified.fit
  return {
    seed,
    truth: shapeName(shape),
    found: shapeName(found),
    quantities: compare(estimates, box, shape),
  }
}

function compare(estimates: Estimates, box: GreyBox, shape: Shape): KnownRun['quantities'] {
  const against = (name: keyof Estimates, truth: number): KnownQuantity => {
    const interval = estimates[name]
    return {
      ratio: interval.value / truth,
      halfWidth: halfWidth(interval),
      isCovered: interval.low <= truth && truth <= interval.high,
    }
  }
  return {
    heatLossKwPerK: against('heatLossKwPerK', box.lossKwPerK),
    response2hKPerKw: against('response2hKPerKw', responseKPerKw(box, shape, 2)),
    slowHours: against('slowHours', timeConstants(box, shape).slowHours),
    capacityKwhPerK: against('capacityKwhPerK', box.airKwhPerK + box.massKwhPerK),
  }
}

export interface KnownSummary {
  readonly name: keyof Estimates
  readonly runs: number
  readonly coverage: number
  readonly medianHalfWidth: number
  readonly medianError: number
}

/** Coverage and width over runs; a building that was refused counts as not covered. */
export function summariseKnown(runs: readonly (KnownRun | undefined)[]): readonly KnownSummary[] {
  const names = ['heatLossKwPerK', 'response2hKPerKw', 'slowHours', 'capacityKwhPerK'] as const
  return names.map((name) => {
    const found = runs.flatMap((run) => run?.quantities[name] ?? [])
    const median = (of: (one: KnownQuantity) => number) => quantile(found.map(of), 0.5) ?? Number.NaN
    return {
      name,
      runs: runs.length,
      coverage: found.filter(({ isCovered }) => isCovered).length / runs.length,
      medianHalfWidth: median((one) => one.halfWidth),
      medianError: median(({ ratio }) => Math.abs(ratio - 1)),
    }
  })
}
