import { z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** RFC 9457; `code` is the last part of `type`, for those who switch on it. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    deliverableKw: z.number().optional().describe('how much of a refused order would be accepted'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

type Problem = z.output<typeof problemSchema>

declare module 'hono' {
  interface ContextVariableMap {
    /** Of the problem that a request was answered with, where it was: for the count. */
    problemCode?: string
  }
}

export interface Fault<S extends ContentfulStatusCode> {
  readonly status: S
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly deliverableKw?: number
  readonly errors?: { path: string; message: string }[]
}

/** The answer that says what went wrong, as a problem document. */
export function problem<S extends ContentfulStatusCode>(
  c: Context,
  fault: Fault<S>,
  headers?: Record<string, string>,
): Response & TypedResponse<Problem, S, 'json'> {
  c.set('problemCode', fault.code)
  const body: Problem = { type: `urn:problem-type:heatflex:${fault.code}`, ...fault }
  return c.json(body, fault.status, { 'Content-Type': 'application/problem+json', ...headers })
}

/** For the OpenAPI document: a problem that a route may answer with. */
export function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } }
}
