import type { z } from '@hono/zod-openapi'

/** For the OpenAPI document: a JSON answer of this shape. */
export function answer<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}
