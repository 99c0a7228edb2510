import type { AuditEntry, LearnedEntry } from '../../controller/ports.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import { type HeatForecastRecord, LEAD_HOURS } from '../../core/domain/heat-forecast.ts'
import type { Instant } from '../../core/domain/instant.ts'
import type { Ack, DeviceStatus, Lease, OperatorMode, Override } from '../../core/domain/lease.ts'
import { isAccepted, type LedgerEntry, type Order, type OrderShare } from '../../core/domain/order.ts'
import type { BuildingPlan } from '../../core/domain/plan.ts'
import type { Rejection } from '../../core/domain/rejection.ts'
import { type Sample, SCALAR_READINGS } from '../../core/domain/telemetry.ts'
import type { WeatherSlot } from '../../core/domain/weather-slot.ts'
import { createRepeatedText, grain, slotsText } from './slots-text.ts'

export type Cell = string | number | bigint | null
/** One row in the order of its table's columns; integers are bigint, which refuses fractions at the door. */
export type Row = readonly Cell[]

export function sampleRow({ building, at, seq, intervalS, readings }: Sample, receivedAt: Instant): Row {
  const row: Cell[] = [
    building,
    BigInt(at),
    BigInt(receivedAt),
    seq === undefined ? null : BigInt(seq),
    intervalS,
  ]
  for (const name of SCALAR_READINGS) row.push(readings[name] ?? null)
  row.push(readings.heatSource ?? null, json(readings.zones), json(readings.circuits))
  return row
}

export function leaseRow(lease: Lease): Row {
  return [
    lease.building,
    BigInt(lease.seq),
    lease.id,
    BigInt(lease.issuedAt),
    BigInt(lease.validFrom),
    BigInt(lease.validUntil),
    lease.mode,
    lease.reason.code,
    lease.reason.text,
    json(lease.steps),
  ]
}

// A tenth of a kilowatt, a hundredth of a kelvin and a hundredth of a thousandth of a euro are finer than a plan knows.
const HECTOWATTS = grain(1e1)
const HUNDREDTHS = grain(1e2)
const priceText = createRepeatedText(1e5)

export function planRow(plan: BuildingPlan): Row {
  return [
    plan.building,
    BigInt(plan.madeAt),
    BigInt(plan.start),
    plan.outcome,
    plan.gap,
    BigInt(plan.iterations),
    plan.underKh,
    plan.overKh,
    plan.reason.code,
    plan.reason.text,
    slotsText(plan.heatKw, HECTOWATTS),
    slotsText(plan.curveHeatKw, HECTOWATTS),
    slotsText(plan.indoorC, HUNDREDTHS),
    priceText(plan.eurPerKwh),
  ]
}

const LEADS_TEXT = JSON.stringify(LEAD_HOURS)

export function heatForecastRow(record: HeatForecastRecord): Row {
  return [
    record.building,
    BigInt(record.issuedAt),
    BigInt(record.start),
    record.basis,
    record.source,
    LEADS_TEXT,
    slotsText(record.expectedKw, HUNDREDTHS),
    slotsText(record.p10Kw, HUNDREDTHS),
    slotsText(record.p50Kw, HUNDREDTHS),
    slotsText(record.p90Kw, HUNDREDTHS),
    BigInt(record.meteredFrom),
    record.meteredKw,
  ]
}

export function pastWeatherRow({ at, outdoorC, solarWm2 }: WeatherSlot): Row {
  return [BigInt(at), outdoorC, solarWm2]
}

export function ackRow(ack: Ack): Row {
  return [
    ack.building,
    ack.id,
    BigInt(ack.seq),
    BigInt(ack.at),
    ack.state,
    json(ack.applied),
    ack.reason ?? null,
  ]
}

export function statusRow(status: DeviceStatus): Row {
  return [status.building, status.state, BigInt(status.session), BigInt(status.at)]
}

export function overrideRow(override: Override, receivedAt: Instant): Row {
  const { building, kind, deltaK, untilAt, by, zone } = override
  return [building, kind, deltaK, BigInt(untilAt), by, zone ?? null, BigInt(receivedAt)]
}

export function modeRow(building: BuildingId, mode: OperatorMode, at: Instant): Row {
  return [building, mode.kind, mode.kind === 'hold' ? mode.supplyOffsetK : null, BigInt(at)]
}

export function orderRow(order: Order, at: Instant): Row {
  const { id, state, kind, kw, from, until, branch, note, placedAt, placedBy } = order
  const asked = [id, BigInt(at), state, kind, kw, BigInt(from), BigInt(until), branch ?? null, note ?? null]
  const placed = [...asked, BigInt(placedAt), placedBy]
  if (!isAccepted(order)) {
    const { code, detail, deliverableKw } = order.refusal
    return [...placed, ...Array<Cell>(12).fill(null), code, detail, deliverableKw ?? null]
  }
  const { baseline, promised, marginRatio, measured, endedAt } = order
  return [
    ...placed,
    endedAt === undefined ? null : BigInt(endedAt),
    promised.kw,
    promised.reboundKw,
    promised.reboundKwh,
    promised.underKh,
    marginRatio,
    BigInt(baseline.start),
    slotsText(baseline.flowKw, HECTOWATTS),
    slotsText(baseline.meteredKw, HECTOWATTS),
    slotsText(promised.flowKw, HECTOWATTS),
    BigInt(measured.start),
    slotsText(measured.meteredKw, HECTOWATTS),
    null,
    null,
    null,
  ]
}

export function orderShareRow({ order, building, start, heatKw, indoorC }: OrderShare): Row {
  return [order, building, BigInt(start), slotsText(heatKw, HUNDREDTHS), slotsText(indoorC, HUNDREDTHS)]
}

export function learnedRow({ name, at, json }: LearnedEntry): Row {
  return [name, BigInt(at), json]
}

export function ledgerRow({ building, order, at, kelvinHours }: LedgerEntry): Row {
  return [building, order, BigInt(at), kelvinHours]
}

export function rejectionRow({ at, topic, building, code, detail, head }: Rejection): Row {
  return [BigInt(at), topic, building ?? null, code, detail, head]
}

export function auditRow({ at, actor, action, building, detail }: AuditEntry): Row {
  return [BigInt(at), actor, action, building ?? null, detail]
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
