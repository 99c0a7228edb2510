import { Counter, Gauge, Registry } from 'prom-client'
import type { Desk } from '../../controller/ports.ts'
import { ORDER_STATES } from '../../core/domain/order.ts'
import type { MetricsView, SteeredBy } from '../../core/domain/views.ts'
import type { EventStreams } from './event-streams.ts'
import type { ProblemCount } from './problem-count.ts'

const COUNTERS: readonly (readonly [string, string, (metrics: MetricsView) => number])[] = [
  ['messages_received_total', 'messages from buildings', (m) => m.messagesReceived],
  ['samples_kept_total', 'samples made durable', (m) => m.samplesKept],
  ['duplicates_total', 'samples that were there already', (m) => m.duplicates],
  ['unknown_keys_total', 'telemetry keys that nobody knows', (m) => m.unknownKeys],
  ['leases_sent_total', 'setpoints published', (m) => m.leasesSent],
  ['turns_total', 'turns of the control loop', (m) => m.turns],
  ['plan_seconds_total', 'time spent in the solver', (m) => m.planMsTotal / 1000],
]

const LABELLED: readonly (readonly [
  Labelled,
  (metrics: MetricsView) => Readonly<Partial<Record<string, number>>>,
])[] = [
  [
    { name: 'rejected_total', help: 'messages refused, by reason code', label: 'code' },
    (m) => m.rejectedByCode,
  ],
  [
    { name: 'orders_refused_total', help: 'orders not accepted, by reason code', label: 'code' },
    (m) => m.ordersRefusedByCode,
  ],
  [
    { name: 'fleet_plans_total', help: 'plans of the fleet, by how they came out', label: 'outcome' },
    (m) => m.plansByOutcome,
  ],
  [
    {
      name: 'fleet_plan_faults_total',
      help: 'plans of the fleet in which something was wrong',
      label: 'fault',
    },
    (m) => m.plansByFault,
  ],
]

const PROBLEMS = { name: 'problems_total', help: 'requests answered with a problem, by code', label: 'code' }

/** A registry of its own, read from the desk when it is scraped; no series a building, a city has too many. */
export function createMetrics(desk: Desk, streams: EventStreams, problems: ProblemCount): Registry {
  const registry = new Registry()
  for (const [name, help, value] of COUNTERS) addCounter(registry, name, help, () => value(desk.metrics()))
  for (const [labelled, counts] of LABELLED) addCounters(registry, labelled, () => counts(desk.metrics()))
  addCounters(registry, PROBLEMS, () => problems.byCode)
  addSteered(registry, desk)
  addOrders(registry, desk)
  addGauge(registry, 'last_turn_seconds', 'length of the last turn', () => desk.metrics().lastTurnMs / 1000)
  addGauge(registry, 'heat_kw', 'fleet heat now', () => desk.fleet().heatKw)
  addGauge(registry, 'curve_heat_kw', 'what the curves would take now', () => desk.fleet().curveHeatKw)
  addGauge(registry, 'healthy', '1 when nothing is degraded', () => Number(desk.health().status === 'ok'))
  addGauge(registry, 'stream_listeners', 'open event streams', () => streams.listeners)
  addCounter(registry, 'stream_dropped_total', 'listeners that did not keep up', () => streams.dropped)
  addGauge(registry, 'resident_memory_bytes', 'memory of the process', () => process.memoryUsage.rss())
  return registry
}

function addCounter(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({
    name: `heatflex_${name}`,
    help,
    registers: [registry],
    collect() {
      this.reset()
      this.inc(value())
    },
  })
}

function addGauge(registry: Registry, name: string, help: string, value: () => number | null): void {
  new Gauge({
    name: `heatflex_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(value() ?? Number.NaN)
    },
  })
}

interface Labelled {
  readonly name: string
  readonly help: string
  readonly label: string
}

function addCounters(
  registry: Registry,
  { name, help, label }: Labelled,
  counts: () => Readonly<Partial<Record<string, number>>>,
): void {
  new Counter({
    name: `heatflex_${name}`,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset()
      for (const [value, count] of Object.entries(counts())) this.inc({ [label]: value }, count)
    },
  })
}

function addSteered(registry: Registry, desk: Desk): void {
  new Gauge({
    name: 'heatflex_buildings',
    help: 'buildings, by who steers them',
    labelNames: ['by'],
    registers: [registry],
    collect() {
      const count: Record<SteeredBy, number> = { lease: 0, curve: 0, hold: 0, lost: 0 }
      for (const { steeredBy } of desk.fleet().buildings) count[steeredBy]++
      for (const [by, buildings] of Object.entries(count)) this.set({ by }, buildings)
    },
  })
}

function addOrders(registry: Registry, desk: Desk): void {
  new Gauge({
    name: 'heatflex_orders',
    help: 'orders that stand and those of the last week, by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const orders = desk.orders()
      for (const state of ORDER_STATES) {
        this.set({ state }, orders.filter((order) => order.state === state).length)
      }
    },
  })
}
