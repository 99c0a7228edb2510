import type { BuildingId } from './building-id.ts'
import type { Tariff } from './tariff.ts'

/** Types that priors exist for (DOMAIN 5.1). */
export const BUILDING_KINDS = [
  'concrete-block',
  'insulated-block',
  'school',
  'row-house',
  'heat-pump-block',
] as const
export type BuildingKind = (typeof BUILDING_KINDS)[number]

/** Two thermal masses: the air and furniture of the comfort zone, and the structure behind it. */
export interface ThermalModel {
  readonly airKwhPerK: number
  readonly massKwhPerK: number
  /** Between air and mass. */
  readonly couplingKwPerK: number
  /** From the air straight to the outside: windows and ventilation. */
  readonly airLossKwPerK: number
  /** From the mass to the outside: walls and roof. */
  readonly massLossKwPerK: number
  /** Solar heat is `apertureM2 · solarWm2 / 1000`, kW, half to air and half to mass. */
  readonly apertureM2: number
  /** Mean of people and appliances, kW, into the air. */
  readonly gainsKw: number
  /** The share of the emitters' heat that warms the air; the rest goes to the mass. */
  readonly heatToAirRatio: number
}

export const ACTUATOR_KINDS = ['supplyOffsetK', 'roomSetpointC', 'supplyC', 'heatLimitKw'] as const
export type ActuatorKind = (typeof ACTUATOR_KINDS)[number]

/** The room setpoint at which a heating curve is what it is drawn as, °C. */
export const ROOM_REFERENCE_C = 21

/** How a building takes a setpoint, and what its controller's memory bears. */
export interface Actuator {
  readonly kind: ActuatorKind
  readonly min: number
  readonly max: number
  readonly step: number
  readonly deadband: number
  /** Persistent writes a day: controllers are built for some 100 000. */
  readonly writesPerDay: number
}

export interface CurvePoint {
  readonly outdoorC: number
  readonly supplyC: number
}

/** Protected are hospitals, elderly homes, schools in session: what is cut is cut elsewhere first. */
export const PRIORITIES = ['normal', 'protected'] as const
export type Priority = (typeof PRIORITIES)[number]

/** One heat consumer as its installer described it. */
export interface Building {
  readonly id: BuildingId
  readonly name: string
  readonly kind: BuildingKind
  readonly floorAreaM2: number
  readonly builtYear: number
  readonly persons: number
  readonly comfort: { readonly minC: number; readonly maxC: number }
  readonly actuator: Actuator
  readonly tariff: Tariff
  readonly curve: readonly CurvePoint[]
  readonly supplyMinC: number
  readonly supplyMaxC: number
  /** The most space heat that the emitters or the contract give, kW. */
  readonly maxHeatKw: number
  /** False where only a meter exists: comfort is then never claimed. */
  readonly hasIndoorSensor: boolean
  /** Fitted parameters where they are known; else a prior by kind, area and year stands in. */
  readonly model?: ThermalModel | undefined
  /** Its model is learned from its own telemetry, and it is not steered before it is understood. */
  readonly learnsModel?: boolean | undefined
  /** The branch of the network that it stands on; the plant itself where left out. */
  readonly branch?: string | undefined
  readonly priority?: Priority | undefined
}
