import type { Building } from '../../core/domain/building.ts'
import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { PriceSeries, WeatherSeries } from '../../core/domain/series.ts'
import { bill } from '../../core/plan/tariffs/bill.ts'
import { curveSupplyC } from '../../core/state/curve-supply.ts'
import type { BuildingRun } from '../accumulate.ts'
import { type Paid, storedHeatKwh } from './run-production.ts'

export interface BillGround {
  readonly start: Instant
  readonly timeZone: string
  readonly prices: PriceSeries
  readonly weather: Pick<WeatherSeries, 'start' | 'outdoorC'>
  /** As their owners' contracts are, by building. */
  readonly buildings: ReadonlyMap<string, Building>
}

/** What all owners of a run paid, every part of their tariffs counted. */
export function ownersBills({ buildings, ...ground }: BillGround, runs: readonly BuildingRun[]): Paid {
  let energyEur = 0
  let billsEur = 0
  for (const { building, trace } of runs) {
    const contract = buildings.get(building.id)
    if (!contract) continue
    const slots = trace.heatKw.length
    const outdoorC = cut(ground.weather.outdoorC, ground.weather.start, ground.start, slots)
    const paid = bill(contract.tariff, {
      start: ground.start,
      timeZone: ground.timeZone,
      heatKw: trace.heatKw,
      electricKw: contract.tariff.kind === 'heat-pump' ? trace.electricKw : undefined,
      primary: { flowM3h: trace.flowM3h, flowReturn: trace.flowReturn },
      spotEurPerMwh: cut(ground.prices.values, ground.prices.start, ground.start, slots),
      outdoorC,
      supplyC: outdoorC.map((c) => curveSupplyC(contract, c)),
    })
    energyEur += paid.energyEur
    billsEur += paid.totalEur
  }
  return { energyEur, billsEur, storedHeatKwh: storedHeatKwh(runs) }
}

export function cut(values: Float64Array, start: Instant, from: Instant, slots: number): Float64Array {
  const first = (from - start) / SLOT_MS
  return values.slice(first, first + slots)
}
