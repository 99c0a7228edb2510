import { z } from 'zod'

const baseUrl = z
  .url({ protocol: /^https?$/ })
  .optional()
  .describe('its address, where it is another than usual')

/** Where the emissions of electricity come from. */
export const co2Schema = z.union([
  z.literal('none').describe('nobody tells: the emissions of electricity are not counted'),
  z.strictObject({ csv: z.string().describe('CSV file of the contract') }),
  z.strictObject({ gPerKwh: z.number().min(0).max(3000).describe('one value for ever') }),
  z.discriminatedUnion('service', [
    z.strictObject({
      service: z.literal('energi-data-service').describe('prognosis for Denmark, without a key'),
      zone: z.enum(['DK1', 'DK2']).describe('bidding zone'),
      baseUrl,
    }),
    z.strictObject({
      service: z
        .literal('fingrid')
        .describe('estimate of what was in Finland; ahead by the last days’ hours'),
      zone: z.enum(['FI']).default('FI').describe('bidding zone'),
      baseUrl,
      keyFile: z
        .string()
        .optional()
        .describe('file with the key; else HEATFLEX_FINGRID_KEY in the environment'),
    }),
  ]),
])
