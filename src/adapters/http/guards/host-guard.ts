import type { MiddlewareHandler } from 'hono'
import { problem } from '../problem.ts'
import { isLoopback } from './is-loopback.ts'

/** On loopback only: a page elsewhere may point its own name at 127.0.0.1 and read us through the browser. */
export const hostGuard: MiddlewareHandler = async (c, next) => {
  if (isLoopback(hostName(c.req.header('host')))) return next()
  return problem(c, {
    status: 403,
    code: 'foreign-host',
    title: 'The Host header does not name this machine',
    detail: 'ask by localhost or 127.0.0.1, or bind elsewhere with a token',
  })
}

function hostName(header: string | undefined): string {
  const url = `http://${header ?? ''}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : ''
}
