import { SLOT_HOURS } from '../../core/domain/instant.ts'
import type { Plant } from '../../core/domain/plant.ts'
import { solveFleetQp } from '../../core/math/fleet/solve-fleet-qp.ts'
import type { UnitSource } from '../../core/plan/production/heat-sources.ts'
import { type StoredProduction, serveWithStores } from '../../core/plan/production/serve-with-stores.ts'
import { relaxationNotes, type UnitRun, unitRuns } from '../../core/plan/production/unit-runs.ts'
import type { ProductionCost } from '../../core/plan/production-cost.ts'
import type { BuildingRun } from '../accumulate.ts'
import { sumOf, value } from '../slot-sums.ts'
import type { PlantLoad } from './plant-load.ts'
import type { ProductionFigures } from './production-report.ts'

/** One run as its plant saw it. */
export interface RunProduction {
  readonly figures: ProductionFigures
  readonly cost: ProductionCost
  readonly units: readonly UnitRun[]
  readonly notes: readonly string[]
}

/** A load's heat by merit order, with heat stores where the plant has any. */
export function serve(
  plant: Plant,
  sources: readonly UnitSource[],
  loadKw: Float64Array,
): Promise<StoredProduction> {
  return serveWithStores(plant, sources, loadKw, solveFleetQp)
}

/** With what the stores hold at the end settled. */
export function costEur({ costEur: eur, storedEur }: StoredProduction): number {
  return eur - storedEur
}

/** Serves a run's true load, and says what of its cost the fleet causes. */
export async function runProduction(
  plant: Plant,
  sources: readonly UnitSource[],
  load: PlantLoad,
  paid: Paid & { readonly withoutEur: number },
): Promise<RunProduction> {
  const cost = await serve(plant, sources, load.allKw)
  const units = unitRuns(plant.units, sources, cost.sourceKw)
  const fleetHeatKwh = energyKwh(load.fleetKw)
  const marginal = cost.marginalEurPerKwh
  const mean = marginal.reduce((sum, eur) => sum + eur, 0) / marginal.length
  return {
    figures: {
      costEur: costEur(cost),
      fleetCostEur: costEur(cost) - paid.withoutEur,
      storedHeatKwh: paid.storedHeatKwh,
      storedHeatEur: paid.storedHeatKwh * mean,
      co2Kg: cost.co2Kg,
      heatKwh: energyKwh(load.allKw),
      fleetHeatKwh,
      marginalEurPerMwh: 1000 * mean,
      fleetMarginalEurPerMwh: (1000 * worthEur(marginal, load.fleetKw)) / fleetHeatKwh,
      tariffEurPerMwh: (1000 * paid.energyEur) / fleetHeatKwh,
      billsEur: paid.billsEur,
      units: Object.fromEntries(units.map((unit) => [unit.unit, unitFigures(unit)])),
      unservedKwh: cost.unservedKwh,
    },
    cost,
    units,
    notes: relaxationNotes(plant.units, units),
  }
}

/** What owners paid in all, and heat left in their structures. */
export interface Paid {
  readonly energyEur: number
  readonly billsEur: number
  readonly storedHeatKwh: number
}

export function storedHeatKwh(runs: readonly BuildingRun[]): number {
  return sumOf(runs, ({ trace }) => trace.storedAtEndKwh - trace.storedAtStartKwh)
}

export function energyKwh(kw: Float64Array): number {
  return kw.reduce((sum, one) => sum + one * SLOT_HOURS, 0)
}

/** A load at a price a slot, EUR. */
export function worthEur(eurPerKwh: Float64Array, kw: Float64Array): number {
  return kw.reduce((sum, one, k) => sum + one * value(eurPerKwh, k) * SLOT_HOURS, 0)
}

function unitFigures({ heatKwh, starts, startsEur, notRunnableSlots }: UnitRun) {
  return { heatKwh, starts, startsEur, notRunnableHours: notRunnableSlots.length * SLOT_HOURS }
}
