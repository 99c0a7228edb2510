import type { FleetQp } from './fleet-qp.ts'

/** Whether the fleet's own numbers can be calculated with; those of a member are its own affair. */
export function isFiniteFleet(qp: FleetQp): boolean {
  return (
    qp.n > 0 &&
    qp.nodes.length > 0 &&
    qp.nodes.every(
      ({ fixedKw, capKw, lossRatio }) => allFinite(fixedKw) && noneNaN(capKw) && Number.isFinite(lossRatio),
    ) &&
    qp.sources.every(
      ({ capKw, eurPerKw, slope, kgPerKw }) => noneNaN(capKw) && [eurPerKw, slope, kgPerKw].every(allFinite),
    ) &&
    qp.limits.every(({ kw, eurPerKw }) => noneNaN(kw) && Number.isFinite(eurPerKw)) &&
    Number.isFinite(qp.peakEurPerKw) &&
    !Number.isNaN(qp.co2CapKg)
  )
}

function allFinite(values: Float64Array): boolean {
  return values.every(Number.isFinite)
}

function noneNaN(values: Float64Array): boolean {
  return !values.some(Number.isNaN)
}
