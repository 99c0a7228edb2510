import { quantile } from '../../src/core/math/quantile.ts'
import { identifyScreened } from '../../src/core/thermal/identify/identify-building.ts'
import { priorByData } from '../../src/core/thermal/identify/identify-prior.ts'
import { screenTelemetry } from '../../src/core/thermal/identify/screen-telemetry.ts'
import { lossBound } from './cramer-rao.ts'
import { type Dwelling, dwellingSystem, GAINS_K } from './dwellings.ts'
import { simulateSystem } from './simulate-system.ts'
import { winterWeather } from './weather.ts'

const DAYS = 28
const EXCITATION = 0.14
/** How often the bound may be exceeded, and the bound under which an error in shares is asked for. */
export const MOST_OVER_BOUND = 1.3
export const TIGHT_BOUND = 0.05
export const TIGHT_ERROR = 0.1

/** A dwelling simulated several times: the error of its heat loss against the least that any estimate can have. */
export interface DwellingRun {
  readonly id: string
  readonly states: string
  /** As a share of the loss. */
  readonly bound: number
  /** Root mean square over the repeats. */
  readonly error: number
  /** Its own recorded noise takes its rooms to where none is heated: the command would refuse such telemetry. */
  readonly isAbsurd: boolean
}

export function dwellingRun(dwelling: Dwelling, repeats: number): DwellingRun {
  const { id, states, lossKwPerK } = dwelling
  const system = dwellingSystem(states, dwelling.parameters)
  let bound = 0
  let squares = 0
  let isAbsurd = false
  for (let r = 0; r < repeats; r++) {
    const seed = 1000 + Number(id) * 10 + r
    const plant = { seed, lossKwPerK, gainsK: GAINS_K, excitation: EXCITATION }
    const telemetry = simulateSystem(system, plant, winterWeather(seed, DAYS))
    isAbsurd ||= screenTelemetry(telemetry).length > 0
    bound += lossBound(dwelling, telemetry) / repeats
    const identified = identifyScreened(telemetry, priorByData(telemetry), { powerOf: 'ends' })
    const found = identified.kind === 'fitted' ? identified.fit.estimates.heatLossKwPerK.value : Number.NaN
    squares += (found / lossKwPerK - 1) * (found / lossKwPerK - 1)
  }
  return { id, states: states.join(''), bound, error: Math.sqrt(squares / repeats), isAbsurd }
}

export interface DwellingSummary {
  readonly dwellings: number
  readonly absurd: number
  readonly withinBound: number
  readonly tight: number
  readonly tightWithin: number
  readonly medianBound: number
  readonly medianError: number
}

/** Absurd ones are fitted and counted like all others. */
export function summariseDwellings(runs: readonly DwellingRun[]): DwellingSummary {
  const tight = runs.filter(({ bound }) => bound <= TIGHT_BOUND)
  return {
    dwellings: runs.length,
    absurd: runs.filter(({ isAbsurd }) => isAbsurd).length,
    withinBound: runs.filter(({ bound, error }) => error <= MOST_OVER_BOUND * bound).length,
    tight: tight.length,
    tightWithin: tight.filter(({ error }) => error <= TIGHT_ERROR).length,
    medianBound: quantile(runs.map(({ bound }) => bound), 0.5) ?? Number.NaN, // biome-ignore format: one line
    medianError: quantile(runs.map(({ error }) => error), 0.5) ?? Number.NaN, // biome-ignore format: one line
  }
}
