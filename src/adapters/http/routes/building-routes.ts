import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import { answer } from '../answer.ts'
import { problem, problemAnswer } from '../problem.ts'
import { buildingPageSchema, buildingSchema } from '../schemas/building.ts'
import { buildingId } from '../schemas/parts.ts'
import { unknownBuilding } from '../unknown-building.ts'

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  after: buildingId.optional().openapi({ description: 'only buildings whose id sorts after this one' }),
})

const list = createRoute({
  method: 'get',
  path: '/buildings',
  summary: 'Buildings in order of their ids, a page at a time',
  request: { query: pageQuery },
  responses: {
    200: answer(buildingPageSchema, 'a page of buildings'),
    400: problemAnswer('the query cannot be read'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/buildings/{id}',
  summary: 'One building with its rooms, plan and faults',
  request: { params: z.object({ id: buildingId }) },
  responses: {
    200: answer(buildingSchema, 'the building'),
    400: problemAnswer('not a building id'),
    404: problemAnswer('no such building'),
  },
})

export function addBuildingRoutes(api: OpenAPIHono, desk: Desk): void {
  api.openapi(list, (c) => {
    const { limit, after } = c.req.valid('query')
    const sorted = desk.fleet().buildings.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const rest = after === undefined ? sorted : sorted.filter(({ id }) => id > after)
    const buildings = rest.slice(0, limit)
    const next = rest.length > limit ? (buildings.at(-1)?.id ?? null) : null
    return c.json({ buildings, next }, 200)
  })
  api.openapi(one, (c) => {
    const { id } = c.req.valid('param')
    const building = desk.building(id)
    return building ? c.json(building, 200) : problem(c, unknownBuilding(id))
  })
}
