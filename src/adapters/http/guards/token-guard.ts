import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { problem } from '../problem.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who asks, as far as we know: for the audit. */
    actor: string
  }
}

/**
 * Lets in `Bearer <token>`, and Basic with the token as password: a browser asks for that by itself and sends
 * it with the event stream too. The name given there is who the audit will show.
 */
export function tokenGuard(token: string): MiddlewareHandler {
  const expected = digest(token)
  return async (c, next) => {
    const given = readCredentials(c.req.header('authorization') ?? '')
    if (given && timingSafeEqual(digest(given.token), expected)) {
      c.set('actor', given.name)
      return next()
    }
    const challenge = 'Basic realm="heatflex", charset="UTF-8", Bearer realm="heatflex"'
    const fault = { status: 401, code: 'no-token', title: 'A token is needed' } as const
    return problem(c, fault, { 'WWW-Authenticate': challenge })
  }
}

function readCredentials(header: string): { name: string; token: string } | undefined {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+)$/i.exec(header) ?? []
  if (scheme.toLowerCase() === 'bearer') return { name: 'token', token: value }
  if (scheme.toLowerCase() !== 'basic') return undefined
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { name: printable(text.slice(0, colon)) || 'token', token: text.slice(colon + 1) }
}

function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N} .@_-]/gu, '').slice(0, 64)
}

// Hashes are of one length, so that the comparison tells nothing of the token's.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
