import type { Instant } from './instant.ts'

/** Prices and emissions of a megawatt-hour of fuel (lower heating value). */
export interface Fuel {
  readonly eurPerMwh: number
  /** Energy taxes on fuel burned for heat. */
  readonly taxEurPerMwh: number
  readonly co2KgPerMwh: number
}

/** While it is away, or gives only a share of its heat. */
export interface Outage {
  readonly from: Instant
  readonly until: Instant
  readonly availableRatio: number
}

interface UnitTerms {
  readonly id: string
  /** Most heat that it gives, kW. */
  readonly capKw: number
  /** Least heat while it runs; plans relax it and say where they are not runnable. */
  readonly minKw: number
  /** Of each start: counted in what production came to, not in plans. */
  readonly startEur: number
  /** Wear and water, EUR for a MWh of heat. */
  readonly operationEurPerMwh: number
  readonly outages: readonly Outage[]
}

/** Heat and power in one ratio; what passes the turbine by is heat alone. */
export interface BackPressureChp extends UnitTerms {
  readonly kind: 'back-pressure-chp'
  readonly powerToHeatRatio: number
  /** Heat and power over fuel. */
  readonly efficiency: number
  readonly fuel: Fuel
  /** Heat that may pass the turbine by; 0 where there is no way around it. */
  readonly bypassKw: number
  /** What the sale of a MWh of power costs: fees and balancing. */
  readonly saleFeeEurPerMwh: number
}

/** Condensing turbine with a tap: each kilowatt-hour of heat costs `powerLossRatio` of power. */
export interface ExtractionChp extends UnitTerms {
  readonly kind: 'extraction-chp'
  readonly powerLossRatio: number
  /** Least power over heat, at full tap. */
  readonly powerToHeatRatio: number
  /** Power over fuel without heat. */
  readonly electricEfficiency: number
  readonly fuel: Fuel
  readonly saleFeeEurPerMwh: number
}

/** A COP as measured: from the data sheet, at these temperatures. */
export interface RatedCop {
  readonly sourceC: number
  readonly supplyC: number
  readonly cop: number
}

export interface HeatPumpUnit extends UnitTerms {
  readonly kind: 'heat-pump'
  /** Temperature of sea, sewage or waste heat; outdoor air where left out. */
  readonly sourceC?: number | undefined
  readonly rated: readonly RatedCop[]
  /** Grid fee and tax on electricity that it buys. */
  readonly feeEurPerMwh: number
}

export interface ElectricBoiler extends UnitTerms {
  readonly kind: 'electric-boiler'
  readonly efficiency: number
  readonly feeEurPerMwh: number
}

export interface Boiler extends UnitTerms {
  readonly kind: 'boiler'
  readonly efficiency: number
  readonly fuel: Fuel
}

/** Heat that is there anyway, bought at a price. */
export interface WasteHeat extends UnitTerms {
  readonly kind: 'waste-heat'
  readonly eurPerMwh: number
}

export type ProductionUnit =
  | BackPressureChp
  | ExtractionChp
  | HeatPumpUnit
  | ElectricBoiler
  | Boiler
  | WasteHeat

/** A tank of hot water. */
export interface HeatStore {
  readonly id: string
  readonly capacityKwh: number
  readonly chargeKw: number
  readonly dischargeKw: number
  /** Of its heat, lost in a day. */
  readonly lossRatioPerDay: number
  /** The branch that it stands on; the plant where left out. */
  readonly branch?: string | undefined
}

export interface Plant {
  readonly units: readonly ProductionUnit[]
  readonly stores: readonly HeatStore[]
}

/** What emissions cost, and how much of them there may be. */
export interface EmissionTerms {
  /** EUR for a tonne out of the plant's own chimneys. */
  readonly eurPerT: number
  /** EUR for a tonne behind electricity that is bought, on top of what its market price already holds. */
  readonly electricityEurPerT: number
  readonly capKgPerDay?: number | undefined
}
