import type { Hook } from '@hono/zod-openapi'
import type { Context, Env, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Log } from './log.ts'
import { problem } from './problem.ts'

/** A request that its schema refuses: every fault is named, with its place. */
export const onInvalid: Hook<unknown, Env, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined
  const errors = result.error.issues.map(({ path, message }) => ({
    path: [result.target === 'json' ? 'body' : result.target, ...path].join('.'),
    message,
  }))
  return problem(c, { status: 400, code: 'bad-request', title: 'The request cannot be read', errors })
}

export const onNotFound: NotFoundHandler = (c) =>
  problem(c, { status: 404, code: 'not-found', title: 'There is nothing here', detail: c.req.path })

export function onWrongMethod(c: Context, methods: readonly string[]): Response {
  const fault = { status: 405, code: 'wrong-method', title: 'This cannot be done here' } as const
  return problem(c, { ...fault, detail: c.req.method }, { Allow: methods.join(', ') })
}

export function onTooLarge(c: Context): Response {
  return problem(c, { status: 413, code: 'too-large', title: 'The body is too large' })
}

/** What a handler throws is a bug or a lost world: the log gets the cause, the asker does not. */
export function onFailure(log: Log): ErrorHandler {
  return (error, c) => {
    if (error instanceof HTTPException && error.status < 500) {
      const fault = { status: 400, code: 'bad-request', title: 'The request cannot be read' } as const
      return problem(c, { ...fault, detail: error.message })
    }
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
    return problem(c, { status: 500, code: 'failed', title: 'The controller failed to answer' })
  }
}
