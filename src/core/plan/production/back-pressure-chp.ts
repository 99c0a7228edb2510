import type { BackPressureChp } from '../../domain/plant.ts'
import { burnedEurPerMwh, type HeatBlock, type ProductionMoment } from './production-moment.ts'

/**
 * With σ power a unit of heat, a MWh of heat by the turbine burns (1 + σ)/η of fuel and earns σ of power; past the
 * turbine it burns 1/η and earns nothing. One boiler of (1 + σ)·cap feeds both. While power is worth its fuel the
 * turbine goes first, and what the bypass adds beyond it costs the power that is lost; else the bypass goes first.
 * Both orders are convex, so that the planner may choose the load freely.
 */
export function backPressureBlocks(unit: BackPressureChp, moment: ProductionMoment): HeatBlock[] {
  const { powerToHeatRatio: sigma, efficiency, fuel, capKw } = unit
  const burned = burnedEurPerMwh(fuel, moment) / efficiency
  const beside = fuel.taxEurPerMwh / efficiency + unit.operationEurPerMwh
  const powerEurPerMwh = moment.spotEurPerMwh - unit.saleFeeEurPerMwh
  const kgPerMwh = fuel.co2KgPerMwh / efficiency
  const turbine = {
    eurPerMwh: (1 + sigma) * burned + beside - sigma * powerEurPerMwh,
    kgPerMwh: (1 + sigma) * kgPerMwh,
  }
  const bypassKw = Math.min(unit.bypassKw, (1 + sigma) * capKw)
  if (powerEurPerMwh >= burned) {
    // Of the boiler's heat each unit past the turbine frees 1/(1 + σ) there: a gain of σ/(1 + σ), for σ/(1 + σ) of power.
    const gainedKw = (bypassKw * sigma) / (1 + sigma)
    return [
      { kw: capKw, ...turbine },
      { kw: gainedKw, eurPerMwh: powerEurPerMwh + beside, kgPerMwh: 0 },
    ]
  }
  return [
    { kw: bypassKw, eurPerMwh: burned + beside, kgPerMwh },
    { kw: capKw - bypassKw / (1 + sigma), ...turbine },
  ]
}
