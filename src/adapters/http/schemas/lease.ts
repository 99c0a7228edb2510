import { z } from '@hono/zod-openapi'
import { instant } from './parts.ts'

const actuation = z.number().nullable().optional()

export const leaseSchema = z
  .object({
    id: z.string(),
    building: z.string(),
    seq: z.int(),
    issuedAt: instant,
    validFrom: instant,
    validUntil: instant,
    steps: z
      .array(
        z.object({
          from: instant,
          supplyOffsetK: actuation,
          roomSetpointC: actuation,
          supplyC: actuation,
          heatLimitKw: actuation,
        }),
      )
      .readonly(),
    mode: z.enum(['auto', 'order', 'emergency', 'release']),
    reason: z.object({ code: z.string(), text: z.string() }),
  })
  .openapi('Lease')

export const ackSchema = z
  .object({
    building: z.string(),
    id: z.string(),
    seq: z.int(),
    at: instant,
    state: z.enum(['accepted', 'applied', 'limited', 'rejected', 'superseded', 'expired', 'overridden']),
    applied: z.record(z.string(), z.number().nullable()).optional(),
    reason: z.string().optional(),
  })
  .openapi('Ack')

export const overrideSchema = z
  .object({
    building: z.string(),
    kind: z.enum(['abort', 'warmer', 'cooler', 'away']),
    deltaK: z.number(),
    untilAt: instant,
    by: z.enum(['resident', 'owner']),
    zone: z.string().optional(),
  })
  .openapi('Override')
