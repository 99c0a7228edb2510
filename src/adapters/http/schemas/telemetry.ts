import { z } from '@hono/zod-openapi'
import type { ScalarReading } from '../../../core/domain/telemetry.ts'
import { instant } from './parts.ts'

const reading = z.number().optional()

const zoneSchema = z.object({
  indoorC: reading,
  setpointC: reading,
  rhPercent: reading,
  windowOpen: z.boolean().optional(),
})

const circuitSchema = z.object({
  kind: z.enum(['radiator', 'floor', 'ventilation', 'dhw']).optional(),
  supplyC: reading,
  returnC: reading,
  supplySetpointC: reading,
  valvePercent: reading,
  pumpOn: z.boolean().optional(),
})

const scalars: Record<ScalarReading, typeof reading> = {
  heatKw: reading,
  energyKwh: reading,
  flowM3h: reading,
  volumeM3: reading,
  primarySupplyC: reading,
  primaryReturnC: reading,
  supplyC: reading,
  returnC: reading,
  curveSupplyC: reading,
  spaceHeatKw: reading,
  ventHeatKw: reading,
  dhwKw: reading,
  dhwC: reading,
  electricKw: reading,
  copRatio: reading,
  indoorC: reading,
  outdoorC: reading,
}

export const sampleSchema = z
  .object({
    building: z.string(),
    at: instant,
    seq: z.int().optional(),
    intervalS: z.number(),
    readings: z.object({
      ...scalars,
      heatSource: z.string().optional(),
      zones: z.record(z.string(), zoneSchema).optional(),
      circuits: z.record(z.string(), circuitSchema).optional(),
    }),
  })
  .openapi('Sample')

export const seriesSchema = z
  .object({
    building: z.string(),
    from: instant,
    to: instant,
    samples: z.array(sampleSchema).readonly(),
    next: instant.nullable().describe('ask again with `from` set to this; null at the end'),
  })
  .openapi('Series')
