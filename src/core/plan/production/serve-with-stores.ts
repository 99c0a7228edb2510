import { SLOT_HOURS } from '../../domain/instant.ts'
import type { HeatStore, Plant } from '../../domain/plant.ts'
import type { FleetQp, FleetQpResult } from '../../math/fleet/fleet-qp.ts'
import { costOf, type ProductionCost, productionCost } from '../production-cost.ts'
import type { UnitSource } from './heat-sources.ts'
import { readStore, storeQp } from './store-qp.ts'

/** A load as it was, with the stores run day by day as well as anyone could who knew the next two. */
export interface StoredProduction extends ProductionCost {
  /** Charge and, at each slot's end, level of each store. */
  readonly stores: readonly {
    readonly id: string
    readonly chargeKw: Float64Array
    readonly levelKwh: Float64Array
  }[]
  /** What the heat in the stores at the end, less that at the start, is worth at the mean margin. */
  readonly storedEur: number
}

type Solve = (qp: FleetQp) => Promise<FleetQpResult>

const HORIZON = 192
const DAY = 96

/** Half full at the start. Without a store, or on days for which there is no plan, each slot is served by itself. */
export async function serveWithStores(
  { stores }: Pick<Plant, 'stores'>,
  sources: readonly UnitSource[],
  loadKw: Float64Array,
  solve: Solve,
): Promise<StoredProduction> {
  const alone = productionCost(sources, loadKw)
  const n = loadKw.length
  const marginalEurPerKwh = alone.marginalEurPerKwh.slice()
  const sourceKw = alone.sourceKw.map((kw) => kw.slice())
  const kept = stores.map(({ id }) => ({ id, chargeKw: new Float64Array(n), levelKwh: new Float64Array(n) }))
  let levels = stores.map(({ capacityKwh }) => capacityKwh / 2)
  for (let from = 0; from < n && stores.length > 0; from += DAY) {
    const window = { from, to: Math.min(n, from + HORIZON) }
    const qp = windowQp(stores, levels, { sources, loadKw, eurPerKwh: alone.marginalEurPerKwh }, window)
    const result = await solve(qp)
    if (result.status === 'not-finite') continue
    const days = Math.min(n, from + DAY) - from
    marginalEurPerKwh.set(
      result.nodePrice[0].subarray(0, days).map((eur) => eur / SLOT_HOURS),
      from,
    )
    for (const [j, kw] of sourceKw.entries()) kw.set(result.sourceKw[j].subarray(0, days), from)
    const plans = stores.map((store, i) => readStore(store, result.members[i]))
    for (const [i, { chargeKw, levelKwh }] of plans.entries()) {
      kept[i].chargeKw.set(chargeKw.subarray(0, days), from)
      kept[i].levelKwh.set(levelKwh.subarray(0, days), from)
    }
    levels = plans.map(({ levelKwh }, i) => Math.max(0, Math.min(stores[i].capacityKwh, levelKwh[days - 1])))
  }
  const mean = marginalEurPerKwh.reduce((sum, eur) => sum + eur, 0) / n
  const leftKwh = levels.reduce((sum, level, i) => sum + level - stores[i].capacityKwh / 2, 0)
  return {
    ...costOf(sources, sourceKw),
    marginalEurPerKwh,
    sourceKw,
    unservedKwh: unservedKwh(loadKw, sourceKw, kept),
    stores: kept,
    storedEur: leftKwh * mean,
  }
}

interface Asked {
  readonly sources: readonly UnitSource[]
  readonly loadKw: Float64Array
  readonly eurPerKwh: Float64Array
}

function windowQp(
  stores: readonly HeatStore[],
  levelsKwh: readonly number[],
  { sources, loadKw, eurPerKwh }: Asked,
  { from, to }: { readonly from: number; readonly to: number },
): FleetQp {
  const cut = (series: Float64Array) => series.slice(from, to)
  const members = stores.map((store, i) => storeQp(store, levelsKwh[i], cut(eurPerKwh)))
  const given = members.reduce((sum, { fixedKw }) => sum + fixedKw, 0)
  const capKw = new Float64Array(to - from).fill(Number.POSITIVE_INFINITY)
  const fixedKw = cut(loadKw).map((kw) => kw + given)
  return {
    n: to - from,
    members: members.map(({ qp }) => ({ qp, node: 0 })),
    nodes: [{ parent: -1, fixedKw, capKw, lossRatio: 0, delaySteps: 0 }],
    sources: sources.map((source) => ({
      capKw: cut(source.capKw),
      eurPerKw: cut(source.eurPerKw),
      slope: cut(source.slope),
      kgPerKw: cut(source.kgPerKw),
    })),
    peakEurPerKw: 0,
    limits: [],
    co2CapKg: Number.POSITIVE_INFINITY,
  }
}

function unservedKwh(
  loadKw: Float64Array,
  sourceKw: readonly Float64Array[],
  stores: StoredProduction['stores'],
): number {
  return loadKw.reduce((sum, kw, k) => {
    const made = sourceKw.reduce((all, source) => all + source[k], 0)
    const charged = stores.reduce((all, { chargeKw }) => all + chargeKw[k], 0)
    const lackKw = kw + charged - made
    return sum + (lackKw > 1e-6 * kw ? lackKw * SLOT_HOURS : 0)
  }, 0)
}
