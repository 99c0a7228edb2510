import { z } from '@hono/zod-openapi'
import { buildingSummarySchema } from './building.ts'
import { instant, known, orNull, provenanceSchema } from './parts.ts'

export const turnSchema = z
  .object({
    at: instant,
    tookMs: z.number(),
    planned: z.int(),
    leased: z.int(),
    onCurve: z.int(),
    text: z.string(),
  })
  .openapi('Turn')

export const fleetSchema = z
  .object({
    at: instant,
    startedAt: instant,
    version: z.string(),
    speed: z.number().describe('1 is real time; 60 makes an hour a minute'),
    simulated: z.boolean(),
    broker: z.string(),
    store: z.string(),
    prices: orNull(provenanceSchema),
    weather: orNull(provenanceSchema),
    lastTurn: orNull(turnSchema),
    heatKw: known,
    curveHeatKw: known,
    buildings: z.array(buildingSummarySchema).readonly(),
  })
  .openapi('Fleet')

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    at: instant,
    reasons: z.array(z.string()).readonly(),
    brokerConnected: z.boolean(),
    storeWritable: z.boolean(),
    lastTurnAt: instant.nullable(),
  })
  .openapi('Health')
