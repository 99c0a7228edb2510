import { z } from 'zod'
import { DEFAULT_ORDER_SETTINGS } from '../core/plan/orders/order-settings.ts'

const usual = DEFAULT_ORDER_SETTINGS

const dayOfYear = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year such as 06-01')

export const ordersSchema = z.strictObject({
  releaseMinutes: z
    .int()
    .min(0)
    .max(240)
    .default(usual.releaseMinutes)
    .describe('after an order buildings return to their plans one by one within this time'),
  reboundHours: z
    .number()
    .min(0)
    .max(24)
    .default(usual.reboundHours)
    .describe('so long after an order that took heat away the flow is kept near its baseline'),
  reboundRatio: z
    .number()
    .min(0)
    .max(1)
    .default(usual.reboundRatio)
    .describe('how far above the baseline it may rise then, as a share of it'),
  fairness: z
    .number()
    .min(0)
    .max(10)
    .default(usual.fairness)
    .describe('how strongly an order spares those who gave more than most before; 0: not at all'),
  worth: z
    .number()
    .min(1)
    .max(100)
    .default(usual.worth)
    .describe('what a kWh of an order is worth, times the dearest heat ahead: more takes more of the rooms'),
  callWrites: z
    .int()
    .min(0)
    .max(6)
    .default(usual.callWrites)
    .describe(
      'writes a day that a building keeps back for calls; 0 where nobody calls: plans then follow prices more closely',
    ),
  schools: z
    .strictObject({
      fromHour: z
        .number()
        .min(0)
        .max(24)
        .default(usual.schools.fromHour)
        .describe('local hour from which schools are in session'),
      untilHour: z
        .number()
        .min(0)
        .max(24)
        .default(usual.schools.untilHour)
        .describe('local hour at which they end'),
      holidays: z
        .array(
          z.strictObject({
            from: dayOfYear.describe('first day'),
            until: dayOfYear.describe('last day, perhaps of the next year'),
          }),
        )
        .max(20)
        .default([...usual.schools.holidays])
        .describe('spans of the year without school'),
    })
    .prefault({})
    .describe('when schools are protected: Monday to Friday between these hours'),
})
