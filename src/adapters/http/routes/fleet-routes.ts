import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import { answer } from '../answer.ts'
import { problem, problemAnswer } from '../problem.ts'
import { fleetSchema, healthSchema } from '../schemas/fleet.ts'
import { fleetPlanSchema, forecastSchema } from '../schemas/plan.ts'

const health = createRoute({
  method: 'get',
  path: '/health',
  summary: 'Whether the controller is well, and if not, why',
  responses: { 200: answer(healthSchema, 'well, or degraded but running') },
})

const fleet = createRoute({
  method: 'get',
  path: '/fleet',
  summary: 'The whole fleet at a glance',
  responses: { 200: answer(fleetSchema, 'every building in short, and what stands behind the figures') },
})

const plan = createRoute({
  method: 'get',
  path: '/plan',
  summary: 'Fleet heat: what was, and what is planned',
  responses: { 200: answer(fleetPlanSchema, 'kW a slot, with what the curves would take') },
})

const forecast = createRoute({
  method: 'get',
  path: '/forecast',
  summary: 'Prices and weather ahead, as the last plan knew them, and the heat of the fleet',
  responses: {
    200: answer(forecastSchema, 'one value a slot; null is a gap'),
    404: problemAnswer('no forecast has been made yet'),
  },
})

export function addFleetRoutes(api: OpenAPIHono, desk: Desk): void {
  api.openapi(health, (c) => c.json(desk.health(), 200))
  api.openapi(fleet, (c) => c.json(desk.fleet(), 200))
  api.openapi(plan, (c) => c.json(desk.plan(), 200))
  api.openapi(forecast, (c) => {
    const view = desk.forecast()
    if (view) return c.json(view, 200)
    return problem(c, { status: 404, code: 'no-forecast-yet', title: 'No forecast has been made yet' })
  })
}
