import type { BuildingSpec } from '../../simulators/building-spec.ts'
import { drawFleet, installerView } from '../../simulators/fleet.ts'
import type { Building } from '../core/domain/building.ts'
import type { ReplayWorld } from './load-series.ts'
import type { Placed } from './network/branch-streams.ts'
import type { PhysicsRun } from './physics-run.ts'
import type { Scenario } from './scenario.ts'

/** A building as it is, and as its installer described it. */
export interface Neighbour {
  readonly spec: BuildingSpec
  readonly building: Building
}

/** What every life of a replay is lived in. */
export interface Scene {
  readonly scenario: Scenario
  readonly world: ReplayWorld
  readonly street: readonly Neighbour[]
}

export function drawStreet({ fleet, seed, tariff }: Scenario): readonly Neighbour[] {
  const { count, mix, zones, meterOnlyShare, branches, comfort, actuator } = fleet
  const specs = drawFleet({ seed: fleet.seed ?? seed, count, mix, zones, meterOnlyShare, branches })
  return specs.map((spec) => ({ spec, building: installerView(spec, { comfort, tariff, actuator }) }))
}

export function placedStreet(street: readonly Neighbour[]): readonly Placed[] {
  return street.map(({ spec }) => ({
    id: spec.id,
    branch: spec.branch,
    isOnNetwork: spec.heatPump === null,
  }))
}

export function siteOf({ site }: Scenario) {
  return { ...site, noise: true }
}

/** One building alone, as a job for a thread. */
export function physicsJob({ scenario, world }: Scene, spec: BuildingSpec) {
  const { start, days, warmUpDays, fleet } = scenario
  const run: PhysicsRun = { spec, site: siteOf(scenario), start, days, warmUpDays, band: fleet.comfort }
  return { run, weather: sendable(world) }
}

/** The weather without what a thread has no use for. */
export function sendable({ truth }: ReplayWorld) {
  const { start, outdoorC, solarWm2, windMs } = truth.weather
  return { start, outdoorC, solarWm2, windMs }
}
