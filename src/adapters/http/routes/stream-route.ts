import { ServerResponse } from 'node:http'
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { EventStreams } from '../event-streams.ts'
import { problem, problemAnswer } from '../problem.ts'

const route = createRoute({
  method: 'get',
  path: '/stream',
  summary: 'What happens, as it happens (server-sent events)',
  description:
    'Events `turn`, `building`, `order` and `rejected` carry a Turn, a BuildingSummary, an Order and a Rejection; `beat` carries ' +
    '`{"at":ms}` at once and every few seconds. A listener that does not keep up is disconnected; come back and ' +
    'read /fleet anew.',
  responses: {
    200: { description: 'the stream', content: { 'text/event-stream': {} } },
    503: problemAnswer('too many listeners'),
  },
})

const HEADERS = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' }

export function addStreamRoute(api: OpenAPIHono, streams: EventStreams): void {
  api.openapi(route, (c) => {
    // A HEAD is answered from here too, and nobody would ever read or cancel its body.
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, HEADERS)
    const stream = streams.open(() => cut(c.env))
    if (stream) return c.body(stream, 200, HEADERS)
    return problem(c, { status: 503, code: 'too-many-listeners', title: 'Too many listeners' })
  })
}

/** Ends the connection itself: what waits for a frozen listener must not be kept until its socket times out. */
function cut(env: { readonly outgoing?: unknown } | undefined): void {
  if (env?.outgoing instanceof ServerResponse) env.outgoing.destroy()
}
