import { hashedNormal, hashedUnit } from '../../src/core/domain/chance.ts'
import { discretiseLti } from '../../src/core/math/discretise-lti.ts'
import type { MeasuredSystem } from '../../src/core/math/innovations.ts'
import { HEAT, ONE, OUTDOOR, PLAIN_INPUTS, SUN } from '../../src/core/thermal/identify/box-system.ts'
import type { IdentifyTelemetry } from '../../src/core/thermal/identify/telemetry.ts'
import type { WinterWeather } from './weather.ts'

const STEP_HOURS = 0.25

export interface Plant {
  readonly seed: number
  readonly lossKwPerK: number
  /** Kelvins of loss that other heat stands for: what the curve was set by. */
  readonly gainsK: number
  /** ± share of the heat that excitation moves, in steps of 4 to 12 h; 0 for none. */
  readonly excitation: number
}

/** Telemetry of a system whose noise is as Gaussian as its model says, under a curve that is moved at random. */
export function simulateSystem(
  system: MeasuredSystem,
  plant: Plant,
  weather: WinterWeather,
): IdentifyTelemetry {
  const { n, m } = system
  const step = discretiseLti(system, STEP_HOURS)
  const root = squareRoot(step.q, n)
  const count = weather.at.length
  const indoorC = new Float64Array(count)
  const heatKw = new Float64Array(count)
  const inputs = new Float64Array(m)
  inputs[ONE] = 1
  let x = startState(system, plant, weather)
  let feltC = weather.outdoorC[0]
  const moves = excitationOf(plant)
  for (let k = 0; k < count; k++) {
    const before = Math.max(0, k - 1)
    feltC += (weather.outdoorC[k] - feltC) / 4
    const base = plant.lossKwPerK * (21.5 - feltC - plant.gainsK + 0.3 * (21.5 - x[0]))
    heatKw[k] = Math.max(0, base * (1 + moves(k)))
    inputs[HEAT] = heatKw[k]
    inputs[OUTDOOR] = (weather.outdoorC[before] + weather.outdoorC[k]) / 2
    inputs[SUN] = weather.solarWm2[k] / 1000
    if (k > 0) x = next(step, root, x, inputs, { seed: plant.seed, k })
    indoorC[k] = x[0] + Math.sqrt(system.sensorVariance) * hashedNormal(plant.seed, 1, k)
  }
  return { at: weather.at, indoorC, heatKw, outdoorC: weather.outdoorC, solarWm2: weather.solarWm2 }
}

function startState(system: MeasuredSystem, plant: Plant, weather: WinterWeather): Float64Array {
  const x = new Float64Array(system.n)
  const heatKw = plant.lossKwPerK * (21.5 - weather.outdoorC[0] - plant.gainsK)
  const first = new Float64Array(PLAIN_INPUTS)
  first[HEAT] = heatKw
  first[OUTDOOR] = weather.outdoorC[0]
  const samples = {
    count: 1,
    m: system.m,
    inputs: first,
    measured: Float64Array.of(21.5),
    stepOf: Int32Array.of(-1),
    hours: new Float64Array(),
  }
  system.start(21.5, samples, 0, x)
  return x
}

function excitationOf({ seed, excitation }: Plant): (k: number) => number {
  let until = 0
  let share = 0
  let drawn = 0
  return (k) => {
    if (k >= until) {
      share = hashedUnit(seed, 2, drawn) < 0.5 ? -excitation : excitation
      until = k + Math.round((4 + 8 * hashedUnit(seed, 3, drawn)) / STEP_HOURS)
      drawn++
    }
    return share
  }
}

function next(
  { f, g }: { readonly f: Float64Array; readonly g: Float64Array },
  root: Float64Array,
  x: Float64Array,
  u: Float64Array,
  draw: { readonly seed: number; readonly k: number },
): Float64Array {
  const n = x.length
  const noise = x.map((_, i) => hashedNormal(draw.seed, 4 + i, draw.k))
  return x.map((_, i) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += f[i * n + j] * x[j] + root[i * n + j] * noise[j]
    for (let j = 0; j < u.length; j++) sum += g[i * u.length + j] * u[j]
    return sum
  })
}

/** L of L Lᵀ = Q, with nought where Q has no noise left. */
function squareRoot(q: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    let pivot = q[j * n + j]
    for (let k = 0; k < j; k++) pivot -= l[j * n + k] * l[j * n + k]
    if (!(pivot > 1e-14 * q[j * n + j])) continue
    l[j * n + j] = Math.sqrt(pivot)
    for (let i = j + 1; i < n; i++) {
      let sum = q[i * n + j]
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k]
      l[i * n + j] = sum / l[j * n + j]
    }
  }
  return l
}
