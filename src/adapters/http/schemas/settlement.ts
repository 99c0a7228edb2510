import { z } from '@hono/zod-openapi'
import { known } from './parts.ts'

export const settlementSchema = z
  .object({
    status: z
      .enum(['metered', 'partly-metered', 'not-metered'])
      .describe('whether anything is claimed at all'),
    measuredShare: z.number().describe('share of the order’s quarter-hours that were metered so far'),
    silent: z
      .array(z.object({ building: z.string(), slots: z.int() }))
      .readonly()
      .describe('meters that said nothing for so many quarter-hours: their own curve stands in'),
    doubt: z
      .enum(['none', 'unknown', 'large'])
      .describe(
        'whether the frozen baseline carries the claim: how far plans were off before, against the order',
      ),
    baselineBiasKw: known.describe(
      'what meters showed beyond plans in the hours before it was accepted, mean',
    ),
    baselineErrorKw: known.describe('the same as root mean square'),
    adjustedKw: known.describe('mean delivered, were plans as far off as before'),
    promisedKwh: z.number().describe('over the metered quarter-hours'),
    deliveredKwh: known,
    deliveredKw: known.describe('mean'),
    deliveredShare: known.describe('of what was promised'),
    heldShare: known.describe('share of quarter-hours in which all of it was delivered'),
    worstShortfallKw: known.describe('the most that was missing in one'),
    reboundKw: known.describe('the most above the baseline in the day after'),
    reboundKwh: known.describe('what came back in it, less what stayed away'),
    reboundMeasuredShare: z.number().describe('share of that day that was metered so far'),
    rampKw: known.describe('the steepest change from one quarter-hour to the next that the order brought'),
    gini: known.describe('how unequally kelvin-hours were taken so far; 0 is even'),
  })
  .openapi('Settlement')
