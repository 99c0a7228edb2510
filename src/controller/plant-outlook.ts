import type { Building } from '../core/domain/building.ts'
import { type Instant, SLOT_HOURS } from '../core/domain/instant.ts'
import type { ProductionView } from '../core/domain/views.ts'
import { type PlantJob, type PlantTerms, plantJob } from '../core/plan/production/plant-job.ts'
import { planningEurPerKwh } from '../core/plan/tariffs/planning-price.ts'
import { curveSupplyC } from '../core/state/curve-supply.ts'
import type { Member } from './member.ts'
import { besideSpaceHeat, memberDemand } from './member-demand.ts'
import type { Outlook } from './outlook.ts'

/** One of our buildings as the network meets it, kW a slot. */
export interface MemberFlow {
  readonly branch: string | undefined
  /** All its heat on its own curve. */
  readonly curveKw: Float64Array
  /** What of it no plan moves. */
  readonly anywayKw: Float64Array
}

/** A building’s heat, of which a plan moves all but hot water and air handling; none where it is not planned now. */
export function memberFlow(member: Member, isPlanned: boolean, outlook: Outlook, now: Instant): MemberFlow {
  const { expectedKw, curveKw } = memberDemand(member, outlook, now)
  const anywayKw = isPlanned ? besideSpaceHeat(member, outlook) : expectedKw
  return { branch: member.building.branch, curveKw, anywayKw }
}

/** Whether the plant heats it; a heat pump of its own buys electricity. */
export function isOnNetwork({ tariff }: Pick<Building, 'tariff'>): boolean {
  return tariff.kind !== 'heat-pump'
}

/** What the fleet's problem takes from plant and network in this outlook. */
export function plantOutlook(
  terms: PlantTerms,
  outlook: Outlook,
  flows: readonly MemberFlow[],
  levelsKwh: ReadonlyMap<string, number> = new Map(),
): PlantJob {
  return plantJob(terms, {
    start: outlook.start,
    timeZone: outlook.timeZone,
    spotEurPerMwh: outlook.prices.eurPerMwh,
    outdoorC: outlook.outdoorC,
    gPerKwh: outlook.co2?.gPerKwh,
    steeredKw: byBranch(flows, ({ curveKw }) => curveKw),
    anywayKw: byBranch(flows, ({ anywayKw }) => anywayKw),
    levelsKwh,
  })
}

function byBranch(
  flows: readonly MemberFlow[],
  of: (flow: MemberFlow) => Float64Array,
): ReadonlyMap<string, Float64Array> {
  const sums = new Map<string, Float64Array>()
  for (const flow of flows) {
    const branch = flow.branch ?? ''
    const sum = sums.get(branch)
    if (!sum) sums.set(branch, of(flow).slice())
    else for (const [k, kw] of of(flow).entries()) sum[k] = sum[k]! + kw
  }
  return sums
}

/** For people: what heat costs to make beside what owners pay for it, on the curves. Null without a plant. */
export function productionView(
  { expected, expectedKw, sources, notes }: PlantJob,
  outlook: Outlook,
  buildings: readonly Building[],
): ProductionView | null {
  if (!expected) return null
  const kg = expectedKw.map((_, k) =>
    sources.reduce((sum, { kgPerKw }, j) => sum + kgPerKw[k]! * expected.sourceKw[j]![k]!, 0),
  )
  const units = [...new Set(sources.map(({ unit }) => unit))]
  return {
    start: outlook.start,
    marginalEurPerMwh: Array.from(expected.marginalEurPerKwh, (eur) => 1000 * eur),
    tariffEurPerMwh: meanTariff(outlook, buildings),
    heatGPerKwh: Array.from(expectedKw, (kw, k) => (kw > 0 ? (1000 * kg[k]!) / (kw * SLOT_HOURS) : 0)),
    heatKw: Array.from(expectedKw),
    units: units.map((unit) => ({
      unit,
      heatKw: Array.from(expectedKw, (_, k) =>
        sources.reduce((sum, source, j) => sum + (source.unit === unit ? expected.sourceKw[j]![k]! : 0), 0),
      ),
    })),
    notes,
  }
}

/** Over buildings, by their greatest heat; what owners are asked for energy. */
function meanTariff(outlook: Outlook, buildings: readonly Building[]): number[] {
  const sum = new Float64Array(outlook.slots)
  let weight = 0
  for (const building of buildings) {
    const price = planningEurPerKwh(building.tariff, {
      start: outlook.start,
      timeZone: outlook.timeZone,
      spotEurPerMwh: outlook.prices.eurPerMwh,
      outdoorC: outlook.outdoorC,
      supplyC: outlook.outdoorC.map((c) => curveSupplyC(building, c)),
      loadKw: new Float64Array(outlook.slots),
    })
    weight += building.maxHeatKw
    for (const [k, eur] of price.entries()) sum[k] = sum[k]! + 1000 * eur * building.maxHeatKw
  }
  return Array.from(sum, (eur) => (weight > 0 ? eur / weight : 0))
}
