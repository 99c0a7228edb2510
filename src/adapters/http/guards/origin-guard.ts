import type { Context, MiddlewareHandler } from 'hono'
import { problem } from '../problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses writes that another site's page sends with the operator's browser. Programs send no Origin. */
export const originGuard: MiddlewareHandler = async (c, next) => {
  if (SAFE.has(c.req.method) || isOwn(c)) return next()
  return problem(c, {
    status: 403,
    code: 'foreign-origin',
    title: 'The request comes from the page of another site',
  })
}

function isOwn(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const origin = c.req.header('origin')
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host')
}
