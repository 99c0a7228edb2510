import type { Network } from './gates.ts'
import { addUpstream } from './ways.ts'

/** Flow through each gate when the members there take `heat`. */
export function gateFlows({ gates }: Network, heat: readonly Float64Array[]): Float64Array[] {
  const flows = gates.map(({ fixedKw }, i) => fixedKw.map((kw, k) => kw + heat[i][k]))
  for (let i = gates.length - 1; i > 0; i--) addUpstream(gates[i].way, flows[i], flows[gates[i].parent])
  return flows
}

/** Flow through each gate when no member takes any. */
export function leastFlows(network: Network): Float64Array[] {
  const none = new Float64Array(network.n)
  return gateFlows(
    network,
    network.gates.map(() => none),
  )
}
