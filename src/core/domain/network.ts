import type { CurvePoint } from './building.ts'

/** A pipe towards some of the buildings; a tree from the plant on. */
export interface Branch {
  readonly id: string
  /** The branch that feeds it; the plant where left out. */
  readonly parent?: string | undefined
  /** Largest heat that may flow into it, kW. */
  readonly capKw?: number | undefined
  /** Lost on the way from its parent, as a share of what arrives. */
  readonly lossRatio: number
  /** How long water takes from its parent. */
  readonly delayMinutes: number
  /** Demand on it that nobody steers. */
  readonly uncontrolled?: UncontrolledLoad | undefined
}

/** Demand that no plan changes, forecast from the weather and the clock. */
export type UncontrolledLoad = LoadSignature | LoadShare

/** `baseKw` of the hour plus `kwPerK` for each kelvin under `belowC`. */
export interface LoadSignature {
  readonly kind: 'signature'
  /** Whether steered buildings and losses are in it, on their curves, and are to be taken out of it. */
  readonly covers: 'uncontrolled' | 'total'
  /** One value, or 24 by the clock on the wall, or 24 of workdays and 24 of weekends. */
  readonly baseKw: readonly number[]
  readonly kwPerK: number
  readonly belowC: number
}

/** So large a share of all heat; the steered buildings on their curves are the rest. */
export interface LoadShare {
  readonly kind: 'share'
  readonly ratio: number
}

/** What pipes lose to the ground: `kwPerK` for each kelvin of their mean temperature above it. */
export interface PipeLosses {
  readonly kwPerK: number
  readonly returnC: number
  readonly groundC: number
}

/** Whom a plan serves: the plant and its network as one, or each owner by his own tariff. */
export type Objective = 'system' | 'owner'

/** The district-heating network as its operator describes it. */
export interface Network {
  readonly branches: readonly Branch[]
  /** Largest heat that may leave the plant, kW. */
  readonly capKw?: number | undefined
  /** What the largest quarter-hour of a horizon costs. */
  readonly peakEurPerKw: number
  readonly uncontrolled?: UncontrolledLoad | undefined
  /** MQTT id of the meter of all heat that leaves the plant. */
  readonly meter?: string | undefined
  readonly losses?: PipeLosses | undefined
  /** Supply temperature by outdoor temperature, coldest point first. */
  readonly supply: readonly CurvePoint[]
  readonly objective: Objective
}
