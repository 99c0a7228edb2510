import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import { DAY_MS, type Instant, type Window } from '../../../core/domain/instant.ts'
import { answer } from '../answer.ts'
import { instantQuery } from '../instant-query.ts'
import { problem, problemAnswer } from '../problem.ts'
import { buildingId } from '../schemas/parts.ts'
import { seriesSchema } from '../schemas/telemetry.ts'
import { unknownBuilding } from '../unknown-building.ts'

const LONGEST_MS = 31 * DAY_MS

const route = createRoute({
  method: 'get',
  path: '/buildings/{id}/series',
  summary: 'What a building measured in [from, to), oldest first',
  request: {
    params: z.object({ id: buildingId }),
    query: z.object({
      from: instantQuery.optional().openapi({ description: 'a day before `to` where left out' }),
      to: instantQuery
        .optional()
        .openapi({ description: 'now where left out; at most 31 days after `from`' }),
      limit: z.coerce.number().int().min(1).max(20_000).default(5000),
    }),
  },
  responses: {
    200: answer(seriesSchema, 'samples'),
    400: problemAnswer('the query cannot be read, or spans more than 31 days'),
    404: problemAnswer('no such building'),
  },
})

export function addSeriesRoute(api: OpenAPIHono, desk: Desk): void {
  api.openapi(route, async (c) => {
    const { id } = c.req.valid('param')
    const { limit, ...asked } = c.req.valid('query')
    if (!desk.building(id)) return problem(c, unknownBuilding(id))
    const window = seriesWindow(asked, desk.health().at)
    const fault = windowFault(window)
    if (fault) return problem(c, { status: 400, code: 'bad-window', title: fault })
    const samples = await desk.samples(id, window)
    const next = samples[limit]?.at ?? null
    return c.json({ building: id, ...window, samples: samples.slice(0, limit), next }, 200)
  })
}

function seriesWindow(asked: { from?: Instant | undefined; to?: Instant | undefined }, now: Instant): Window {
  const to = asked.to ?? (asked.from === undefined ? now : Math.min(now, asked.from + LONGEST_MS))
  return { from: asked.from ?? to - DAY_MS, to }
}

function windowFault({ from, to }: Window): string | undefined {
  if (to <= from) return '`to` must be after `from`'
  return to - from > LONGEST_MS ? 'at most 31 days can be asked for at once' : undefined
}
