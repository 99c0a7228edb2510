import { z } from 'zod'
import { type Sample, SCALAR_READINGS, type ScalarReading } from '../domain/telemetry.ts'
import { instantField } from './instant-field.ts'

const PART_ID = /^[a-z0-9-]{1,64}$/

// A sensor that has nothing to say sends null.
const number = z.number().nullish()
const flag = z.boolean().nullish()
const scalars = Object.fromEntries(SCALAR_READINGS.map((name) => [name, number])) as Record<
  ScalarReading,
  typeof number
>
const zone = z.object({ indoorC: number, setpointC: number, rhPercent: number, windowOpen: flag })
const circuit = z.object({
  kind: z.enum(['radiator', 'floor', 'ventilation', 'dhw']).nullish(),
  supplyC: number,
  returnC: number,
  supplySetpointC: number,
  valvePercent: number,
  pumpOn: flag,
})

/** One sample as it travels. */
export const sampleSchema = z.object({
  building: z.string().optional(),
  at: instantField,
  seq: z.int().min(0).nullish(),
  intervalS: z.number().min(1).max(86_400).nullish(),
  readings: z.object({
    ...scalars,
    heatSource: z.string().max(64).nullish(),
    zones: z.record(z.string().regex(PART_ID), zone).nullish(),
    circuits: z.record(z.string().regex(PART_ID), circuit).nullish(),
  }),
})

/** What a gateway sends of the time it was offline. */
export const batchSchema = z.object({ building: z.string().optional(), samples: z.array(z.unknown()) })

export function encodeSample(sample: Sample): string {
  return JSON.stringify(travelling(sample))
}

export function encodeBatch(samples: readonly Sample[]): string {
  return JSON.stringify({ samples: samples.map(travelling) })
}

function travelling({ at, seq, intervalS, readings }: Sample) {
  return { at, seq, intervalS, readings }
}
