import { z } from 'zod'

const eurPerMwh = z.number().min(0).max(1000)
const months = z
  .array(z.int().min(1).max(12))
  .min(1)
  .optional()
  .describe('months that count, January is 1; all where left out')

/** What may be charged beside energy, with any kind. */
const fees = {
  powerFee: z
    .strictObject({
      on: z.enum(['hour', 'day']).describe('the largest clock hour, or the largest mean of a local day'),
      eurPerKwMonth: z.number().min(0).max(100).describe('fee'),
      billedMonths: z.number().min(1).max(60).default(12).describe('how long a new peak stays on the bill'),
      peakSoFarKw: z.number().min(0).default(0).describe('peak that is billed already'),
      months,
    })
    .optional()
    .describe('a fee on the peak'),
  returnFee: z
    .strictObject({
      neutralC: z.number().min(10).max(90).describe('primary return temperature without bonus or fee'),
      bandK: z.number().min(0).max(20).default(0).describe('either side of it that changes nothing'),
      percentPerK: z.number().min(0).max(10).describe('of the price of energy, less below, more above'),
      mostPercent: z.number().min(0).max(100).default(20).describe('neither bonus nor fee is more'),
      months,
    })
    .optional()
    .describe('bonus and fee on the primary return temperature, weighted by flow'),
  flowFee: z
    .strictObject({ eurPerM3: z.number().min(0).max(10).describe('fee on district-heating water'), months })
    .optional()
    .describe('a fee on flow'),
}

const pump = z
  .strictObject({
    defrostLossRatio: z
      .number()
      .min(0)
      .max(0.5)
      .default(0)
      .describe('of the COP, lost to defrosting at its worst, around 0 °C'),
    capacity: z
      .array(
        z.strictObject({
          outdoorC: z.number().min(-60).max(40).describe('outdoor temperature'),
          kw: z.number().min(0).describe('heat of the compressor there'),
        }),
      )
      .min(1)
      .optional()
      .describe('beyond it heat comes from the backup heater'),
    backupEfficiency: z.number().min(0.5).max(1).default(1).describe('heat over electricity of the backup'),
    minRunMinutes: z.number().min(0).max(240).default(0).describe('shortest run; relaxed in plans'),
    minOffMinutes: z.number().min(0).max(240).default(0).describe('shortest pause; relaxed in plans'),
  })
  .optional()
  .describe('what else is known of the heat pump')

/** What heat costs its owner. */
export const tariffSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('spot').describe('heat paid at the electricity spot price: direct-electric'),
    feeEurPerMwh: z.number().min(0).max(500).default(0).describe('grid fee on top of spot'),
    ...fees,
  }),
  z.strictObject({
    kind: z.literal('flat').describe('one price all year'),
    eurPerMwh: eurPerMwh.describe('price of heat'),
    ...fees,
  }),
  z.strictObject({
    kind: z.literal('monthly').describe('a price a month, as Helen bills'),
    eurPerMwh: z.array(eurPerMwh).length(12).describe('twelve, January first'),
    ...fees,
  }),
  z.strictObject({
    kind: z.literal('hourly').describe('a price for each hour of the clock on the wall'),
    eurPerMwh: z.array(eurPerMwh).length(24).describe('from midnight on'),
    weekendEurPerMwh: z
      .array(eurPerMwh)
      .length(24)
      .optional()
      .describe('Saturdays and Sundays; as on workdays where left out'),
    ...fees,
  }),
  z.strictObject({
    kind: z.literal('heat-pump').describe('electricity at spot plus grid fee over the COP'),
    feeEurPerMwh: z.number().min(0).max(500).default(0).describe('grid fee on top of spot'),
    copByOutdoorC: z
      .array(
        z.strictObject({
          outdoorC: z.number().min(-60).max(40).describe('outdoor temperature'),
          cop: z.number().min(1).max(10).describe('heat over electricity there'),
          supplyC: z
            .number()
            .min(20)
            .max(90)
            .optional()
            .describe('supply temperature that it holds at; the building’s curve there where left out'),
        }),
      )
      .min(1)
      .describe('seasonal performance by outdoor temperature, interpolated between the points'),
    pump,
    ...fees,
  }),
])
