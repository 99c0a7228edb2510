import { SLOT_MS } from '../../core/domain/instant.ts'
import type { Plant } from '../../core/domain/plant.ts'
import { heatSources, type UnitSource } from '../../core/plan/production/heat-sources.ts'
import type { PlantTerms } from '../../core/plan/production/plant-job.ts'
import { outageNotes } from '../../core/plan/production/unit-runs.ts'
import { whoGains } from '../../core/plan/tariffs/who-gains.ts'
import type { BuildingRun } from '../accumulate.ts'
import { heatPrice } from '../billed.ts'
import type { NetworkTruth } from '../network/network-truth.ts'
import { type BaselineName, RUN_NAMES, type RunName } from '../report.ts'
import type { FleetRuns } from '../savings.ts'
import { value } from '../slot-sums.ts'
import type { Scene } from '../street.ts'
import { type BillGround, cut, ownersBills } from './owners-bills.ts'
import { type PlantLoad, plantLoads } from './plant-load.ts'
import type { ProductionFigures, ProductionReport, ProductionSeries } from './production-report.ts'
import { costEur, type RunProduction, runProduction, serve } from './run-production.ts'

export interface Production {
  readonly report: ProductionReport
  readonly series: ProductionSeries
}

const HOW =
  'Each quarter-hour of the true load of the whole network is served by merit order, least loads and starts relaxed; the marginal price is what one more megawatt-hour would have cost, the tariff what owners pay for one.'

const TANKS =
  'Heat stores are run day by day by whoever knows load and prices of the next two, half full at first; what they hold at the end is counted.'

/** The three runs as the plant that fed them saw them, beside what their owners paid. */
export async function plantProduction(
  scene: Scene,
  terms: PlantTerms & { readonly plant: Plant },
  truth: NetworkTruth | undefined,
  runs: FleetRuns,
): Promise<Production> {
  const { plant, network } = terms
  const { scenario, world, street } = scene
  const { start, site } = scenario
  const { timeZone } = site
  const onNetwork = (all: readonly BuildingRun[]) => all.filter((_, i) => street[i]?.spec.heatPump === null)
  const fed = eachRun((name) => onNetwork(runs[name]))
  const loadOf = plantLoads({ network, truth, start, timeZone, weather: world.truth.weather }, fed.asFound)
  const loads = eachRun((name) => loadOf(fed[name]))
  const sources = trueSources(scene, terms, loads.asFound)
  const ground: BillGround = { start, timeZone, ...world.truth, buildings: contracts(scene) }
  const { allKw, fleetKw } = loads.asFound
  const others = allKw.map((kw, k) => Math.max(0, kw - value(fleetKw, k)))
  const withoutEur = costEur(await serve(plant, sources, others))
  const produce = (name: RunName) =>
    runProduction(plant, sources, loads[name], { ...ownersBills(ground, fed[name]), withoutEur })
  const made = {
    asFound: await produce('asFound'),
    tunedDown: await produce('tunedDown'),
    controlled: await produce('controlled'),
  }
  const tanks = plant.stores.length > 0 ? [TANKS] : []
  const notes = [...outageNotes(plant.units, start, allKw.length), ...made.controlled.notes, ...tanks]
  const figures = eachRun((name) => made[name].figures)
  return {
    report: { how: HOW, runs: figures, gains: gainsOf(figures), notes },
    series: seriesOf(scene, made),
  }
}

export function eachRun<T>(of: (name: RunName) => T): Record<RunName, T> {
  return { asFound: of(RUN_NAMES[0]), tunedDown: of(RUN_NAMES[1]), controlled: of(RUN_NAMES[2]) }
}

function contracts({ street }: Scene): BillGround['buildings'] {
  return new Map(street.map(({ building }) => [building.id as string, building]))
}

/** The merit order as it truly was. */
function trueSources(
  { scenario, world }: Scene,
  { plant, emissions }: PlantTerms,
  load: PlantLoad,
): UnitSource[] {
  const { start } = scenario
  const { prices } = world.truth
  const slots = load.allKw.length
  const { gPerKwh } = world
  return heatSources(plant ?? { units: [] }, {
    start,
    spotEurPerMwh: cut(prices.values, prices.start, start, slots),
    outdoorC: load.outdoorC,
    supplyC: load.supplyC,
    gPerKwh: load.allKw.map((_, k) => {
      if (!gPerKwh) return 0
      const { start: first, values } = gPerKwh
      return values.length === 1 ? value(values, 0) : value(values, (start - first) / SLOT_MS + k)
    }),
    emissions,
  })
}

/** By control against either baseline; heat left in the structure is worth to each side what it pays for heat. */
export function gainsOf(figures: Readonly<Record<RunName, ProductionFigures>>): ProductionReport['gains'] {
  const accounts = (run: ProductionFigures) => ({
    productionEur: run.fleetCostEur - run.storedHeatEur,
    billsEur: run.billsEur - (run.storedHeatKwh * run.tariffEurPerMwh) / 1000,
  })
  const against = (name: BaselineName) => whoGains(accounts(figures[name]), accounts(figures.controlled))
  return { asFound: against('asFound'), tunedDown: against('tunedDown') }
}

function seriesOf(scene: Scene, made: Readonly<Record<RunName, RunProduction>>): ProductionSeries {
  const { units } = made.controlled
  return {
    marginalEurPerMwh: eachRun((name) => made[name].cost.marginalEurPerKwh.map((eur) => 1000 * eur)),
    tariffEurPerMwh: meanTariff(scene),
    units: units.map(({ unit, heatKw }) => ({ unit, heatKw })),
  }
}

/** Over the buildings, by their greatest heat, EUR/MWh a slot. */
export function meanTariff(scene: Scene): Float64Array {
  const buildings = scene.street.map(({ building }) => building)
  const weight = buildings.reduce((sum, { maxHeatKw }) => sum + maxHeatKw, 0)
  const prices = buildings.map((building) => heatPrice(scene, building))
  return Float64Array.from(prices[0] ?? [], (_, k) =>
    buildings.reduce((sum, { maxHeatKw }, i) => sum + (1000 * maxHeatKw * prices[i]![k]!) / weight, 0),
  )
}
