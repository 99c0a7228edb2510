import { z } from '@hono/zod-openapi'
import { gapSeries, instant, orNull, provenanceSchema, series } from './parts.ts'

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

const placeSchema = z
  .object({
    branch: z.string().nullable().describe('null is the plant'),
    flowKw: series.nullable().describe('all heat that passes, as planned and forecast'),
    capKw: z.number().nullable(),
    violation: z.number().describe('largest excess over the cap as a share of it'),
    marginalEurPerMwh: series
      .nullable()
      .describe('what one more MWh costs here: the margin of the plan, never a tariff'),
  })
  .openapi('Place')

const togetherSchema = z
  .object({
    start: instant,
    stepMs: z.int(),
    status: z.enum(['solved', 'max-iterations']),
    gap: z.number().describe('what the plan may be dearer than the best, as a share of the bill for heat'),
    excluded: z.array(z.string()).readonly().describe('buildings whose models cannot be planned with'),
    places: z.array(placeSchema).readonly().describe('the plant first'),
  })
  .openapi('Together')

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
    together: orNull(togetherSchema),
  })
  .openapi('FleetPlan')

const accuracySchema = z
  .object({
    leadHours: z.int().describe('the hour that ends so long after the forecast begins'),
    scored: z.int().describe('forecasts measured'),
    maeKw: z.number().describe('mean absolute error of the median'),
    coverage80: z.number().describe('share of hours within the 80 % interval'),
    width80Kw: z.number().describe('mean width of that interval'),
  })
  .openapi('LeadAccuracy')

export const heatForecastSchema = z
  .object({
    issuedAt: instant,
    start: instant,
    stepMs: z.int(),
    basis: z.enum(['as-planned', 'on-curve']).describe('whether our plan or the own curve is foreseen'),
    source: z.enum(['learned', 'prior']).describe('whether errors seen or a guess make the quantiles'),
    p10Kw: series.describe('all heat through the meter, hot water included; quantiles of hourly means'),
    p50Kw: series,
    p90Kw: series,
    curveKw: series.describe('the same with nobody steering'),
    accuracy: z.array(accuracySchema).readonly().describe('of about the last ten days, like with like'),
  })
  .openapi('HeatForecast')

const co2Schema = z
  .object({
    gPerKwh: gapSeries.describe('emissions of a kilowatt-hour of electricity'),
    knownUntil: instant.describe('from here on they are our estimate'),
    source: provenanceSchema,
  })
  .openapi('Co2')

const productionSchema = z
  .object({
    start: instant.describe('its slots begin here; seen anew each full hour'),
    marginalEurPerMwh: series.describe('what one more MWh of heat would cost to make'),
    tariffEurPerMwh: series.describe('what owners pay for one, the mean of the buildings'),
    heatGPerKwh: series.describe('mean emissions of the heat'),
    heatKw: series.describe('all heat that leaves the plant, with everybody on the curves'),
    units: z.array(z.object({ unit: z.string(), heatKw: series })).readonly(),
    notes: z.array(z.string()).readonly().describe('outages, and where the dispatch is not runnable'),
  })
  .openapi('Production')

export const forecastSchema = z
  .object({
    start: instant,
    stepMs: z.int(),
    eurPerMwh: gapSeries,
    priceKnownUntil: instant.describe('prices from here on are our estimate'),
    eurPerMwhLow: gapSeries.describe('a tenth of prices is expected below; null where published or unknown'),
    eurPerMwhHigh: gapSeries.describe('a tenth of prices is expected above; null where published or unknown'),
    pricesBeyond: z.enum(['forecast', 'profile']).describe('how prices beyond the published ones were found'),
    outdoorC: gapSeries,
    solarWm2: gapSeries,
    prices: provenanceSchema,
    weather: provenanceSchema,
    co2: orNull(co2Schema),
    production: orNull(productionSchema),
    heat: orNull(heatForecastSchema),
  })
  .openapi('Forecast')
