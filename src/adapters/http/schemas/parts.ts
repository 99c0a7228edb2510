import { z } from '@hono/zod-openapi'
import { parseBuildingId } from '../../../core/domain/building-id.ts'

/** UTC epoch milliseconds in what we publish. */
export const instant = z.int().describe('UTC epoch milliseconds')
export const known = z.number().nullable().describe('null where nobody knows')
export const series = z.array(z.number()).readonly()
export const gapSeries = z.array(z.number().nullable()).readonly()

export const buildingId = z
  .string()
  .transform((text, context) => {
    const id = parseBuildingId(text)
    if (id) return id
    context.addIssue('not a building id: 1 to 64 of a-z, 0-9 and -, and not "controller"')
    return z.NEVER
  })
  .openapi({ type: 'string', pattern: '^[a-z0-9-]{1,64}$', example: 'tower-a' })

export const provenanceSchema = z
  .object({
    source: z.string(),
    kind: z.enum(['measured', 'forecast', 'synthetic', 'estimated']),
    issuedAt: instant,
    standsInFor: z.string().optional().describe('the better source that failed, and why'),
  })
  .openapi('Provenance')

/** A plain `.nullable()` would make the named schema itself nullable in the OpenAPI document. */
export function orNull<T extends z.ZodType>(schema: T) {
  return z.union([schema, z.null()])
}
