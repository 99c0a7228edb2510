import { z } from 'zod'
import { BUILDING_KINDS } from '../src/core/domain/building.ts'
import { faultSchema } from './faults.ts'
import { toldWeatherSchema } from './told-weather.ts'

const seed = z.int().min(0).max(2_147_483_647)

/** All that a simulated fleet needs to know: plain JSON, so that it can cross to another process. */
export const fleetOptionsSchema = z.strictObject({
  broker: z.strictObject({
    url: z.string().regex(/^(mqtts?|wss?):\/\/\S+$/, 'must be mqtt://, mqtts://, ws:// or wss://'),
    password: z.string().optional().describe('of every building; its user is its id'),
    passwords: z.record(z.string(), z.string()).optional().describe('by building, before the common one'),
    caPem: z.string().optional(),
  }),
  draw: z.strictObject({
    seed,
    count: z.int().min(1).max(100_000),
    mix: z.partialRecord(z.enum(BUILDING_KINDS), z.number().min(0)).optional(),
    zones: z.int().min(1).max(1000).optional(),
    meterOnlyShare: z.number().min(0).max(1).optional(),
    branches: z.record(z.string(), z.number().min(0)).optional(),
  }),
  site: z.strictObject({ timeZone: z.string(), latitude: z.number(), longitude: z.number() }),
  clock: z
    .strictObject({ epoch: z.number(), realStart: z.number(), speed: z.number().positive() })
    .describe('the clock that all processes share'),
  weatherSeed: seed,
  weather: toldWeatherSchema.optional().describe('the weather outside, where a service told it'),
  telemetryMinutes: z.int().min(1).max(60).default(15),
  outboxLimit: z.int().min(1).max(100_000).default(2016).describe('three weeks of quarter-hours'),
  residents: z.boolean().default(false).describe('whether residents press buttons when they are cold'),
  faults: z.array(faultSchema).default([]),
  stateFile: z.string().optional().describe('where physics and memories outlive a crash'),
})

export type FleetOptions = z.output<typeof fleetOptionsSchema>
export type FleetOptionsInput = z.input<typeof fleetOptionsSchema>
