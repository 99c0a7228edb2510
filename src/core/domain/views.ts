import type { BuildingKind, ThermalModel } from './building.ts'
import type { BuildingId } from './building-id.ts'
import type { FleetFault, FleetOutcome } from './fleet-outcome.ts'
import type { HeatBasis, LeadAccuracy, QuantileSource } from './heat-forecast.ts'
import type { Instant } from './instant.ts'
import type { Ack, Lease, OperatorMode, Override } from './lease.ts'
import type { Order, OrderRefusalCode } from './order.ts'
import type { PlanOutcome } from './plan.ts'
import type { Rejection, RejectionCode } from './rejection.ts'
import type { Provenance } from './series.ts'

/** Who steers a building now: our lease, its own curve, an operator's hold, or nobody knows. */
export type SteeredBy = 'lease' | 'curve' | 'hold' | 'lost'

export interface ZoneView {
  readonly zone: string
  readonly indoorC: number | null
  /** `ok`, or why the zone does not count: `window-open`, `stuck`, `jump`, `out-of-range`, `silent`. */
  readonly state: string
}

export interface BuildingSummary {
  readonly id: BuildingId
  readonly name: string
  readonly kind: BuildingKind
  readonly simulated: boolean
  readonly mode: OperatorMode
  readonly steeredBy: SteeredBy
  readonly online: boolean
  readonly lastSampleAt: Instant | null
  readonly heatKw: number | null
  /** Estimate of what the building's own curve would take now. */
  readonly curveHeatKw: number | null
  /** Null where the building has no indoor sensor: comfort is never claimed. */
  readonly coldestC: number | null
  readonly meanC: number | null
  readonly warmestC: number | null
  readonly supplyC: number | null
  readonly comfort: { readonly minC: number; readonly maxC: number }
  readonly lease: Lease | null
  readonly ack: Ack | null
  readonly rejected: number
  /** Sensor faults and saturation, one word each. */
  readonly flags: readonly string[]
}

export interface BuildingView extends BuildingSummary {
  readonly zones: readonly ZoneView[]
  readonly overrides: readonly Override[]
  readonly model: ThermalModel
  readonly modelSource: 'configured' | 'prior' | 'learned'
  /** Null where the model is given, or where there is nothing to learn it from. */
  readonly identification: IdentificationView | null
  readonly rejectedByCode: Readonly<Partial<Record<RejectionCode, number>>>
  readonly plan: PlanView | null
  /** Null until the first forecast. */
  readonly heatForecast: HeatForecastView | null
}

