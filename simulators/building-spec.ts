import type { BuildingKind, CurvePoint } from '../src/core/domain/building.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'

/** A thermostatic head at its resident's setting, or a valve that stands still. */
export interface ValveSpec {
  /** The room temperature at which it stands half open. */
  readonly settingC: number
  readonly bandK: number
  readonly lagMin: number
  /** Opening at which it is stuck, 0 to 1; null where it works. */
  readonly stuckAtRatio: number | null
}

/** EN 442: heat at 75/65/20 °C, and the flow at a fully open valve as kW per kelvin of spread. */
export interface RadiatorSpec {
  readonly nominalKw: number
  readonly flowKwPerK: number
}

/** One dwelling or room, or several alike. */
export interface ZoneSpec {
  readonly id: string
  readonly areaM2: number
  /** Air and furniture. */
  readonly airKwhPerK: number
  /** Inner walls and slabs. */
  readonly massKwhPerK: number
  readonly envelopeKwhPerK: number
  readonly airMassKwPerK: number
  readonly windowLossKwPerK: number
  /** From the room's air into the wall, and from the wall to the outside. */
  readonly envelopeInKwPerK: number
  readonly envelopeOutKwPerK: number
  /** At 4 m/s of wind. */
  readonly infiltrationKwPerK: number
  /** At the schedule's 1. */
  readonly ventilationKwPerK: number
  /** Extra exchange while the window stands open. */
  readonly openWindowKwPerK: number
  /** 0 to 3: which side of the building its windows are on. */
  readonly facade: number
  readonly apertureM2: number
  readonly dwellings: number
  readonly peopleKw: number
  readonly applianceKw: number
  /** How readily its people open a window: 1 is usual. */
  readonly airingHabit: number
  readonly radiator: RadiatorSpec
  readonly valve: ValveSpec
  readonly sensorBiasK: number
}

export interface VentilationSpec {
  readonly kind: 'exhaust' | 'balanced'
  /** Share of the extract air's heat that comes back. */
  readonly recoveryRatio: number
  /** Supply air is heated by the building's water to this; null where the dwellings take it as it comes. */
  readonly supplyAirC: number | null
}

export interface HotWaterSpec {
  readonly kwhPerPersonDay: number
  readonly circulationKw: number
}

/** A district-heating substation, or the same box fed by a heat pump. */
export interface SubstationSpec {
  readonly curve: readonly CurvePoint[]
  readonly supplyMinC: number
  readonly supplyMaxC: number
  readonly responseMin: number
  /** The share of `slope · 2.5` by which the mean room corrects the curve; 0 where there is none. */
  readonly roomCompensation: number
  readonly returnLimitC: number | null
  /** The flow limiter of the contract. */
  readonly primaryFlowMaxM3h: number
  /** The heat that space heating was designed for. */
  readonly designKw: number
  readonly approachK: number
  readonly pipeLossKwPerK: number
}

export interface HeatPumpSpec {
  /** At -7 °C outside. */
  readonly capacityKw: number
  readonly carnotRatio: number
  readonly backupKw: number
  readonly bufferKwhPerK: number
  readonly minRunMin: number
  readonly minOffMin: number
}

export interface SensorSpec {
  readonly hasIndoor: boolean
  readonly hasSubMeters: boolean
  readonly outdoorBiasK: number
  readonly meterStepKwh: number
}

/** All that chance decided about a building: plain data, the same for the same seed. */
export interface BuildingSpec {
  readonly id: BuildingId
  readonly name: string
  readonly kind: BuildingKind
  readonly seed: number
  readonly floorAreaM2: number
  readonly builtYear: number
  readonly persons: number
  /** The strongly coupled, very heavy type of the Gothenburg pilot. */
  readonly isHeavy: boolean
  /** Azimuth of façade 0, degrees from north, clockwise; the others follow by 90. */
  readonly facadeAzimuthDeg: number
  readonly neighbourKwPerK: number
  readonly zones: readonly ZoneSpec[]
  readonly substation: SubstationSpec
  readonly heatPump: HeatPumpSpec | null
  readonly ventilation: VentilationSpec
  readonly hotWater: HotWaterSpec
  readonly sensors: SensorSpec
  /** The pipe of the district network that it stands on; the plant itself where left out. */
  readonly branch?: string | undefined
}
