import { z } from 'zod'
import type { BuildingId } from '../domain/building-id.ts'
import type { Ack, DeviceStatus, Override } from '../domain/lease.ts'
import { instantField } from './instant-field.ts'
import { type Refusal, refusalOf } from './refusal.ts'

export type DecodedAck = { readonly kind: 'ack'; readonly ack: Ack }
export type DecodedStatus = { readonly kind: 'status'; readonly status: DeviceStatus }
export type DecodedOverride = { readonly kind: 'override'; readonly override: Override }

const ACK_STATES = [
  'accepted',
  'applied',
  'limited',
  'rejected',
  'superseded',
  'expired',
  'overridden',
] as const

export const ackSchema = z.object({
  id: z.string().min(1).max(128),
  seq: z.int().min(0),
  at: instantField,
  state: z.enum(ACK_STATES),
  applied: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), z.unknown()).nullish(),
  reason: z.string().max(500).nullish(),
})

export const statusSchema = z.object({
  state: z.enum(['online', 'offline']),
  session: z.int().min(0),
  at: instantField,
})

export const overrideSchema = z.object({
  kind: z.enum(['abort', 'warmer', 'cooler', 'away']),
  deltaK: z.number().min(0).max(10).nullish(),
  untilAt: instantField,
  by: z.enum(['resident', 'owner']),
  zone: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .nullish(),
})

export function decodeAck(building: BuildingId, value: unknown): DecodedAck | Refusal {
  const parsed = ackSchema.safeParse(value)
  if (!parsed.success) return refusalOf(parsed.error)
  const { id, seq, at, state, applied, reason } = parsed.data
  const effect = applied ? tookEffect(applied) : undefined
  return { kind: 'ack', ack: { building, id, seq, at, state, applied: effect, reason: reason ?? undefined } }
}

/** Figures only: what a newer device adds beside them is not ours to read. */
function tookEffect(applied: Record<string, unknown>): Readonly<Record<string, number | null>> {
  const effect: Record<string, number | null> = Object.create(null)
  for (const [name, value] of Object.entries(applied)) {
    if (typeof value === 'number' || value === null) effect[name] = value
  }
  return effect
}

export function decodeStatus(building: BuildingId, value: unknown): DecodedStatus | Refusal {
  const parsed = statusSchema.safeParse(value)
  return parsed.success ? { kind: 'status', status: { building, ...parsed.data } } : refusalOf(parsed.error)
}

export function decodeOverride(building: BuildingId, value: unknown): DecodedOverride | Refusal {
  const parsed = overrideSchema.safeParse(value)
  if (!parsed.success) return refusalOf(parsed.error)
  const { kind, untilAt, by, zone } = parsed.data
  const deltaK = parsed.data.deltaK ?? (kind === 'warmer' || kind === 'cooler' ? 1 : 0)
  return { kind: 'override', override: { building, kind, deltaK, untilAt, by, zone: zone ?? undefined } }
}

export function encodeAck({ id, seq, at, state, applied, reason }: Ack): string {
  return JSON.stringify({ id, seq, at, state, applied, reason })
}

/** Also the text of a will: the session tells a late will of an old session from the present one. */
export function encodeStatus({ state, session, at }: Omit<DeviceStatus, 'building'>): string {
  return JSON.stringify({ state, session, at })
}

export function encodeOverride({ kind, deltaK, untilAt, by, zone }: Override): string {
  return JSON.stringify({ kind, deltaK, untilAt, by, zone })
}
