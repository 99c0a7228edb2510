import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import type { Desk } from '../../controller/ports.ts'
import { readConsoleFiles } from './console-files.ts'
import { createHttpApp } from './create-http-app.ts'
import { createEventStreams, type EventStreamLimits } from './event-streams.ts'
import type { Exporter } from './exporter.ts'
import { hostGuard } from './guards/host-guard.ts'
import { isLoopback } from './guards/is-loopback.ts'
import { tokenGuard } from './guards/token-guard.ts'
import { HttpServerError } from './http-server-error.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'

export interface HttpServerOptions {
  readonly desk: Desk
  /** 127.0.0.1 where left out; off loopback a token is a must. */
  readonly host?: string | undefined
  /** 0 takes any free port. */
  readonly port: number
  /** The built console; where it is missing, `/` says that there is nothing. */
  readonly consoleDir: string
  readonly log: Log
  readonly token?: string | undefined
  readonly exporter?: Exporter | undefined
  readonly streamLimits?: Partial<EventStreamLimits> | undefined
}

export interface HttpServer {
  readonly port: number
  stop(): Promise<void>
}

const STREAM_LIMITS: EventStreamLimits = {
  beatMs: 5_000,
  gatherMs: 200,
  maxListeners: 64,
  maxQueuedBytes: 2 * 1024 * 1024,
}
const SHORTEST_TOKEN = 16

/** The HTTP API and the console; rejects with an `HttpServerError` where it may not or cannot listen. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { desk, log, exporter, host = '127.0.0.1', port } = options
  const guards = doorGuards(host, options.token)
  const files = await readConsoleFiles(options.consoleDir)
  if (files.size === 0)
    log.warn({ consoleDir: options.consoleDir }, 'console is not built, serving the API alone')
  const streams = createEventStreams(desk, { ...STREAM_LIMITS, ...options.streamLimits })
  const app = createHttpApp({ desk, streams, files, log, doorGuards: guards, exporter })
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  const stop = async () => {
    streams.stop()
    await close(server)
  }
  try {
    await listen(server, host, port)
  } catch (error) {
    streams.stop()
    throw error
  }
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : port, stop }
}

function doorGuards(host: string, token: string | undefined): MiddlewareHandler[] {
  const loopback = isLoopback(host)
  if (token === undefined && !loopback) {
    throw new HttpServerError('token-missing', `refusing to listen on ${host} without a token`)
  }
  if (token !== undefined && token.length < SHORTEST_TOKEN) {
    throw new HttpServerError('token-short', `a token has at least ${SHORTEST_TOKEN} characters`)
  }
  const who = token === undefined ? operator : tokenGuard(token)
  return loopback ? [hostGuard, who] : [who]
}

const operator: MiddlewareHandler = async (c, next) => {
  c.set('actor', 'operator')
  await next()
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
