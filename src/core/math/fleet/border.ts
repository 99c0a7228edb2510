import { type Barrier, createBarrier } from './barrier.ts'

/** A number beside the plant's flow: its part w in the price, and how flow and price answer one more of it. */
export interface Column {
  readonly w: Float64Array
  readonly dz: Float64Array
  readonly dPrice: Float64Array
}

/** peak · P with P − z_k ≥ 0. */
export interface Peak {
  readonly eurPerKw: number
  readonly below: Barrier
  readonly column: Column
  kw: number
  dKw: number
}

/** capKg + s − Σ kg y ≥ 0 and s ≥ 0 at a price; the first's multiplier is the price of emissions. */
export interface Emissions {
  readonly eurPerKg: number
  readonly excess: Barrier
  readonly kept: Barrier
  readonly column: Column
  dEurPerKg: number
}

// A peak starts above the largest flow by this share.
const FIRST_ROOM = 0.1

export function createPeak(eurPerKw: number, z: Float64Array): Peak {
  const below = createBarrier(z.length)
  let largest = 0
  let size = 1e-3
  for (const kw of z) {
    largest = Math.max(largest, kw)
    size = Math.max(size, Math.abs(kw))
  }
  const kw = largest + FIRST_ROOM * size
  for (let k = 0; k < z.length; k++) {
    below.g[k] = kw - z[k]
    below.z[k] = eurPerKw / z.length
  }
  return { eurPerKw, below, column: createColumn(z.length), kw, dKw: 0 }
}

/** With emissions of `kg` at the start. */
export function createEmissions(
  n: number,
  capKg: number,
  eurPerKg: number,
  kg: number,
  first: number,
): Emissions {
  const [excess, kept] = [createBarrier(1), createBarrier(1)]
  const room = capKg - kg
  const s = Math.max(
    0.1 * Math.max(kg, 1e-3) - room,
    (first * Math.max(room, 0)) / eurPerKg,
    1e-6 * Math.max(kg, 1),
  )
  excess.g[0] = s
  excess.z[0] = eurPerKg - first
  kept.g[0] = room + s
  kept.z[0] = first
  return { eurPerKg, excess, kept, column: createColumn(n), dEurPerKg: 0 }
}

function createColumn(n: number): Column {
  const row = () => new Float64Array(n)
  return { w: row(), dz: row(), dPrice: row() }
}
