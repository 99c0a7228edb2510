import { z } from 'zod'

const branchId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'a name is 1 to 64 of a-z, 0-9 and -')

const uncontrolled = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('signature').describe('by the hour and the outdoor temperature'),
      covers: z
        .enum(['uncontrolled', 'total'])
        .default('uncontrolled')
        .describe('`total`: steered buildings and losses are in it'),
      baseKw: z
        .array(z.number().min(0))
        .refine(({ length }) => [1, 24, 48].includes(length), 'needs 1, 24 or 48 values')
        .describe('one, or 24 by the hour, or 24 of workdays and 24 of weekends'),
      kwPerK: z.number().min(0).describe('for each kelvin under `belowC`'),
      belowC: z.number().min(0).max(25).default(17).describe('outdoor temperature at which heating begins'),
    }),
    z.strictObject({
      kind: z.literal('share').describe('a share of all heat; the steered buildings are the rest'),
      ratio: z.number().min(0).max(0.999).describe('uncontrolled over all'),
    }),
    z.strictObject({
      kind: z.literal('measured').describe('learned at the start from what was measured'),
      csv: z.string().min(1).describe('CSV of `at,heatKw,outdoorC`, a few weeks of the heating season'),
      covers: z
        .enum(['uncontrolled', 'total'])
        .default('total')
        .describe('`total`: steered buildings and losses are in it'),
    }),
  ])
  .describe('demand that nobody steers')

const branch = z.strictObject({
  id: branchId.describe('its name in orders and plans'),
  parent: z.string().optional().describe('branch that feeds it; the plant where left out'),
  capKw: z.number().positive().optional().describe('most heat that may flow into it'),
  lossRatio: z.number().min(0).max(0.5).default(0).describe('lost on the way, of what arrives'),
  delayMinutes: z.number().min(0).max(720).default(0).describe('how long water takes from its parent'),
  uncontrolled: uncontrolled.optional(),
})

/** District-heating water by the outdoor temperature, as Nordic networks run it. */
const SUPPLY = [
  { outdoorC: -26, supplyC: 115 },
  { outdoorC: 5, supplyC: 75 },
]

/** The pipes between plant and buildings. */
export const networkSchema = z.strictObject({
  branches: z.array(branch).default([]).describe('the tree of pipes; buildings name theirs by `branch`'),
  capKw: z.number().positive().optional().describe('most heat that may leave the plant'),
  peakEurPerKw: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe('price on the largest quarter-hour of a horizon'),
  uncontrolled: uncontrolled.optional().describe('demand at the plant that nobody steers'),
  meter: branchId
    .optional()
    .describe('MQTT id of the meter of all heat that leaves the plant: that demand is learned from it'),
  losses: z
    .strictObject({
      kwPerK: z.number().min(0).describe('for each kelvin between pipes and ground'),
      returnC: z.number().min(10).max(90).default(50).describe('usual return temperature'),
      groundC: z.number().min(-10).max(20).default(5).describe('ground around the pipes'),
    })
    .optional()
    .describe('what pipes lose; beside the `lossRatio` of branches'),
  supply: z
    .array(
      z.strictObject({
        outdoorC: z.number().min(-60).max(40).describe('outdoor temperature'),
        supplyC: z.number().min(30).max(150).describe('supply temperature there'),
      }),
    )
    .min(1)
    .refine(
      (points) => points.every(({ outdoorC }, i) => i === 0 || outdoorC > points[i - 1]!.outdoorC),
      'outdoorC must rise from point to point',
    )
    .default(SUPPLY)
    .describe('supply temperature of the network, coldest point first'),
  objective: z
    .enum(['system', 'owner'])
    .default('system')
    .describe('`system`: what production costs; `owner`: what each building pays'),
})
