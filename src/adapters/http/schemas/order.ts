import { z } from '@hono/zod-openapi'
import { instantField } from '../../../core/devices/instant-field.ts'
import { ORDER_KINDS, ORDER_REFUSALS, ORDER_STATES } from '../../../core/domain/order.ts'
import { gapSeries, instant, known, orNull, series } from './parts.ts'

// Made here: a schema that is older than the library that describes it has no description.
const instantBody = z.unknown().pipe(instantField).openapi({
  type: 'integer',
  description: 'UTC epoch milliseconds, or ISO 8601 with an offset',
})

/** The sense of an order is looked at by who carries it out, and refused with a reason code. */
export const orderRequestSchema = z
  .strictObject({
    kind: z.enum(ORDER_KINDS),
    kw: z
      .number()
      .optional()
      .describe('not negative: the cap, or how much less or more; an emergency needs none'),
    from: instantBody,
    until: instantBody,
    branch: z.string().min(1).max(64).optional().describe('of the network; all of it where left out'),
    note: z.string().max(500).optional(),
  })
  .refine(({ kind, kw }) => kw !== undefined || kind === 'emergency', {
    path: ['kw'],
    message: 'required, but for an emergency',
  })
  .openapi('OrderRequest')

const refusalSchema = z
  .object({
    code: z.enum(ORDER_REFUSALS),
    detail: z.string(),
    deliverableKw: z.number().optional().describe('what would be accepted; of a cap the lowest'),
  })
  .openapi('OrderRefusal')

const promiseSchema = z
  .object({
    kw: z.number().describe('in the order’s own terms; of an emergency the least that it takes away'),
    reboundKw: z.number().describe('how far the flow rises above the baseline in the day after, at most'),
    reboundKwh: z.number().describe('and in sum'),
    underKh: z.number().describe('kelvin-hours below their band that it costs all buildings together'),
  })
  .openapi('OrderPromise')

export const orderSchema = z
  .object({
    id: z.string(),
    kind: z.enum(ORDER_KINDS),
    kw: z.number(),
    from: instant,
    until: instant,
    branch: z.string().optional(),
    note: z.string().optional(),
    state: z.enum(ORDER_STATES),
    placedAt: instant,
    placedBy: z.string(),
    endedAt: instant.nullable(),
    promised: orNull(promiseSchema),
    deliveredKw: known.describe(
      'mean so far, metered, against the frozen baseline; of a cap the largest flow, by meters and forecast',
    ),
    refusal: orNull(refusalSchema),
  })
  .openapi('Order')

export const orderDetailSchema = orderSchema
  .extend({
    series: z
      .object({
        start: instant,
        stepMs: z.int(),
        baselineFlowKw: series.describe('without the order and its pre-heating, frozen when it was accepted'),
        plannedFlowKw: series,
        baselineMeteredKw: gapSeries.describe('the steered buildings alone, as their meters would show'),
        meteredKw: gapSeries.describe('what they did show; null where nobody knows yet'),
      })
      .nullable()
      .describe('null where the order was refused'),
  })
  .openapi('OrderDetail')

export const orderQuoteSchema = z
  .object({
    deliverableKw: known.describe('the most of its kind that can be met throughout; of a cap the lowest'),
    baselineKw: known.describe('mean flow meanwhile without it'),
    promised: orNull(promiseSchema),
    refusal: orNull(refusalSchema),
  })
  .openapi('OrderQuote')

export const ledgerSchema = z
  .object({
    gini: z.number().describe('0 where all gave alike, towards 1 where one gave all'),
    buildings: z
      .array(z.object({ building: z.string(), takenKh: z.number().describe('kelvin-hours') }))
      .readonly(),
  })
  .openapi('Ledger')
