import { z } from '@hono/zod-openapi'
import { instant, known, orNull } from './parts.ts'

const estimateSchema = z
  .object({
    value: z.number(),
    low: known.describe('of the 95 % interval; null where the data set no limit'),
    high: known,
  })
  .openapi('Estimate')

export const identificationSchema = z
  .object({
    gate: z.enum(['open', 'shut']).describe('shut: on its own curve until the model is understood'),
    reasons: z.array(z.object({ code: z.string(), text: z.string() })).readonly(),
    learnedAt: instant.nullable().describe('when the fit that counts was made; null before the first night'),
    checkedAt: instant.nullable().describe('the last night that looked'),
    days: known.describe('of telemetry behind the fit'),
    heatLossKwPerK: orNull(estimateSchema),
    response2hKPerKw: orNull(estimateSchema).describe('rooms after two hours of one kilowatt more'),
    timeConstantHours: orNull(estimateSchema),
    dayAheadRmseK: known.describe('rooms predicted 24 h ahead on days that the fit had not seen'),
    persistenceRmseK: known.describe('the same by saying that rooms stay as they are'),
    drift: z
      .object({ ratio: z.number(), since: instant })
      .nullable()
      .describe('the heat loss against a month before and more, where it has clearly changed'),
  })
  .openapi('Identification')
