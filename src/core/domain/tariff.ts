/** What heat costs its owner: a price of energy, and what may be charged beside it. */
export type Tariff = EnergyTariff & TariffFees

export type EnergyTariff =
  | { readonly kind: 'spot'; readonly feeEurPerMwh: number }
  | { readonly kind: 'flat'; readonly eurPerMwh: number }
  | { readonly kind: 'monthly'; readonly eurPerMwh: readonly number[] }
  | HourlyTariff
  | HeatPumpTariff

/** A price for each hour of the clock on the wall. */
export interface HourlyTariff {
  readonly kind: 'hourly'
  readonly eurPerMwh: readonly number[]
  /** Saturdays and Sundays; as on workdays where left out. */
  readonly weekendEurPerMwh?: readonly number[] | undefined
}

/** Electricity at spot plus grid fee through a heat pump of the building's own. */
export interface HeatPumpTariff {
  readonly kind: 'heat-pump'
  readonly feeEurPerMwh: number
  readonly copByOutdoorC: readonly CopPoint[]
  readonly pump?: PumpTerms | undefined
}

export interface CopPoint {
  readonly outdoorC: number
  readonly cop: number
  /** The supply temperature that it holds at; the building's own curve there where left out. */
  readonly supplyC?: number | undefined
}

/** What else is known of a building's heat pump. */
export interface PumpTerms {
  /** Share of the COP that defrosting takes at its worst, around 0 °C. */
  readonly defrostLossRatio: number
  /** Heat of the compressor by outdoor temperature; what is beyond comes from the backup heater. */
  readonly capacity?: readonly { readonly outdoorC: number; readonly kw: number }[] | undefined
  readonly backupEfficiency: number
  readonly minRunMinutes: number
  readonly minOffMinutes: number
}

export interface TariffFees {
  readonly powerFee?: PowerFee | undefined
  readonly returnFee?: ReturnFee | undefined
  readonly flowFee?: FlowFee | undefined
}

/** Months of the calendar, 1 to 12; all where left out. */
type Months = readonly number[]

/** A fee on the largest hour, or on the largest mean of a local day. */
export interface PowerFee {
  readonly on: 'hour' | 'day'
  readonly eurPerKwMonth: number
  /** How many months a new peak stays on the bill. */
  readonly billedMonths: number
  /** The peak that is billed already. */
  readonly peakSoFarKw: number
  /** Months in which a peak counts. */
  readonly months?: Months | undefined
}

/** The price of energy by the primary return temperature, weighted by flow: a bonus below, a fee above. */
export interface ReturnFee {
  readonly neutralC: number
  /** Kelvins either side of it that change nothing. */
  readonly bandK: number
  readonly percentPerK: number
  readonly mostPercent: number
  readonly months?: Months | undefined
}

/** A fee on district-heating water. */
export interface FlowFee {
  readonly eurPerM3: number
  readonly months?: Months | undefined
}
