import type { HeatPumpUnit, RatedCop } from '../../domain/plant.ts'
import { boughtEurPerMwh, type HeatBlock, type ProductionMoment } from './production-moment.ts'

const KELVIN = 273.15
const LEAST_LIFT_K = 5

/** Electricity at spot plus fee over the COP between its source and the network's supply. */
export function heatPumpBlocks(unit: HeatPumpUnit, moment: ProductionMoment): HeatBlock[] {
  const cop = unitCop(unit.rated, unit.sourceC ?? moment.outdoorC, moment.supplyC)
  const eurPerMwh = boughtEurPerMwh(unit.feeEurPerMwh, moment) / cop + unit.operationEurPerMwh
  return [{ kw: unit.capKw, eurPerMwh, kgPerMwh: moment.gPerKwh / cop }]
}

/** Carnot's limit times the share of it that the rated points reach, on lines over the lift between them. */
export function unitCop(rated: readonly RatedCop[], sourceC: number, supplyC: number): number {
  const liftK = (from: number, to: number) => Math.max(LEAST_LIFT_K, to - from)
  const carnot = (from: number, to: number) => (to + KELVIN) / liftK(from, to)
  const shares = rated
    .map((point) => ({
      liftK: liftK(point.sourceC, point.supplyC),
      ratio: point.cop / carnot(point.sourceC, point.supplyC),
    }))
    .sort((a, b) => a.liftK - b.liftK)
  return Math.max(1, shareAt(shares, liftK(sourceC, supplyC)) * carnot(sourceC, supplyC))
}

function shareAt(shares: readonly { liftK: number; ratio: number }[], liftK: number): number {
  const above = shares.findIndex((share) => share.liftK > liftK)
  if (above === 0) return shares[0].ratio
  if (above < 0) return shares[shares.length - 1].ratio
  const [left, right] = [shares[above - 1], shares[above]]
  return left.ratio + ((liftK - left.liftK) / (right.liftK - left.liftK)) * (right.ratio - left.ratio)
}
