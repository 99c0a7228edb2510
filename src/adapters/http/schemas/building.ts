import { z } from '@hono/zod-openapi'
import { BUILDING_KINDS } from '../../../core/domain/building.ts'
import { REJECTION_CODES } from '../../../core/domain/rejection.ts'
import { identificationSchema } from './identification.ts'
import { ackSchema, leaseSchema, overrideSchema } from './lease.ts'
import { modeSchema } from './mode.ts'
import { instant, known, orNull } from './parts.ts'
import { heatForecastSchema, planSchema } from './plan.ts'

export const buildingSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(BUILDING_KINDS),
    simulated: z.boolean(),
    mode: modeSchema,
    steeredBy: z.enum(['lease', 'curve', 'hold', 'lost']),
    online: z.boolean(),
    lastSampleAt: instant.nullable(),
    heatKw: known,
    curveHeatKw: known.describe('estimate of what its own curve would take now'),
    coldestC: known.describe('null without an indoor sensor: comfort is never claimed'),
    meanC: known,
    warmestC: known,
    supplyC: known,
    comfort: z.object({ minC: z.number(), maxC: z.number() }),
    lease: orNull(leaseSchema),
    ack: orNull(ackSchema),
    rejected: z.int().describe('messages of this building that were refused'),
    flags: z.array(z.string()).readonly().describe('sensor faults and saturation, one word each'),
  })
  .openapi('BuildingSummary')

const modelSchema = z.object({
  airKwhPerK: z.number(),
  massKwhPerK: z.number(),
  couplingKwPerK: z.number(),
  airLossKwPerK: z.number(),
  massLossKwPerK: z.number(),
  apertureM2: z.number(),
  gainsKw: z.number(),
  heatToAirRatio: z.number(),
})

export const buildingSchema = buildingSummarySchema
  .extend({
    zones: z
      .array(z.object({ zone: z.string(), indoorC: known, state: z.string() }).openapi('Zone'))
      .readonly(),
    overrides: z.array(overrideSchema).readonly(),
    model: modelSchema,
    modelSource: z.enum(['configured', 'prior', 'learned']),
    identification: orNull(identificationSchema),
    rejectedByCode: z.partialRecord(z.enum(REJECTION_CODES), z.int()),
    plan: orNull(planSchema),
    heatForecast: orNull(heatForecastSchema),
  })
  .openapi('Building')

export const buildingPageSchema = z
  .object({
    buildings: z.array(buildingSummarySchema).readonly(),
    next: z.string().nullable().describe('ask again with `after` set to this; null at the end'),
  })
  .openapi('BuildingPage')
