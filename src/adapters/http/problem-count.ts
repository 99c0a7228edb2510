import type { MiddlewareHandler } from 'hono'

/** Requests that were answered with a problem, by its code: what is typed wrongly never reaches the desk. */
export interface ProblemCount {
  readonly middleware: MiddlewareHandler
  readonly byCode: Readonly<Partial<Record<string, number>>>
}

export function createProblemCount(): ProblemCount {
  const byCode: Partial<Record<string, number>> = {}
  return {
    byCode,
    async middleware(c, next) {
      await next()
      const code = c.get('problemCode')
      if (code !== undefined) byCode[code] = (byCode[code] ?? 0) + 1
    },
  }
}
