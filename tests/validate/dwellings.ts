import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { MeasuredSystem } from '../../src/core/math/innovations.ts'
import { HEAT, ONE, OUTDOOR, PLAIN_INPUTS, SUN } from '../../src/core/thermal/identify/box-system.ts'

/** Parameters by the names of the file: kWh/K, K/kW, m², and logarithms of noise. */
export type Parameters = Readonly<Record<string, number>>

/** One of the 225 dwellings that Leprince et al. fitted, in its own structure. */
export interface Dwelling {
  readonly id: string
  /** Letters of its states: i air, m inner mass, e envelope, h heater, s sensor. */
  readonly states: readonly string[]
  readonly parameters: Parameters
  readonly lossKwPerK: number
}

/** How many kelvins of loss people and appliances are worth; the file has no gains of its own. */
export const GAINS_K = 3
/** The thermometer's, K; most of the file's own are nought, since its noise was put into the states. */
const LEAST_SENSOR_K = 0.01

export function readDwellings(path: string): readonly Dwelling[] {
  const rows: Record<string, string>[] = parse(readFileSync(path, 'utf8'), { columns: true })
  return rows.map((row) => {
    const name = (row['model_name'] ?? '').replace('AeRia', '')
    const numbers = Object.entries(row).flatMap(([key, text]) =>
      text !== 'NA' && Number.isFinite(Number(text)) && !key.endsWith('_p')
        ? [[key, Number(text)] as const]
        : [],
    )
    const parameters: Parameters = { ...Object.fromEntries(numbers) }
    return {
      id: row['identification_number'] ?? '',
      states: [...name.matchAll(/T(.)/g)].map(([, letter]) => letter ?? ''),
      parameters: { ...parameters, gainsKw: GAINS_K * (parameters['HTC'] ?? 0) },
      lossKwPerK: parameters['HTC'] ?? 0,
    }
  })
}

/** Heat lost a kelvin once all is settled: straight from the air, and through the envelope. */
export function lossOf(parameters: Parameters): number {
  const { Ria, Rie, Rea } = parameters
  return (Ria === undefined ? 0 : 1 / Ria) + (Rie === undefined || Rea === undefined ? 0 : 1 / (Rie + Rea))
}

/** The dwelling's own equations; the measured state first. */
export function dwellingSystem(states: readonly string[], p: Parameters): MeasuredSystem {
  const order = states.includes('s') ? ['s', ...states.filter((one) => one !== 's')] : states
  const n = order.length
  const m = PLAIN_INPUTS
  const a = new Float64Array(n * n)
  const b = new Float64Array(n * m)
  const q = new Float64Array(n * n)
  const index = (letter: string) => order.indexOf(letter)
  const capacity = (letter: string) => p[`C${letter}`] ?? Number.NaN
  const air = index('i')
  for (const letter of order.filter((one) => one !== 'i')) {
    const conductance = 1 / (p[`Ri${letter}`] ?? Number.NaN)
    const row = index(letter)
    a[row * n + row] -= conductance / capacity(letter)
    a[row * n + air] += conductance / capacity(letter)
    a[air * n + air] -= conductance / capacity('i')
    a[air * n + row] += conductance / capacity('i')
  }
  const loseTo = (letter: string, resistance: number | undefined) => {
    if (resistance === undefined || index(letter) < 0) return
    a[index(letter) * n + index(letter)] -= 1 / resistance / capacity(letter)
    b[index(letter) * m + OUTDOOR] += 1 / resistance / capacity(letter)
  }
  loseTo('i', p['Ria'])
  loseTo('e', p['Rea'])
  const heated = index('h') >= 0 ? 'h' : 'i'
  b[index(heated) * m + HEAT] = 1 / capacity(heated)
  b[air * m + ONE] = (p['gainsKw'] ?? 0) / capacity('i')
  b[air * m + SUN] = (p['Aw'] ?? 0) / capacity('i')
  if (index('e') >= 0) b[index('e') * m + SUN] = (p['Ae'] ?? 0) / capacity('e')
  states.forEach((letter, j) => {
    const noise = Math.exp(p[`p${j + 1}${j + 1}`] ?? Number.NEGATIVE_INFINITY)
    q[index(letter) * n + index(letter)] = noise * noise
  })
  const variance = Math.max(LEAST_SENSOR_K * LEAST_SENSOR_K, Math.exp(p['e11'] ?? 0))
  const startVariance = new Float64Array(n).fill(4)
  const start: MeasuredSystem['start'] = (measured, samples, at, x) => {
    const outdoorC = samples.inputs[at * samples.m + OUTDOOR] ?? 0
    for (const letter of order) x[index(letter)] = measured
    if (index('e') >= 0) {
      const [inner, outer] = [p['Rie'] ?? 1, p['Rea'] ?? 1]
      x[index('e')] = (measured * outer + outdoorC * inner) / (inner + outer)
    }
  }
  return { n, m, a, b, q, sensorVariance: variance, startVariance, start }
}
