import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import { answer } from '../answer.ts'
import { problem, problemAnswer } from '../problem.ts'
import { settlementSchema } from '../schemas/settlement.ts'

const settlement = createRoute({
  method: 'get',
  path: '/orders/{id}/settlement',
  summary: 'What was promised against what was delivered, by what is metered so far',
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: {
    200: answer(settlementSchema, 'by the baseline frozen when the order was accepted'),
    404: problemAnswer('no such order, or it was never accepted'),
  },
})

export function addSettlementRoute(api: OpenAPIHono, desk: Desk): void {
  api.openapi(settlement, (c) => {
    const { id } = c.req.valid('param')
    const settled = desk.settlement(id)
    if (settled) return c.json(settled, 200)
    return problem(c, { status: 404, code: 'unknown-order', title: 'No such order', detail: id })
  })
}
