import type { BuildingId } from '../core/domain/building-id.ts'
import type { CommitmentView, Flexibility } from '../core/domain/flexibility.ts'
import type { HeatForecastRecord } from '../core/domain/heat-forecast.ts'
import type { Instant, Window } from '../core/domain/instant.ts'
import type { Ack, DeviceStatus, Lease, OperatorMode, Override } from '../core/domain/lease.ts'
import type {
  AcceptedOrder,
  LedgerEntry,
  Order,
  OrderQuote,
  OrderRequest,
  OrderShare,
  RefusedOrder,
} from '../core/domain/order.ts'
import type { BuildingPlan } from '../core/domain/plan.ts'
import type { Rejection, RejectionCode } from '../core/domain/rejection.ts'
import type { Co2Series, PriceSeries, SlotSeries, WeatherSeries } from '../core/domain/series.ts'
import type { OrderSettlement } from '../core/domain/settlement.ts'
import type { Sample } from '../core/domain/telemetry.ts'
import type {
  BuildingView,
  DeskEvent,
  FleetPlanView,
  FleetView,
  ForecastView,
  HealthView,
  LedgerView,
  MetricsView,
} from '../core/domain/views.ts'
import type { WeatherSlot } from '../core/domain/weather-slot.ts'
import type { FleetJob, FleetPlan } from '../core/plan/fleet-job.ts'
import type { PlanJob, Schedule } from '../core/plan/plan-job.ts'
import type { NightFitJob } from '../core/state/night-fit.ts'
import type { Refit } from '../core/thermal/identify/refit-building.ts'

/** Time as the process lives it: real, or a replay's. */
export interface Clock {
  now(): Instant
  /** Runs `run` once when the clock reaches `at` (soon, where that is past); the answer cancels it. */
  at(at: Instant, run: () => void): () => void
}

/** Prices as known at `asOf`: one a slot over the whole window, `NaN` where not yet published. */
export interface PriceSource {
  /** Days of the past that one question may ask for without being a burden; absent where only some days are. */
  readonly historyDays?: number
  /** Where history comes slowly, or is kept by itself: nobody's turn waits for it. */
  readonly past?: PricePast | undefined
  prices(window: Window, asOf: Instant, signal: AbortSignal): Promise<PriceSeries>
}

/** Prices of past days, from what was kept and, for what is missing there, from the service. */
export interface PricePast {
  /** Whose prices these are, as in the provenance of the source's own answers. */
  readonly source: string
  /** What is known of the window; may take minutes. Undefined where the service was asked in vain. */
  tell(window: Window): Promise<SlotSeries | undefined>
  /** Keeps what is known by now for the next start. */
  keep(series: SlotSeries): void
}

/** Weather as forecast at `asOf`: one a slot over the whole window, measured before `asOf`. */
export interface WeatherSource {
  weather(window: Window, asOf: Instant, signal: AbortSignal): Promise<WeatherSeries>
}

/** Emissions of electricity as known at `asOf`: one a slot over the whole window, `NaN` where nobody tells. */
export interface Co2Source {
  co2(window: Window, asOf: Instant, signal: AbortSignal): Promise<Co2Series>
}

/** A message as it came, before anyone has read it. */
export interface InboundMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly retained: boolean
  /** Who the broker says sent it; undefined where an outside broker does not tell. */
  readonly clientId?: string | undefined
}

/**
 * Takes every message from the buildings; never rejects. `true`: the sender may be told that it is kept (or was
 * refused, counted and shown). `false`: it could not be kept; do not acknowledge, let the sender send it again.
 */
export interface MessageDoor {
  receive(message: InboundMessage): Promise<boolean>
  /** A message that the broker itself held back: counted and shown like any other refusal. */
  refuse(message: InboundMessage, code: RejectionCode, detail: string): void
}

/** The way out to the buildings: an embedded broker, or a link to another. */
export interface MessageLink {
  /** Resolves when the broker has taken it over; rejects with a `LinkError` where it is not connected. */
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  readonly connected: boolean
  stop(): Promise<void>
}

/** Makes the plans of many buildings off the main thread. */
export interface Planner {
  /** A promise a job, in their order: the first plans can be used while the last are still being made. */
  plan(jobs: readonly PlanJob[]): readonly Promise<Schedule>[]
  /** The plan of all as one; rejects where its threads die, never waits for ever. */
  planFleet(job: FleetJob): Promise<FleetPlan>
  /** Time spent solving so far, ms, over all threads. */
  solverMs(): number
  stop(): Promise<void>
}

/** Learns the models of buildings off the main thread, one after another where threads are few. */
export interface Identifier {
  fit(job: NightFitJob): Promise<Refit>
  stop(): Promise<void>
}

/** Says once a day when it is night: when nobody waits for the processor. The answer of `start` ends it. */
export interface Nights {
  start(onNight: () => void): () => void
}

