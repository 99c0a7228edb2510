import type { BuildingId } from '../core/domain/building-id.ts'
import { type Instant, SLOT_MS, slotStart } from '../core/domain/instant.ts'
import type { OperatorMode } from '../core/domain/lease.ts'
import type {
  Co2View,
  DeskEvent,
  FleetPlanView,
  FleetView,
  ForecastView,
  HealthView,
} from '../core/domain/views.ts'
import { buildingSummary, buildingView } from './building-view.ts'
import type { ControllerState } from './controller-state.ts'
import { heatView } from './heat-view.ts'
import type { OrderDesk } from './orders/orders.ts'
import type { Outlook } from './outlook.ts'
import type { Desk } from './ports.ts'
import { togetherView } from './together-view.ts'
import { isStoreTrouble } from './trouble.ts'

export interface DeskActions extends OrderDesk, Pick<Desk, 'flexibility' | 'commitments'> {
  setMode(id: BuildingId, mode: OperatorMode, actor: string): Promise<'done' | 'unknown-building'>
  subscribe(listener: (event: DeskEvent) => void): () => void
}

export function createDesk(state: ControllerState, actions: DeskActions): Desk {
  const { setup } = state
  const now = () => setup.clock.now()
  const shown = { simulated: setup.about.simulated, rejected: state.rejections }
  return {
    ...actions,
    health: () => health(state, now()),
    fleet: () => fleetView(state, now()),
    building(id) {
      const member = state.fleet.get(id)
      return member && buildingView(member, { ...shown, heat: state.heat.of(id) }, now())
    },
    plan: () => fleetPlan(state, now()),
    forecast: () => forecast(state),
    rejected: (limit) => state.rejections.latest(limit),
    audit: (limit) => setup.recorder.audit(limit),
    metrics: () => ({
      messagesReceived: state.counts.received,
      samplesKept: state.counts.samples,
      duplicates: state.counts.duplicates,
      unknownKeys: state.counts.unknownKeys,
      rejectedByCode: state.rejections.byCode(),
      ordersRefusedByCode: state.orders?.refusedByCode ?? {},
      leasesSent: state.leasesSent,
      turns: state.turns,
      lastTurnMs: state.lastTurnMs,
      planMsTotal: setup.planner.solverMs(),
      plansByOutcome: state.outcomes.byOutcome,
      plansByFault: state.outcomes.byFault,
    }),
    samples: (building, window) => setup.recorder.samples(building, window),
  }
}

const RECENT_MS = 2 * SLOT_MS

function health(state: ControllerState, now: Instant): HealthView {
  const brokerConnected = state.link?.connected ?? false
  const recent = state.trouble.since(now - RECENT_MS)
  const lastTurnAt = state.lastTurn?.at ?? null
  const isLate = now - Math.max(state.startedAt, lastTurnAt ?? 0) > RECENT_MS
  const reasons = [
    ...(brokerConnected ? [] : ['the broker cannot be reached']),
    ...(isLate ? ['no turn for half an hour'] : []),
    ...recent,
  ]
  return {
    status: reasons.length === 0 ? 'ok' : 'degraded',
    at: now,
    reasons,
    brokerConnected,
    storeWritable: !recent.some(isStoreTrouble),
    lastTurnAt,
  }
}

function fleetView(state: ControllerState, now: Instant): FleetView {
  const { setup } = state
  const outlook = state.outlook
  const shown = { simulated: setup.about.simulated, rejected: state.rejections }
  const buildings = state.members.map((member) => buildingSummary(member, shown, now))
  return {
    at: now,
    startedAt: state.startedAt,
    version: setup.version,
    speed: setup.about.speed,
    simulated: setup.about.simulated,
    broker: setup.about.broker,
    store: setup.about.store,
    prices: outlook?.prices.provenance ?? null,
    weather: outlook?.weather.provenance ?? null,
    lastTurn: state.lastTurn ?? null,
    heatKw: sumOf(buildings.map((building) => building.heatKw)),
    curveHeatKw: sumOf(buildings.map((building) => building.curveHeatKw)),
    buildings,
  }
}

/** Null where not one is known. */
export function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null
}

function fleetPlan(state: ControllerState, now: Instant): FleetPlanView {
  const plans = state.members.flatMap(({ plan }) => (plan ? [plan] : []))
  const start = slotStart(now)
  const slots = plans.reduce((most, plan) => Math.max(most, plan.heatKw.length), 0)
  const sum = (pick: (plan: (typeof plans)[number]) => Float64Array) =>
    Array.from({ length: slots }, (_, k) => {
      let kw = 0
      for (const plan of plans) kw += pick(plan)[k + (start - plan.start) / SLOT_MS] ?? 0
      return kw
    }).slice(0, Math.max(0, slots - 1))
  return {
    start,
    stepMs: SLOT_MS,
    heatKw: sum((plan) => plan.heatKw),
    curveHeatKw: sum((plan) => plan.curveHeatKw),
    history: {
      at: state.history.map((row) => row.at),
      heatKw: state.history.map((row) => row.heatKw),
      curveHeatKw: state.history.map((row) => row.curveHeatKw),
    },
    together: togetherView(state.flows),
  }
}

function forecast(state: ControllerState): ForecastView | undefined {
  const outlook = state.outlook
  if (!outlook) return undefined
  return {
    start: outlook.start,
    stepMs: SLOT_MS,
    eurPerMwh: Array.from(outlook.prices.eurPerMwh, orNull),
    priceKnownUntil: outlook.prices.knownUntil,
    eurPerMwhLow: Array.from(outlook.prices.lowEurPerMwh, orNull),
    eurPerMwhHigh: Array.from(outlook.prices.highEurPerMwh, orNull),
    pricesBeyond: outlook.prices.beyond,
    outdoorC: Array.from(outlook.outdoorC, orNull),
    solarWm2: Array.from(outlook.solarWm2, orNull),
    prices: outlook.prices.provenance,
    weather: outlook.weather.provenance,
    co2: outlook.co2 ? co2View(outlook.co2) : null,
    production: state.production,
    heat: heatView(state.heat.of(null)),
  }
}

function co2View({ gPerKwh, knownUntil, provenance }: NonNullable<Outlook['co2']>): Co2View {
  return { gPerKwh: Array.from(gPerKwh, orNull), knownUntil, source: provenance }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
