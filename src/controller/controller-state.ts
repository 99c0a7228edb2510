import type { Instant } from '../core/domain/instant.ts'
import type { ProductionView, TurnView } from '../core/domain/views.ts'
import type { BranchMisses } from './branch-misses.ts'
import type { ControllerSetup } from './controller-setup.ts'
import type { HeatForecasts } from './heat-forecasts.ts'
import type { IntakeCounts } from './intake-loop.ts'
import type { Fleet, Member } from './member.ts'
import type { NetworkMeter } from './network-meter.ts'
import type { Orders } from './orders/orders.ts'
import type { Outlook } from './outlook.ts'
import type { PastWeatherMemory } from './past-weather.ts'
import type { PlanOutcomes } from './plan-outcomes.ts'
import type { PlannedFlows } from './plan-together.ts'
import type { MessageLink, Recovered } from './ports.ts'
import type { PriceAhead } from './price-ahead.ts'
import type { Rejections } from './rejections.ts'
import type { Trouble } from './trouble.ts'

/** What the loops share and the operator's desk reads. Only the loops change it. */
export interface ControllerState {
  readonly setup: ControllerSetup
  readonly startedAt: Instant
  readonly fleet: Fleet
  /** The fleet in the order of its ids. */
  readonly members: readonly Member[]
  readonly counts: IntakeCounts
  readonly rejections: Rejections
  readonly trouble: Trouble
  readonly outcomes: PlanOutcomes
  readonly heat: HeatForecasts
  /** Of the network; undefined without one. */
  readonly misses: BranchMisses | undefined
  /** Of all heat that leaves the plant; undefined where none is configured. */
  readonly meter: NetworkMeter | undefined
  readonly priceAhead: PriceAhead
  readonly pastWeather: PastWeatherMemory
  /** Orders as the store remembers them. */
  readonly keptOrders: Pick<Recovered, 'orders' | 'shares' | 'learned'>
  /** Fleet heat a turn, and what the curves would have taken. */
  readonly history: { at: Instant; heatKw: number | null; curveHeatKw: number | null }[]
  /** The way out to the buildings: undefined before the start and after the end. */
  link: MessageLink | undefined
  outlook: Outlook | undefined
  /** What is asked of the fleet: undefined while the controller is being made. */
  orders: Orders | undefined
  /** Flows and prices of the last regular turn's plan; undefined before it, and where it came to none. */
  flows: PlannedFlows | undefined
  /** What heat costs to make, as the last regular turn saw it; null without a plant. */
  production: ProductionView | null
  /** Those whose plan is being made. */
  underWay: ReadonlySet<Member>
  /** The slot of the last regular turn; -Infinity before the first. */
  lastTurnSlot: Instant
  leasesSent: number
  turns: number
  lastTurn: TurnView | undefined
  lastTurnMs: number
}
