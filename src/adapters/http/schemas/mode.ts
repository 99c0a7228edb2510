import { z } from '@hono/zod-openapi'

export const modeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.enum(['auto', 'curve']) }),
    z.object({ kind: z.literal('hold'), supplyOffsetK: z.number() }),
  ])
  .openapi('OperatorMode')

/** `hold` without an offset holds what the building has now. */
export const modeRequestSchema = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('auto') }),
    z.strictObject({ mode: z.literal('curve') }),
    z.strictObject({
      mode: z.literal('hold'),
      supplyOffsetK: z
        .number()
        .min(-30)
        .max(15)
        .optional()
        .describe('on the supply setpoint of the local curve, K; what it has now where left out'),
    }),
  ])
  .openapi('ModeRequest')

export const modeAnswerSchema = z.object({ building: z.string(), mode: modeSchema }).openapi('ModeAnswer')
