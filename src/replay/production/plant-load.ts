import type { Instant } from '../../core/domain/instant.ts'
import { SLOT_MS } from '../../core/domain/instant.ts'
import type { Network } from '../../core/domain/network.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import { networkNodes } from '../../core/plan/production/network-nodes.ts'
import { networkSupplyC } from '../../core/plan/production/network-supply.ts'
import type { BuildingRun } from '../accumulate.ts'
import type { NetworkTruth } from '../network/network-truth.ts'

/** What the plant truly has to give, and how much of it is for the fleet. */
export interface PlantLoad {
  readonly allKw: Float64Array
  readonly fleetKw: Float64Array
  readonly outdoorC: Float64Array
  readonly supplyC: Float64Array
}

export interface LoadGround {
  readonly network: Network
  readonly truth: NetworkTruth | undefined
  readonly start: Instant
  readonly timeZone: string
  readonly weather: Pick<WeatherSeries, 'start' | 'outdoorC'>
}

/**
 * Demand at the plant in any life: what nobody steers, the same in all lives and found beside the buildings as found,
 * and on top of it what the buildings draw, through the simulated pipes where there are any.
 */
export function plantLoads(
  ground: LoadGround,
  asFound: readonly BuildingRun[],
): (runs: readonly BuildingRun[]) => PlantLoad {
  const { network, start, timeZone, weather, truth } = ground
  const first = (start - weather.start) / SLOT_MS
  const fleetKw = (runs: readonly BuildingRun[]) => truth?.streams(runs).plant.heatKw ?? drawnKw(runs)
  const asFoundKw = fleetKw(asFound)
  const outdoorC = weather.outdoorC.slice(first, first + asFoundKw.length)
  const supplyC = outdoorC.map((c) => networkSupplyC(network.supply, c))
  const ahead = { start, timeZone, outdoorC, supplyC, steeredKw: byBranch(asFound, truth) }
  const all = networkNodes(network, ahead).expectedKw
  const ours = networkNodes(withoutOthers(network), ahead).expectedKw
  const besideKw = all.map((kw, k) => kw - ours[k]!)
  return (runs) => {
    const drawn = fleetKw(runs)
    return { allKw: drawn.map((kw, k) => kw + besideKw[k]!), fleetKw: drawn, outdoorC, supplyC }
  }
}

/** The pipes with nobody else on them, and nothing lost to the ground. */
function withoutOthers(network: Network): Network {
  const branches = network.branches.map((branch) => ({ ...branch, uncontrolled: undefined }))
  return { ...network, branches, uncontrolled: undefined, losses: undefined }
}

function byBranch(
  runs: readonly BuildingRun[],
  truth: NetworkTruth | undefined,
): ReadonlyMap<string, Float64Array> {
  const branchOf = new Map(truth?.placed.map(({ id, branch }) => [id, branch ?? '']))
  const branches = new Set(runs.map(({ building }) => branchOf.get(building.id) ?? ''))
  return new Map(
    [...branches].map((branch) => [
      branch,
      drawnKw(runs.filter(({ building }) => (branchOf.get(building.id) ?? '') === branch)),
    ]),
  )
}

function drawnKw(runs: readonly BuildingRun[]): Float64Array {
  const sum = new Float64Array(runs[0]?.trace.heatKw.length ?? 0)
  for (const { trace } of runs) for (const [k, kw] of trace.heatKw.entries()) sum[k] = sum[k]! + kw
  return sum
}
