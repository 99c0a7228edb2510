import { z } from 'zod'
import type { BuildingId } from '../domain/building-id.ts'
import { type Lease, REASON_CODES } from '../domain/lease.ts'
import { instantField } from './instant-field.ts'
import { parseJsonText } from './json-text.ts'
import { type Refusal, refusalOf, refuse } from './refusal.ts'

export type DecodedLease =
  | { readonly kind: 'lease'; readonly lease: Lease }
  /** An empty retained payload: nothing is asked for any more. */
  | { readonly kind: 'cleared' }
  | Refusal

const figure = z.number().nullable().optional()

export const leaseSchema = z.object({
  id: z.string().min(1).max(128),
  seq: z.int().min(0),
  issuedAt: instantField,
  validFrom: instantField,
  validUntil: instantField,
  steps: z
    .array(
      z.object({
        from: instantField,
        supplyOffsetK: figure,
        roomSetpointC: figure,
        supplyC: figure,
        heatLimitKw: figure,
      }),
    )
    .max(200),
  mode: z.enum(['auto', 'order', 'emergency', 'release']),
  reason: z.object({
    // A controller newer than this device may know more reasons; its words still say why.
    code: z.enum(REASON_CODES).catch('steady'),
    text: z.string().max(500),
  }),
})

/** The setpoint as a building reads it. */
export function decodeLease(building: BuildingId, text: string): DecodedLease {
  if (text === '') return { kind: 'cleared' }
  const json = parseJsonText(text)
  if (json.kind === 'refused') return json
  const parsed = leaseSchema.safeParse(json.value)
  if (!parsed.success) return refusalOf(parsed.error)
  const { validFrom, validUntil, steps } = parsed.data
  if (validUntil < validFrom) return refuse('bad-time', 'validUntil: before validFrom')
  const ordered = [...steps].sort((a, b) => a.from - b.from)
  return { kind: 'lease', lease: { building, ...parsed.data, steps: ordered } }
}

export function encodeLease(lease: Lease): string {
  const { id, seq, issuedAt, validFrom, validUntil, steps, mode, reason } = lease
  return JSON.stringify({ id, seq, issuedAt, validFrom, validUntil, steps, mode, reason })
}
