import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import { answer } from '../answer.ts'
import { flexibilityView } from '../flexibility-view.ts'
import { problem, problemAnswer } from '../problem.ts'
import { flexibilityQuerySchema, flexibilitySchema } from '../schemas/flexibility.ts'

const flexibility = createRoute({
  method: 'get',
  path: '/flexibility',
  summary: 'What the fleet can give beside its plan, how surely, at what price and with what rebound',
  request: { query: flexibilityQuerySchema },
  responses: {
    200: answer(flexibilitySchema, 'a value for a start in each slot of the horizon'),
    404: problemAnswer('nothing has been planned yet'),
  },
})

export function addFlexibilityRoute(api: OpenAPIHono, desk: Desk): void {
  api.openapi(flexibility, (c) => {
    const query = c.req.valid('query')
    const offers = desk.flexibility(query.confidence)
    if (offers) return c.json(flexibilityView(offers, desk.commitments(), query), 200)
    return problem(c, { status: 404, code: 'no-plan-yet', title: 'Nothing has been planned yet' })
  })
}
