import { z } from '@hono/zod-openapi'
import { gapSeries, instant, series } from './parts.ts'

const sliceSchema = z
  .object({
    direction: z.enum(['down', 'up']).describe('less heat than planned, or more'),
    durationMinutes: z.int().describe('how long it holds'),
    noticeMinutes: z.int().describe('how long before its start it must be called at the latest'),
    kw: series.describe('offered, for a start in each slot'),
    meanKw: series.describe('expected of the same buildings'),
    sigmaKw: series.describe('standard deviation of that'),
    eurPerKwh: gapSeries.describe('cost by the prices of the plan, any sign; null where nothing can be had'),
    reboundKwhPerKwh: gapSeries.describe('heat that comes back afterwards'),
    reboundKwPerKw: gapSeries.describe('and its power'),
  })
  .openapi('FlexibilitySlice')

const commitmentSchema = z
  .object({
    id: z
      .string()
      .describe('the order behind it; `cap` of the plant’s own cap, `cap:<branch>` of a branch’s'),
    committedKw: z.number().describe('what the meters of the steered buildings are to show now'),
    estimatedKw: z.number().describe('what they are thought to show, moves of the last moment in it'),
    unmetKw: z.number().describe('what is missing and no building has room for'),
    biasKw: z.number().describe('what meters show beyond the plans, smoothed'),
    dropped: z.array(z.string()).readonly().describe('buildings that do not follow, whose share others take'),
    silent: z.array(z.string()).readonly().describe('buildings whose meters are too old to go by'),
  })
  .openapi('Commitment')

export const flexibilitySchema = z
  .object({
    issuedAt: instant,
    start: instant,
    stepMs: z.int(),
    confidence: z.number().describe('share of calls in which at least `kw` is expected to be delivered'),
    buildings: z.int().describe('counted on'),
    withheld: z
      .record(z.string(), z.int())
      .describe(
        'not counted on, by why: no-plan, offline, overridden, refuses, protected, no-writes, not-finite',
      ),
    slices: z.array(sliceSchema).readonly(),
    commitments: z.array(commitmentSchema).readonly().describe('in force now'),
  })
  .openapi('Flexibility')

export const flexibilityQuerySchema = z.object({
  direction: z.enum(['down', 'up']).optional().describe('only these'),
  durationMinutes: z.coerce.number().int().optional().describe('only those that hold just so long'),
  confidence: z.coerce.number().min(0.5).max(0.999).optional().describe('0.9 where left out'),
})
