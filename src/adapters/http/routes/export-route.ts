import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { EXPORT_FORMATS, EXPORT_TABLES, type Exporter } from '../exporter.ts'
import { instantQuery } from '../instant-query.ts'
import { problem, problemAnswer } from '../problem.ts'
import { buildingId } from '../schemas/parts.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' } as const

const FAR_AHEAD = Date.UTC(2200, 0)

const route = createRoute({
  method: 'get',
  path: '/export',
  summary: 'Records of [from, to) as a file',
  request: {
    query: z.object({
      table: z.enum(EXPORT_TABLES).default('telemetry'),
      format: z.enum(EXPORT_FORMATS).default('csv'),
      from: instantQuery.optional(),
      to: instantQuery.optional(),
      building: buildingId.optional(),
    }),
  },
  responses: {
    200: {
      description: 'the file',
      content: { 'text/csv': {}, 'application/vnd.apache.parquet': {} },
    },
    400: problemAnswer('the query cannot be read'),
  },
})

export function addExportRoute(api: OpenAPIHono, exporter: Exporter): void {
  api.openapi(route, async (c) => {
    const { from = 0, to = FAR_AHEAD, ...what } = c.req.valid('query')
    if (to <= from) return problem(c, { status: 400, code: 'bad-window', title: '`to` must be after `from`' })
    const file = await exporter({ ...what, window: { from, to } }, c.req.raw.signal)
    return c.body(file.body, 200, {
      'Content-Type': TYPES[what.format],
      'Content-Disposition': `attachment; filename="${file.fileName.replace(/[^\w.-]/g, '_')}"`,
    })
  })
}
