import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import type { OrderRefusal, OrderRefusalCode, OrderRequest } from '../../../core/domain/order.ts'
import { answer } from '../answer.ts'
import { orderDetail, orderView, quoteView } from '../order-view.ts'
import { type Fault, problem, problemAnswer } from '../problem.ts'
import {
  ledgerSchema,
  orderDetailSchema,
  orderQuoteSchema,
  orderRequestSchema,
  orderSchema,
} from '../schemas/order.ts'

const orderId = z.string().min(1).max(100)
const known = { params: z.object({ id: orderId }) }
const missing = problemAnswer('no such order')

const list = createRoute({
  method: 'get',
  path: '/orders',
  summary: 'Orders to the fleet: those that stand and those of the last week, newest first',
  responses: { 200: answer(z.array(orderSchema).readonly(), 'orders, refused ones with their reason') },
})

const one = createRoute({
  method: 'get',
  path: '/orders/{id}',
  summary: 'One order with its frozen baseline, its plan and what the meters showed',
  request: known,
  responses: { 200: answer(orderDetailSchema, 'the order'), 404: missing },
})

const place = createRoute({
  method: 'post',
  path: '/orders',
  summary: 'Place an order, or with `dryRun=true` ask what would become of it',
  request: {
    query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
    body: { required: true, content: { 'application/json': { schema: orderRequestSchema } } },
  },
  responses: {
    200: answer(orderQuoteSchema, 'a dry run: nothing was changed'),
    201: answer(orderDetailSchema, 'accepted, with what is promised'),
    400: problemAnswer('the body cannot be read'),
    403: problemAnswer('the request comes from a foreign page'),
    409: problemAnswer('it contradicts an order that stands, or too many stand'),
    413: problemAnswer('the body is too large'),
    422: problemAnswer('it makes no sense, or is more than can be met: `deliverableKw` says how much can'),
    503: problemAnswer('no plan could be made to judge it by'),
  },
})

const cancel = createRoute({
  method: 'delete',
  path: '/orders/{id}',
  summary: 'Cancel an order; what is held for it is released',
  request: known,
  responses: {
    204: { description: 'cancelled, and the audit has it' },
    403: problemAnswer('the request comes from a foreign page'),
    404: missing,
    409: problemAnswer('it is over already'),
  },
})

const ledger = createRoute({
  method: 'get',
  path: '/ledger',
  summary: 'What each building gave to orders so far',
  responses: { 200: answer(ledgerSchema, 'kelvin-hours, most first, and how unequally') },
})

export function addOrderRoutes(api: OpenAPIHono, desk: Desk): void {
  api.openapi(list, (c) => c.json(desk.orders().map(orderView), 200))
  api.openapi(one, (c) => {
    const { id } = c.req.valid('param')
    const order = desk.orders().find((known) => known.id === id)
    return order ? c.json(orderDetail(order), 200) : problem(c, unknownOrder(id))
  })
  api.openapi(place, async (c) => {
    const { kw = 0, ...rest } = c.req.valid('json')
    const request: OrderRequest = { ...rest, kw }
    if (c.req.valid('query').dryRun === 'true') {
      return c.json(quoteView(await desk.quoteOrder(request), request), 200)
    }
    const placed = await desk.placeOrder(request, c.get('actor'))
    if (placed.ok) return c.json(orderDetail(placed.order), 201)
    return problem(c, refused(placed.order.refusal))
  })
  api.openapi(cancel, async (c) => {
    const { id } = c.req.valid('param')
    const outcome = await desk.cancelOrder(id, c.get('actor'))
    switch (outcome) {
      case 'done':
        return c.body(null, 204)
      case 'unknown-order':
        return problem(c, unknownOrder(id))
      case 'over':
        return problem(c, { status: 409, code: 'order-over', title: 'The order is over', detail: id })
      default:
        return outcome satisfies never
    }
  })
  api.openapi(ledger, (c) => c.json(desk.ledger(), 200))
}

function unknownOrder(detail: string) {
  return { status: 404, code: 'unknown-order', title: 'No such order', detail } as const
}

const STATUS = {
  'kw-out-of-range': 422,
  'ends-before-it-starts': 422,
  'in-the-past': 422,
  'beyond-horizon': 422,
  'unknown-branch': 422,
  'nobody-to-ask': 422,
  'more-than-deliverable': 422,
  'too-many-orders': 409,
  contradictory: 409,
  'not-planned': 503,
} as const satisfies Record<OrderRefusalCode, number>

function refused({ code, detail, deliverableKw }: OrderRefusal): Fault<409 | 422 | 503> {
  const fault = { status: STATUS[code], code, title: 'The order is not accepted', detail }
  return deliverableKw === undefined ? fault : { ...fault, deliverableKw }
}
