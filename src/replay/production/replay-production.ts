import { configuredProduction } from '../../controller/configured-production.ts'
import type { PlantTerms } from '../../core/plan/production/plant-job.ts'
import type { NetworkTruth } from '../network/network-truth.ts'
import { told } from '../network/replay-network.ts'
import type { FleetRuns } from '../savings.ts'
import type { Scene } from '../street.ts'
import { ownProduction } from './own-production.ts'
import { type Production, plantProduction } from './plant-production.ts'

/** Plant and network as the controller is told of them; undefined where the scenario has neither. */
export async function productionTerms(
  scene: Scene,
  truth: NetworkTruth | undefined,
): Promise<PlantTerms | undefined> {
  const { plant, network, emissions, site } = scene.scenario
  return configuredProduction({ plant, network: told(scene, truth) ?? network, emissions, site })
}

/** What the heat of the runs cost to make; undefined where nobody knows how it was made. */
export async function productionOf(
  scene: Scene,
  terms: PlantTerms | undefined,
  truth: NetworkTruth | undefined,
  runs: FleetRuns,
): Promise<Production | undefined> {
  const { plant } = terms ?? {}
  if (terms && plant) return plantProduction(scene, { ...terms, plant }, truth, runs)
  const isOwn = scene.street.every(
    ({ spec, building }) => spec.heatPump !== null && building.tariff.kind === 'heat-pump',
  )
  return isOwn ? ownProduction(scene, runs) : undefined
}
