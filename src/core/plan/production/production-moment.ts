import type { EmissionTerms, Fuel } from '../../domain/plant.ts'

/** What the cost of heat depends on in one slot. */
export interface ProductionMoment {
  readonly spotEurPerMwh: number
  readonly outdoorC: number
  /** Supply temperature of the network. */
  readonly supplyC: number
  /** Emissions of a kilowatt-hour of electricity; 0 where nobody tells. */
  readonly gPerKwh: number
  readonly emissions: EmissionTerms
}

/** So much heat at one marginal cost. A unit's blocks never fall in price. */
export interface HeatBlock {
  readonly kw: number
  readonly eurPerMwh: number
  readonly kgPerMwh: number
}

/** A MWh of fuel with its emissions paid, without taxes on heat. */
export function burnedEurPerMwh(fuel: Fuel, { emissions }: ProductionMoment): number {
  return fuel.eurPerMwh + (fuel.co2KgPerMwh * emissions.eurPerT) / 1000
}

/** A MWh of electricity that is bought. */
export function boughtEurPerMwh(feeEurPerMwh: number, moment: ProductionMoment): number {
  const carbonEurPerMwh = (moment.gPerKwh * moment.emissions.electricityEurPerT) / 1000
  return moment.spotEurPerMwh + feeEurPerMwh + carbonEurPerMwh
}
