import type { BuildingId } from '../domain/building-id.ts'
import type { Instant } from '../domain/instant.ts'
import type { LocalBias } from '../domain/local-bias.ts'
import type { ThermalFilter } from '../thermal/filter.ts'

/** All that is believed of one building after its last sample: plain data, never changed in place. */
export interface Belief {
  readonly version: 1
  readonly building: BuildingId
  /** Of the last sample folded in. */
  readonly at: Instant
  readonly samples: number
  /** Null until a temperature was seen: a building with only a meter never gets one. */
  readonly filter: ThermalFilter | null
  readonly gains: GainsBelief
  readonly zones: readonly ZoneBelief[]
  readonly comfort: ComfortBelief
  /** What the thermometers have in common, and what it was in the last half-hour. */
  readonly level: LevelBelief
  readonly outdoor: OutdoorBelief
  readonly heat: HeatBelief
  readonly hotWater: HotWaterBelief
  /** Undefined until meters told it apart from space heat. */
  readonly ventilation?: VentilationBelief | undefined
  readonly signature: SignatureBelief
  readonly actuator: ActuatorBelief
  readonly hour: HourSums
}

export type ZoneState = 'ok' | 'window-open' | 'stuck' | 'jump' | 'out-of-range' | 'silent'

export interface ZoneBelief {
  readonly id: string
  readonly state: ZoneState
  readonly since: Instant
  /** The last plausible value and its instant, whatever the state. */
  readonly indoorC: number
  readonly at: Instant
  /** When it was last `ok`. */
  readonly okAt: Instant
  /** Its usual distance from the level, and the hours in which that was learned. */
  readonly offsetK: number
  readonly learnedHours: number
  /** Unchanged to the last digit since then, while the level went through this range. */
  readonly sameSince: Instant
  readonly levelLowC: number
  readonly levelHighC: number
  /** Up to three values at least ten minutes apart, oldest first. */
  readonly recent: readonly TimedC[]
  /** What a window or a jump took it from. */
  readonly beforeC: number
  /** In the comfort figures, by its value or by what stands in for it. */
  readonly counted: boolean
  /** Since when it is out of the band by half a kelvin. */
  readonly outSince: Instant | null
}

export interface TimedC {
  readonly at: Instant
  readonly c: number
}

/** Null where no valid thermometer is left: comfort is then not claimed. */
export interface ComfortBelief {
  /** Coldest valid zone that is no outlier; the 10th percentile where 20 or more count. */
  readonly coldestC: number | null
  /** The lowest of all that count, outlier or not: safety goes by it. */
  readonly lowestC: number | null
  readonly meanC: number | null
  readonly warmestC: number | null
  readonly zones: number
}

export interface LevelBelief {
  readonly c: number | null
  readonly recent: readonly TimedC[]
}

export interface GainsBelief {
  /** Unmeasured heat beyond the model's mean by the hour of the local week, kW. */
  readonly profileKw: Float64Array
}

export interface OutdoorBelief {
  readonly outdoorC: number | null
  /** Mean of about the last day: what the heating season goes by. */
  readonly dayMeanC: number | null
  /** Own sensor minus the weather, slowly; zero without a sane sensor. */
  readonly biasK: number
  readonly source: 'sensor' | 'weather' | 'none'
  readonly sameSince: Instant
  readonly weatherLowC: number
  readonly weatherHighC: number
  readonly sensorC: number | null
  /** By hour and horizon; absent until something was learned, and in beliefs of before it was. */
  readonly local?: LocalBias | undefined
}

export type HeatSource =
  | 'space-meter'
  | 'less-hot-water-meter'
  | 'less-hot-water-profile'
  | 'heat-pump'
  | 'signature'
  | 'none'

export interface HeatBelief {
  /** All heat through the meter, kW; null while none was seen. */
  readonly totalKw: number | null
  readonly spaceKw: number | null
  readonly hotWaterKw: number | null
  /** Air handling, where meters tell it apart; else it is part of space heat. */
  readonly ventKw?: number | undefined
  readonly source: HeatSource
  /** The end of the last metered interval. */
  readonly at: Instant
}

export interface HotWaterBelief {
  /** Hot water and its circulation by the hour of the local week, kW. */
  readonly profileKw: Float64Array
  readonly metered: boolean
}

export interface VentilationBelief {
  /** By the hour of the local week, for each kelvin that it is colder than the air blown in. */
  readonly kwPerK: Float64Array
}

/** A regression of space heat, hour by hour (see `signature.ts` for the order of the terms). */
export interface SignatureBelief {
  readonly mean: Float64Array
  readonly covariance: Float64Array
  /** Starting variances, which no forgetting exceeds. */
  readonly priorVariance: Float64Array
  /** What the hours of the local week take beyond it, kW: ventilation, night set-back, people. Their mean is zero. */
  readonly weekKw: Float64Array
  /** Mean room temperature that goes with an untouched curve, °C. */
  readonly roomC: number | null
  /** Hours learned from. */
  readonly hours: number
  /** Standard deviation of what it leaves unexplained, kW. */
  readonly residualKw: number
}

export interface ActuatorBelief {
  /** The offset in force, and what of it has reached the radiators, in the actuator's unit. */
  readonly offset: number
  readonly laggedOffset: number
  /** Realised over expected effect of late, 1 where nothing contradicts. */
  readonly upRatio: number
  readonly downRatio: number
  /** Since when the supply stays short of what was asked, or nothing flows. */
  readonly shortSince: Instant | null
  readonly noFlowSince: Instant | null
  /** Where a limiter holds it, the heat it holds it at. */
  readonly limitKw: number | null
}

/** Sums over the hour in progress, weighted by hours. */
export interface HourSums {
  /** Hours since the epoch. */
  readonly index: number
  readonly hours: number
  readonly outdoorKh: number
  readonly offsetKh: number
  readonly roomKh: number
  readonly roomHours: number
  readonly briefKwh: number
  readonly heatHours: number
  readonly spaceKwh: number
  readonly hotWaterKwh: number
  /** Undefined where an interval did not tell it. */
  readonly ventKwh?: number | undefined
  /** Part of the heat came with hot water really metered apart. */
  readonly apart: boolean
}
