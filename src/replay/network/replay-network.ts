import type { BuildingRun } from '../accumulate.ts'
import type { Scenario } from '../scenario.ts'
import { placedStreet, type Scene } from '../street.ts'
import { type NetworkTruth, networkTruth } from './network-truth.ts'

/** The pipes as they are; undefined without a network. */
export async function truthOf(
  scene: Scene,
  asFound: () => Promise<readonly BuildingRun[]>,
): Promise<NetworkTruth | undefined> {
  const { network, start, capShareOfAsFoundPeak } = scene.scenario
  if (!network) return undefined
  const ground = {
    branches: network.branches,
    placed: placedStreet(scene.street),
    capShares: capShareOfAsFoundPeak,
    start,
    weather: scene.world.truth.weather,
  }
  return networkTruth(ground, await asFound())
}

/** The network as its operator tells the controller of it. */
export function told({ scenario }: Scene, truth: NetworkTruth | undefined): Scenario['network'] {
  if (!scenario.network || !truth) return undefined
  const caps = new Map(truth.branches.map(({ id, capKw }) => [id, capKw]))
  const branches = scenario.network.branches.map((branch) => ({ ...branch, capKw: caps.get(branch.id) }))
  return { ...scenario.network, branches }
}