/** A value with its 95 % interval; both ends null where the data set no limit. */
export interface EstimateView {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** What a building's telemetry has taught, and whether it is steered by it. */
export interface IdentificationView {
  readonly gate: 'open' | 'shut'
  /** Why it is shut: the building stays on its own curve until nothing is left here. */
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
  /** When the fit that counts was made, and when it was last looked at; null before the first night. */
  readonly learnedAt: Instant | null
  readonly checkedAt: Instant | null
  /** Days of telemetry behind the fit. */
  readonly days: number | null
  readonly heatLossKwPerK: EstimateView | null
  /** Rooms after two hours of one kilowatt more. */
  readonly response2hKPerKw: EstimateView | null
  readonly timeConstantHours: EstimateView | null
  /** Rooms predicted 24 h ahead on days that the fit had not seen, and by saying that they stay as they are. */
  readonly dayAheadRmseK: number | null
  readonly persistenceRmseK: number | null
  /** The heat loss against a month before and more, where it has clearly changed. */
  readonly drift: { readonly ratio: number; readonly since: Instant } | null
}

export interface PlanView {
  readonly madeAt: Instant
  readonly start: Instant
  readonly stepMs: number
  readonly heatKw: readonly number[]
  readonly curveHeatKw: readonly number[]
  readonly indoorC: readonly (number | null)[]
  readonly eurPerKwh: readonly number[]
  readonly outcome: PlanOutcome
  readonly underKh: number
  readonly overKh: number
}

export interface FleetPlanView {
  readonly start: Instant
  readonly stepMs: number
  readonly heatKw: readonly number[]
  readonly curveHeatKw: readonly number[]
  /** What was measured, and what the curves would have taken (an estimate), oldest first. */
  readonly history: {
    readonly at: readonly Instant[]
    readonly heatKw: readonly (number | null)[]
    readonly curveHeatKw: readonly (number | null)[]
  }
  /** The plan as one of the whole network; null before the first, and where none came about. */
  readonly together: TogetherView | null
}

/** What is proven of the fleet's plan, and what it asks of the network; one value a slot from `start` on. */
export interface TogetherView {
  readonly start: Instant
  readonly stepMs: number
  readonly status: 'solved' | 'max-iterations'
  /** What the plan may be dearer than the best there is, as a share of the bill for heat. */
  readonly gap: number
  /** Buildings whose models cannot be planned with. */
  readonly excluded: readonly BuildingId[]
  /** The plant first. */
  readonly places: readonly PlaceView[]
}

/** The plant, or a branch of its network. */
export interface PlaceView {
  /** Null is the plant. */
  readonly branch: string | null
  /** All heat that passes, as planned and forecast; null where nothing asked for flows. */
  readonly flowKw: readonly number[] | null
  /** Null is no cap. */
  readonly capKw: number | null
  /** Largest excess over the cap as a share of it. */
  readonly violation: number
  /** What one more kilowatt-hour costs here, EUR/MWh: the margin of the plan, never a tariff. Null where each pays its own price. */
  readonly marginalEurPerMwh: readonly number[] | null
}

/** All heat through the meter ahead, kW a slot; quantiles are of hourly means. */
export interface HeatForecastView {
  readonly issuedAt: Instant
  readonly start: Instant
  readonly stepMs: number
  readonly basis: HeatBasis
  readonly source: QuantileSource
  readonly p10Kw: readonly number[]
  readonly p50Kw: readonly number[]
  readonly p90Kw: readonly number[]
  /** The same with nobody steering. */
  readonly curveKw: readonly number[]
  /** Of the forecasts of this basis over about the last ten days; empty until one was measured. */
  readonly accuracy: readonly LeadAccuracy[]
}

export interface ForecastView {
  readonly start: Instant
  readonly stepMs: number
  readonly eurPerMwh: readonly (number | null)[]
  /** Slots from here on are our estimate: no market has published them yet. */
  readonly priceKnownUntil: Instant
  /** Where four prices in five are expected; null where a price is published, or where only a profile tells. */
  readonly eurPerMwhLow: readonly (number | null)[]
  readonly eurPerMwhHigh: readonly (number | null)[]
  /** How our estimate was made: by a calibrated forecast, or from the last seven days. */
  readonly pricesBeyond: 'forecast' | 'profile'
  readonly outdoorC: readonly (number | null)[]
  readonly solarWm2: readonly (number | null)[]
  readonly prices: Provenance
  readonly weather: Provenance
  /** Emissions of electricity; null where nobody tells. */
  readonly co2: Co2View | null
  /** What heat costs to make, with everybody on the curves; null without a plant. */
  readonly production: ProductionView | null
  /** Of the whole fleet; null until the first forecast. */
  readonly heat: HeatForecastView | null
}

export interface Co2View {
  readonly gPerKwh: readonly (number | null)[]
  /** From here on they are our estimate. */
  readonly knownUntil: Instant
  readonly source: Provenance
}

/** Production by merit order, seen anew each full hour, beside what owners pay: the one is the network's margin, the other a contract. */
export interface ProductionView {
  readonly start: Instant
  readonly marginalEurPerMwh: readonly number[]
  /** Mean of the buildings' energy prices. */
  readonly tariffEurPerMwh: readonly number[]
  readonly heatGPerKwh: readonly number[]
  /** All heat that leaves the plant, and by unit. */
  readonly heatKw: readonly number[]
  readonly units: readonly { readonly unit: string; readonly heatKw: readonly number[] }[]
  readonly notes: readonly string[]
}

export interface TurnView {
  readonly at: Instant
  readonly tookMs: number
  readonly planned: number
  readonly leased: number
  readonly onCurve: number
  readonly text: string
}

export interface FleetView {
  readonly at: Instant
  readonly startedAt: Instant
  readonly version: string
  readonly speed: number
  readonly simulated: boolean
  readonly broker: string
  readonly store: string
  readonly prices: Provenance | null
  readonly weather: Provenance | null
  readonly lastTurn: TurnView | null
  readonly heatKw: number | null
  readonly curveHeatKw: number | null
  readonly buildings: readonly BuildingSummary[]
}

export interface HealthView {
  readonly status: 'ok' | 'degraded'
  readonly at: Instant
  readonly reasons: readonly string[]
  readonly brokerConnected: boolean
  readonly storeWritable: boolean
  readonly lastTurnAt: Instant | null
}

export interface MetricsView {
  readonly messagesReceived: number
  readonly samplesKept: number
  readonly duplicates: number
  readonly unknownKeys: number
  readonly rejectedByCode: Readonly<Partial<Record<RejectionCode, number>>>
  readonly ordersRefusedByCode: Readonly<Partial<Record<OrderRefusalCode, number>>>
  readonly leasesSent: number
  readonly turns: number
  readonly lastTurnMs: number
  readonly planMsTotal: number
  readonly plansByOutcome: Readonly<Record<FleetOutcome, number>>
  readonly plansByFault: Readonly<Record<FleetFault, number>>
}

/** What each building gave to orders so far, kelvin-hours, and how unequally. */
export interface LedgerView {
  /** 0 where all gave alike, towards 1 where one gave all. */
  readonly gini: number
  readonly buildings: readonly { readonly building: BuildingId; readonly takenKh: number }[]
}

/** What the operator's page is told as it happens. */
export type DeskEvent =
  | { readonly type: 'turn'; readonly turn: TurnView }
  | { readonly type: 'building'; readonly building: BuildingSummary }
  | { readonly type: 'rejected'; readonly rejection: Rejection }
  | { readonly type: 'order'; readonly order: Order }
