import type { BuildingRun } from '../accumulate.ts'
import { heatPrice } from '../billed.ts'
import type { FleetRuns } from '../savings.ts'
import { sumOf } from '../slot-sums.ts'
import type { Scene } from '../street.ts'
import { ownersBills } from './owners-bills.ts'
import { eachRun, gainsOf, meanTariff, type Production } from './plant-production.ts'
import type { ProductionFigures } from './production-report.ts'
import { energyKwh, worthEur } from './run-production.ts'

const HOW =
  'Each building makes its heat from electricity at spot plus grid fee: the margin is that price over the COP at the outdoor temperature and the curve’s supply, the cost what the simulated pumps truly drew, backup and hot water in it.'

/** The three runs of buildings with heat pumps of their own: whoever pays makes the heat. */
export function ownProduction(scene: Scene, runs: FleetRuns): Production {
  const prices = new Map(
    scene.street.map(({ building }) => [building.id as string, heatPrice(scene, building)]),
  )
  const made = eachRun((name) => runOf(scene, runs[name], prices))
  const tariff = meanTariff(scene)
  return {
    report: { how: HOW, runs: made, gains: gainsOf(made), notes: [] },
    series: { marginalEurPerMwh: eachRun(() => tariff), tariffEurPerMwh: tariff, units: [] },
  }
}

function runOf(
  { scenario, world, street }: Scene,
  runs: readonly BuildingRun[],
  prices: ReadonlyMap<string, Float64Array>,
): ProductionFigures {
  const buildings = new Map(street.map(({ building }) => [building.id as string, building]))
  const ground = { start: scenario.start, timeZone: scenario.site.timeZone, ...world.truth, buildings }
  const paid = ownersBills(ground, runs)
  const heatKwh = sumOf(runs, ({ trace }) => energyKwh(trace.heatKw))
  const none = new Float64Array()
  const priceOf = ({ building }: BuildingRun) => prices.get(building.id) ?? none
  const meanEurPerKwh =
    sumOf(runs, (run) => priceOf(run).reduce((sum, eur) => sum + eur, 0) / priceOf(run).length) / runs.length
  const atMargin = sumOf(runs, (run) => worthEur(priceOf(run), run.trace.heatKw))
  return {
    costEur: paid.energyEur,
    fleetCostEur: paid.energyEur,
    storedHeatKwh: paid.storedHeatKwh,
    // Who makes it is who pays it: it is worth the same to both.
    storedHeatEur: (paid.storedHeatKwh * paid.energyEur) / heatKwh,
    co2Kg: sumOf(runs, ({ billedKw, gPerKwh }) => (gPerKwh ? worthEur(gPerKwh, billedKw) / 1000 : 0)),
    heatKwh,
    fleetHeatKwh: heatKwh,
    marginalEurPerMwh: 1000 * meanEurPerKwh,
    fleetMarginalEurPerMwh: (1000 * atMargin) / heatKwh,
    tariffEurPerMwh: (1000 * paid.energyEur) / heatKwh,
    billsEur: paid.billsEur,
    units: {},
    unservedKwh: 0,
  }
}
