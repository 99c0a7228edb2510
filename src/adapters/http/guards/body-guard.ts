import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problem } from '../problem.ts'
import { onTooLarge } from '../refusals.ts'

/** Lets bodies in whose length is told and small; without a length and in no chunks there is none (RFC 9112, 6.3). */
export function bodyGuard(largestBytes: number): MiddlewareHandler {
  const limit = bodyLimit({ maxSize: largestBytes, onError: onTooLarge })
  return async (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) return problem(c, LENGTH_REQUIRED)
    return c.req.header('content-length') === undefined ? next() : limit(c, next)
  }
}

const LENGTH_REQUIRED = {
  status: 411,
  code: 'length-required',
  title: 'The body must say how long it is',
} as const
