import type { Instant } from '../../domain/instant.ts'
import { SLOT_HOURS } from '../../domain/instant.ts'
import type { Network } from '../../domain/network.ts'
import type { EmissionTerms, Plant } from '../../domain/plant.ts'
import type { FleetJob } from '../fleet-job.ts'
import { type ProductionCost, productionCost } from '../production-cost.ts'
import { heatSources, type UnitSource } from './heat-sources.ts'
import { type NodeTree, networkNodes } from './network-nodes.ts'
import { networkSupplyC } from './network-supply.ts'
import { storeQp } from './store-qp.ts'
import { outageNotes, relaxationNotes, unitRuns } from './unit-runs.ts'

/** Plant and network as configured; either may be missing. */
export interface PlantTerms {
  readonly plant?: Plant | undefined
  readonly network: Network
  readonly emissions: EmissionTerms
}

/** The days ahead, one value a slot. */
export interface PlantAhead {
  readonly start: Instant
  readonly timeZone: string
  readonly spotEurPerMwh: Float64Array
  readonly outdoorC: Float64Array
  /** Emissions of electricity; undefined where nobody tells. */
  readonly gPerKwh?: Float64Array | undefined
  /** Heat of all our buildings on their curves, hot water included, by branch; '' is the plant. */
  readonly steeredKw: ReadonlyMap<string, Float64Array>
  /** What of it no plan moves: hot water, and all heat of who is on his curve; by branch as well. */
  readonly anywayKw: ReadonlyMap<string, Float64Array>
  /** By store; one that is not named is taken to be half full. */
  readonly levelsKwh: ReadonlyMap<string, number>
}

/** What the fleet's problem takes from plant and network: plain data, made to be sent. */
export interface PlantJob
  extends Pick<FleetJob, 'stores' | 'nodes' | 'sources' | 'peakEurPerKw' | 'co2CapKg' | 'objective'> {
  readonly sources: readonly UnitSource[]
  readonly nodeOf: ReadonlyMap<string, number>
  /** Where everybody stays on the curves: flow at the plant, and what serving it costs; undefined without a plant. */
  readonly expectedKw: Float64Array
  readonly expected: ProductionCost | undefined
  /** By store, at the start. */
  readonly levelsKwh: ReadonlyMap<string, number>
  /** What a reader of the plan must know: outages, and where the relaxation is not runnable. */
  readonly notes: readonly string[]
}

/** Nobody measures a tank for us yet. */
const USUAL_FILLING = 0.5

/** Sources, network and stores of the days ahead. */
export function plantJob({ plant, network, emissions }: PlantTerms, ahead: PlantAhead): PlantJob {
  const n = ahead.outdoorC.length
  const supplyC = ahead.outdoorC.map((c) => networkSupplyC(network.supply, c))
  const tree = networkNodes(network, { ...ahead, supplyC })
  addAnyway(tree, ahead.anywayKw)
  const gPerKwh = ahead.gPerKwh?.map((g) => (Number.isNaN(g) ? 0 : g)) ?? new Float64Array(n)
  const sources = plant ? heatSources(plant, { ...ahead, supplyC, gPerKwh, emissions }) : []
  const expected = plant && productionCost(sources, tree.expectedKw)
  const levelsKwh = levelsOf(plant, ahead)
  const perDay = emissions.capKgPerDay ?? Number.POSITIVE_INFINITY
  return {
    ...tree,
    sources,
    // An owner's tariff tells no tank when to fill.
    stores:
      plant && expected && network.objective === 'system' ? storesOn(plant, levelsKwh, tree, expected) : [],
    peakEurPerKw: network.peakEurPerKw,
    co2CapKg: (perDay * n * SLOT_HOURS) / 24,
    objective: plant ? network.objective : 'owner',
    expected,
    levelsKwh,
    notes: plant && expected ? notesOf(plant, ahead, sources, expected) : [],
  }
}

function addAnyway({ nodes, nodeOf }: NodeTree, anywayKw: PlantAhead['anywayKw']): void {
  for (const [branch, kw] of anywayKw) {
    const { fixedKw } = nodes[nodeOf.get(branch) ?? 0]
    for (let k = 0; k < fixedKw.length; k++) fixedKw[k] += kw[k]
  }
}

function levelsOf(plant: Plant | undefined, { levelsKwh }: PlantAhead): ReadonlyMap<string, number> {
  const stores = plant?.stores ?? []
  return new Map(stores.map(({ id, capacityKwh }) => [id, levelsKwh.get(id) ?? USUAL_FILLING * capacityKwh]))
}

function storesOn(
  plant: Plant,
  levelsKwh: ReadonlyMap<string, number>,
  { nodeOf }: NodeTree,
  { marginalEurPerKwh }: ProductionCost,
): FleetJob['stores'] {
  return plant.stores.map((store) => ({
    store: storeQp(store, levelsKwh.get(store.id) ?? 0, marginalEurPerKwh),
    node: store.branch === undefined ? 0 : (nodeOf.get(store.branch) ?? 0),
  }))
}

function notesOf(
  { units, stores }: Plant,
  ahead: PlantAhead,
  sources: readonly UnitSource[],
  { sourceKw }: ProductionCost,
): string[] {
  const guessed = stores.filter(({ id }) => !ahead.levelsKwh.has(id))
  return [
    ...outageNotes(units, ahead.start, ahead.outdoorC.length),
    ...relaxationNotes(units, unitRuns(units, sources, sourceKw)),
    ...guessed.map(({ id }) => `${id} is taken to be half full: nobody told its level`),
    ...(ahead.gPerKwh ? [] : ['emissions of electricity are not known and counted as none']),
  ]
}
