import type { Plant } from './plant.ts'
import { addUpstream } from './ways.ts'

// Flows that the plant believes in and those that the buildings make differ by less than this share of the largest.
const BALANCED = 1e-7

/** By gate: the heat that goes through it beyond what the plant believes. */
export function missingHeat({ gates, n }: Plant, heat: readonly Float64Array[]): Float64Array[] {
  const rest = gates.map(({ gate, z }, i) => gate.fixedKw.map((kw, k) => kw + heat[i][k] - z[k]))
  for (let i = gates.length - 1; i > 0; i--)
    addUpstream(gates[i].gate.way, gates[i].z, rest[gates[i].gate.parent])
  return n > 0 ? rest : []
}

export function isBalanced({ gates }: Plant, rest: readonly Float64Array[]): boolean {
  return gates.every(({ z, sizeKw }, i) => largest(rest[i]) <= BALANCED * Math.max(largest(z), sizeKw))
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
