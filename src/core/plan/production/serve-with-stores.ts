import { SLOT_HOURS } from '../../domain/instant.ts'
import type { Plant } from '../../domain/plant.ts'
import type { FleetQp, FleetQpResult } from '../../math/fleet/fleet-qp.ts'
import { costOf, type ProductionCost, productionCost } from '../production-cost.ts'
import type { UnitSource } from './heat-sources.ts'
import { readStore, type StorePlan, storeQp } from './store-qp.ts'

/** A load as it was, with its stores run as well as anyone could who knew it beforehand. */
export interface StoredProduction extends ProductionCost {
  readonly stores: readonly StorePlan[]
  /** What the heat in the stores at the end, less that at the start, is worth at the mean margin. */
  readonly storedEur: number
}

/** Half full at the start. Without a store, or where the solver ends without a plan, each slot is served by itself. */
export async function serveWithStores(
  { stores }: Pick<Plant, 'stores'>,
  sources: readonly UnitSource[],
  loadKw: Float64Array,
  solve: (qp: FleetQp) => Promise<FleetQpResult>,
): Promise<StoredProduction> {
  const alone = { ...productionCost(sources, loadKw), stores: [], storedEur: 0 }
  if (stores.length === 0) return alone
  const members = stores.map((store) => storeQp(store, store.capacityKwh / 2, alone.marginalEurPerKwh))
  const given = members.reduce((sum, { fixedKw }) => sum + fixedKw, 0)
  const n = loadKw.length
  const result = await solve({
    n,
    members: members.map(({ qp }) => ({ qp, node: 0 })),
    nodes: [
      {
        parent: -1,
        fixedKw: loadKw.map((kw) => kw + given),
        capKw: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
        lossRatio: 0,
        delaySteps: 0,
      },
    ],
    sources,
    peakEurPerKw: 0,
    limits: [],
    co2CapKg: Number.POSITIVE_INFINITY,
  })
  if (result.status === 'not-finite') return alone
  const plans = stores.map((store, i) => readStore(store, result.members[i]))
  const marginalEurPerKwh = result.nodePrice[0].map((eur) => eur / SLOT_HOURS)
  const mean = marginalEurPerKwh.reduce((sum, eur) => sum + eur, 0) / n
  const leftKwh = plans.reduce((sum, { levelKwh }, i) => sum + levelKwh[n - 1] - stores[i].capacityKwh / 2, 0)
  return {
    ...costOf(sources, result.sourceKw),
    marginalEurPerKwh,
    sourceKw: result.sourceKw,
    unservedKwh: unservedKwh(result),
    stores: plans,
    storedEur: leftKwh * mean,
  }
}

function unservedKwh({ flowKw, sourceKw }: FleetQpResult): number {
  return flowKw[0].reduce((sum, kw, k) => {
    const made = sourceKw.reduce((all, source) => all + source[k], 0)
    const lack = kw - made
    return sum + (lack > 1e-6 * Math.abs(kw) ? lack * SLOT_HOURS : 0)
  }, 0)
}
