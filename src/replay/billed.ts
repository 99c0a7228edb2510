import type { Building } from '../core/domain/building.ts'
import { DAY_MS, SLOT_MS } from '../core/domain/instant.ts'
import { energyEurPerKwh } from '../core/plan/tariffs/energy-price.ts'
import { curveSupplyC } from '../core/state/curve-supply.ts'
import type { BuildingRun } from './accumulate.ts'
import type { Neighbour, Scene } from './street.ts'

export type Life = Pick<BuildingRun, 'trace' | 'setpointsSent' | 'writes'>

/** A life with its bill: a heat pump's owner pays for electricity, everyone else for heat. */
export function billed({ scenario, world }: Scene, { spec, building }: Neighbour, life: Life): BuildingRun {
  const { prices } = world.truth
  const { trace } = life
  const { tariff } = building
  const paysElectricity = tariff.kind === 'heat-pump' && spec.heatPump !== null
  const spotEurPerKwh = (k: number) =>
    (prices.values[(scenario.start + k * SLOT_MS - prices.start) / SLOT_MS] ?? Number.NaN) / 1000
  const eurPerKwh =
    paysElectricity && tariff.kind === 'heat-pump'
      ? trace.heatKw.map((_, k) => spotEurPerKwh(k) + tariff.feeEurPerMwh / 1000)
      : heatPrice({ scenario, world }, building)
  const { gPerKwh } = world
  return {
    building,
    zones: spec.zones.length,
    billedKw: paysElectricity ? trace.electricKw : trace.heatKw,
    eurPerKwh,
    gPerKwh: gPerKwh && trace.heatKw.map((_, k) => emission(gPerKwh, scenario.start + k * SLOT_MS)),
    ...life,
  }
}

/** A constant is a series of one value. */
function emission({ start, values }: { start: number; values: Float64Array }, at: number): number {
  return values.length === 1 ? values[0]! : (values[Math.floor((at - start) / SLOT_MS)] ?? Number.NaN)
}

/** What a kilowatt-hour of space heat costs the owner, by tariff. */
export function heatPrice(
  { scenario, world }: Pick<Scene, 'scenario' | 'world'>,
  building: Building,
): Float64Array {
  const { prices, weather } = world.truth
  return Float64Array.from({ length: scenario.days * (DAY_MS / SLOT_MS) }, (_, k) => {
    const at = scenario.start + k * SLOT_MS
    const spot = prices.values[(at - prices.start) / SLOT_MS] ?? Number.NaN
    const outdoorC = weather.outdoorC[(at - weather.start) / SLOT_MS] ?? Number.NaN
    return energyEurPerKwh(building.tariff, {
      at,
      spotEurPerMwh: spot,
      outdoorC,
      supplyC: curveSupplyC(building, outdoorC),
      loadKw: 0,
      timeZone: scenario.site.timeZone,
    })
  })
}
