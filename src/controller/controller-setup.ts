import type { Logger } from 'pino'
import type { Building } from '../core/domain/building.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { EmissionTerms } from '../core/domain/plant.ts'
import type { OrderSettings } from '../core/plan/orders/order-settings.ts'
import type { PlantTerms } from '../core/plan/production/plant-job.ts'
import type { LearningSetup } from './night-fits.ts'
import type { Clock, Co2Source, Planner, PriceSource, Recorder, WeatherSource } from './ports.ts'

export type ControllerLog = Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>

/** The world as a controller is given it. */
export interface ControllerSetup {
  readonly buildings: readonly Building[]
  readonly clock: Clock
  readonly recorder: Recorder
  readonly planner: Planner
  readonly prices: PriceSource
  readonly weather: WeatherSource
  readonly co2?: Co2Source | undefined
  readonly emissions?: EmissionTerms | undefined
  /** What makes the heat and brings it; absent where each building buys its own. */
  readonly production?: PlantTerms | undefined
  readonly log: ControllerLog
  readonly version: string
  readonly control: {
    readonly horizonHours: number
    readonly turnDelayS: number
    readonly replanSeconds: number
    readonly lostAfterMinutes: number
    readonly seasonEndsC: number
    readonly planFrom?: Instant | undefined
  }
  /** How orders are carried out; as usual where left out. */
  readonly orders?: OrderSettings | undefined
  /** Without it no model is learned: buildings that want one stay on their curves. */
  readonly learning?: LearningSetup | undefined
  readonly timeZone: string
  /** Said on the console: what runs where. */
  readonly about: {
    readonly broker: string
    readonly store: string
    readonly speed: number
    readonly simulated: boolean
  }
}
