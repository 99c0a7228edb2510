import { z } from '@hono/zod-openapi'
import { gapSeries, instant, provenanceSchema, series } from './parts.ts'

export const planSchema = z
  .object({
    madeAt: instant,
    start: instant,
    stepMs: z.int(),
    heatKw: series,
    curveHeatKw: series,
    indoorC: gapSeries,
    eurPerKwh: series,
    outcome: z.enum(['solved', 'band-broken', 'not-solved']),
    underKh: z.number().describe('kelvin-hours that the plan leaves below the band'),
    overKh: z.number().describe('kelvin-hours that the plan leaves above the band'),
  })
  .openapi('Plan')

export const fleetPlanSchema = z
  .object({
    start: instant,
    stepMs: z.int(),
    heatKw: series,
    curveHeatKw: series,
    history: z.object({
      at: series,
      heatKw: gapSeries,
      curveHeatKw: gapSeries.describe('what the curves would have taken, an estimate'),
    }),
  })
  .openapi('FleetPlan')

export const forecastSchema = z
  .object({
    start: instant,
    stepMs: z.int(),
    eurPerMwh: gapSeries,
    priceKnownUntil: instant.describe('prices from here on are our estimate'),
    outdoorC: gapSeries,
    solarWm2: gapSeries,
    prices: provenanceSchema,
    weather: provenanceSchema,
  })
  .openapi('Forecast')
