import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import { answer } from '../answer.ts'
import { problemAnswer } from '../problem.ts'
import { auditEntrySchema, rejectionSchema } from '../schemas/records.ts'

const query = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) })
const unreadable = problemAnswer('the query cannot be read')

const rejected = createRoute({
  method: 'get',
  path: '/rejected',
  summary: 'Refused messages, newest first',
  request: { query },
  responses: { 200: answer(z.array(rejectionSchema).readonly(), 'with code and head'), 400: unreadable },
})

const audit = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'Who did what, newest first',
  request: { query },
  responses: { 200: answer(z.array(auditEntrySchema).readonly(), 'entries'), 400: unreadable },
})

export function addRecordRoutes(api: OpenAPIHono, desk: Desk): void {
  api.openapi(rejected, (c) => c.json(desk.rejected(c.req.valid('query').limit), 200))
  api.openapi(audit, async (c) => c.json(await desk.audit(c.req.valid('query').limit), 200))
}