/** What the recorder gives back after a restart. */
export interface Recovered {
  readonly leases: ReadonlyMap<BuildingId, Lease>
  /** The last plan of each building, where it is of the last hour. */
  readonly plans: ReadonlyMap<BuildingId, BuildingPlan>
  /** What each building answered last. */
  readonly acks: ReadonlyMap<BuildingId, Ack>
  /** Belief snapshots as they were handed in, by building. */
  readonly beliefs: ReadonlyMap<BuildingId, { readonly at: Instant; readonly json: string }>
  readonly modes: ReadonlyMap<BuildingId, OperatorMode>
  readonly overrides: readonly Override[]
  /** Those that stand and those that ended or were refused in the last week, as they were last, oldest first. */
  readonly orders: readonly Order[]
  /** Of the orders that stand. */
  readonly shares: readonly OrderShare[]
  /** What was last learned under each name. */
  readonly learned: ReadonlyMap<string, string>
  /** The last turn that was finished, or undefined on an empty store. */
  readonly lastTurnAt: Instant | undefined
}

/** Something that the controller has learned of itself, as it wants it back: the last of a name counts. */
export interface LearnedEntry {
  readonly name: string
  readonly at: Instant
  readonly json: string
}

export interface AuditEntry {
  readonly at: Instant
  readonly actor: string
  readonly action: string
  readonly building?: BuildingId | undefined
  readonly detail: string
}

/**
 * Keeps what must outlive the process. Each `keep…` resolves when the rows are durable and rejects with a
 * `RecorderError` where they could not be written; rows written together share one commit.
 */
export interface Recorder {
  keepSample(sample: Sample, receivedAt: Instant): Promise<void>
  keepLeases(leases: readonly Lease[]): Promise<void>
  keepPlans(plans: readonly BuildingPlan[]): Promise<void>
  keepHeatForecasts(records: readonly HeatForecastRecord[]): Promise<void>
  keepPastWeather(slots: readonly WeatherSlot[]): Promise<void>
  keepAck(ack: Ack): Promise<void>
  keepStatus(status: DeviceStatus): Promise<void>
  keepOverride(override: Override, receivedAt: Instant): Promise<void>
  keepMode(building: BuildingId, mode: OperatorMode, at: Instant): Promise<void>
  /** As they are from now on. */
  keepOrders(orders: readonly Order[], at: Instant): Promise<void>
  keepOrderShares(shares: readonly OrderShare[]): Promise<void>
  keepLearned(entries: readonly LearnedEntry[]): Promise<void>
  keepLedger(entries: readonly LedgerEntry[]): Promise<void>
  keepRejections(rejections: readonly Rejection[]): Promise<void>
  keepAudit(entries: readonly AuditEntry[]): Promise<void>
  /** Newest first. */
  audit(limit: number): Promise<readonly AuditEntry[]>
  /** Newest first. */
  rejections(limit: number): Promise<readonly Rejection[]>
  /** The end of a turn: the beliefs behind it, so that a restart goes on from here. */
  keepTurn(at: Instant, beliefs: ReadonlyMap<BuildingId, string>): Promise<void>
  recover(): Promise<Recovered>
  /** Samples of `[from, to)` in order of `at`, one an instant. */
  samples(building: BuildingId, window: Window): Promise<readonly Sample[]>
  /** Of all buildings and the fleet, whose `start` lies in the window, oldest first. */
  heatForecasts(window: Window): Promise<readonly HeatForecastRecord[]>
  /** Of `[from, to)` in order of `at`, one an instant. */
  pastWeather(window: Window): Promise<readonly WeatherSlot[]>
  /** Writes all that waits; resolves when it is durable. */
  flush(): Promise<void>
  stop(): Promise<void>
}

/** What became of an order that was placed; one that was refused is kept too, and says why. */
export type OrderPlaced =
  | { readonly ok: true; readonly order: AcceptedOrder }
  | { readonly ok: false; readonly order: RefusedOrder }

export type OrderCancelled = 'done' | 'unknown-order' | 'over'

/** What an operator sees, and the few things he may do. Reads never wait for the world, but for `series`. */
export interface Desk {
  health(): HealthView
  fleet(): FleetView
  building(id: BuildingId): BuildingView | undefined
  plan(): FleetPlanView
  forecast(): ForecastView | undefined
  /** What the fleet can give beside its plan, at a confidence (0.9 where left out); undefined before the first turn. */
  flexibility(confidence?: number): Flexibility | undefined
  /** What is promised now, and how it fares between plans. */
  commitments(): readonly CommitmentView[]
  /** Newest first: those that stand, and those of the last week. */
  orders(): readonly Order[]
  /** Promised against delivered, by what is metered so far; undefined of an order that was never accepted. */
  settlement(id: string): OrderSettlement | undefined
  /** What each building gave to orders so far. */
  ledger(): LedgerView
  /** Newest first. */
  rejected(limit: number): readonly Rejection[]
  audit(limit: number): Promise<readonly AuditEntry[]>
  metrics(): MetricsView
  samples(building: BuildingId, window: Window): Promise<readonly Sample[]>
  setMode(building: BuildingId, mode: OperatorMode, actor: string): Promise<'done' | 'unknown-building'>
  /** What would become of an order, and how much of its kind could be had; nothing is changed. */
  quoteOrder(request: OrderRequest): Promise<OrderQuote>
  placeOrder(request: OrderRequest, actor: string): Promise<OrderPlaced>
  cancelOrder(id: string, actor: string): Promise<OrderCancelled>
  subscribe(listener: (event: DeskEvent) => void): () => void
}
