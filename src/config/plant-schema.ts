import { z } from 'zod'
import { instantField } from '../core/devices/instant-field.ts'

const unitId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'a name is 1 to 64 of a-z, 0-9 and -')
  .describe('its name in plans and reports')

const fuel = z
  .strictObject({
    eurPerMwh: z.number().min(0).max(1000).describe('price of a MWh of fuel, lower heating value'),
    taxEurPerMwh: z.number().min(0).max(500).default(0).describe('energy taxes on fuel burned for heat'),
    co2KgPerMwh: z.number().min(0).max(500).default(0).describe('emissions of a MWh of fuel'),
  })
  .describe('what it burns')

const outage = z
  .strictObject({
    from: instantField.describe('first instant of it'),
    until: instantField.describe('first instant after it'),
    availableRatio: z.number().min(0).max(1).default(0).describe('share of its heat that is left'),
  })
  .refine(({ from, until }) => until > from, { path: ['until'], message: 'must be after `from`' })

const terms = {
  id: unitId,
  capKw: z.number().min(0).describe('most heat that it gives'),
  minKw: z.number().min(0).default(0).describe('least heat while it runs; relaxed in plans, which say where'),
  startEur: z.number().min(0).default(0).describe('cost of a start; counted afterwards, not planned by'),
  operationEurPerMwh: z.number().min(0).max(200).default(0).describe('wear and water of a MWh of heat'),
  outages: z.array(outage).default([]).describe('failures and maintenance'),
}

const efficiency = (what: string, most = 1.2) => z.number().min(0.1).max(most).describe(what)
const saleFeeEurPerMwh = z.number().min(0).max(200).default(0).describe('cost of selling a MWh of power')
const feeEurPerMwh = z.number().min(0).max(500).default(0).describe('grid fee and tax on top of spot')

const units = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('back-pressure-chp').describe('heat and power in one ratio'),
    ...terms,
    powerToHeatRatio: z.number().min(0.05).max(2).describe('power over heat'),
    efficiency: efficiency('heat and power over fuel'),
    fuel,
    bypassKw: z.number().min(0).default(0).describe('heat that may pass the turbine by; 0: no way around it'),
    saleFeeEurPerMwh,
  }),
  z.strictObject({
    kind: z.literal('extraction-chp').describe('condensing turbine with a tap'),
    ...terms,
    powerLossRatio: z.number().min(0.02).max(0.6).describe('power lost for a kilowatt-hour of heat'),
    powerToHeatRatio: z.number().min(0.05).max(2).describe('least power over heat, at full tap'),
    electricEfficiency: efficiency('power over fuel without heat', 0.7),
    fuel,
    saleFeeEurPerMwh,
  }),
  z.strictObject({
    kind: z.literal('heat-pump').describe('from sea, sewage, waste heat or air'),
    ...terms,
    sourceC: z.number().min(-30).max(60).optional().describe('its source; outdoor air where left out'),
    rated: z
      .array(
        z
          .strictObject({
            sourceC: z.number().min(-40).max(60).describe('source'),
            supplyC: z.number().min(20).max(130).describe('supply'),
            cop: z.number().min(1).max(15).describe('heat over electricity at these'),
          })
          .refine(({ sourceC, supplyC }) => supplyC >= sourceC + 5, 'supplyC must be 5 K above sourceC'),
      )
      .min(1)
      .describe('from its data sheet; between the points by the share of Carnot’s limit'),
    feeEurPerMwh,
  }),
  z.strictObject({
    kind: z.literal('electric-boiler').describe('electricity into hot water'),
    ...terms,
    efficiency: efficiency('heat over electricity', 1).default(0.98),
    feeEurPerMwh,
  }),
  z.strictObject({
    kind: z.literal('boiler').describe('heat alone, of bio, gas or oil'),
    ...terms,
    efficiency: efficiency('heat over fuel'),
    fuel,
  }),
  z.strictObject({
    kind: z.literal('waste-heat').describe('heat that is there anyway'),
    ...terms,
    eurPerMwh: z.number().min(-200).max(500).describe('what a MWh of it costs'),
  }),
])

const store = z.strictObject({
  id: unitId,
  capacityKwh: z.number().positive().describe('heat that it holds'),
  chargeKw: z.number().positive().describe('fastest charge'),
  dischargeKw: z.number().positive().describe('fastest discharge'),
  lossRatioPerDay: z.number().min(0).max(0.9).default(0.01).describe('of its heat, lost in a day'),
  branch: z.string().optional().describe('branch that it stands on; the plant where left out'),
})

/** What makes the heat of a network. */
export const plantSchema = z.strictObject({
  units: z.array(units).min(1).describe('producers; the cheapest of each quarter-hour come first'),
  stores: z.array(store).default([]).describe('tanks of hot water'),
})

/** What emissions cost, and how much of them there may be. */
export const emissionsSchema = z.strictObject({
  eurPerT: z.number().min(0).max(1000).default(0).describe('price of a tonne out of the plant’s chimneys'),
  electricityEurPerT: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe('price of a tonne behind electricity, on top of what its market price holds'),
  capKgPerDay: z.number().positive().optional().describe('most that a day may emit; needs a `plant`'),
})
