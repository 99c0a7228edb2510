import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from 'node:http'
import { createServer, type Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { Address } from './broker-options.ts'
import { LinkError } from './link-error.ts'

export interface Listener {
  readonly port: number
  stop(): Promise<void>
}

type Accept = (connection: Duplex, request?: IncomingMessage) => void

const KEEPALIVE_AFTER_MS = 60_000

export function isLoopback({ host }: Address): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

export async function listenTcp(address: Address, maxConnections: number, accept: Accept): Promise<Listener> {
  const sockets = new Set<Duplex>()
  // Nagle's wait would make each small message up to 40 ms late.
  const settings = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEPALIVE_AFTER_MS }
  const server = createServer(settings, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    accept(socket)
  })
  server.maxConnections = maxConnections
  return started(server, address, sockets)
}

/** MQTT over WebSocket. Pages of other origins are turned away: a browser would lend them its loopback. */
export async function listenWebSocket(
  address: Address,
  maxConnections: number,
  maxPayload: number,
  accept: Accept,
): Promise<Listener> {
  const sockets = new Set<Duplex>()
  const server = createHttpServer((_, response) => response.writeHead(426).end())
  server.maxConnections = maxConnections
  const webSockets = new WebSocketServer({
    server,
    maxPayload,
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
    verifyClient: ({ origin }: { origin: string | undefined }) => isOwnOrigin(origin),
  })
  webSockets.on('error', () => undefined)
  webSockets.on('connection', (webSocket, request) => {
    const stream = createWebSocketStream(webSocket)
    sockets.add(stream)
    stream.once('close', () => sockets.delete(stream))
    accept(stream, request)
  })
  return started(server, address, sockets)
}

function isOwnOrigin(origin: string | undefined): boolean {
  if (!origin) return true
  const host = URL.canParse(origin) ? new URL(origin).hostname : ''
  return isLoopback({ host, port: 0 }) || host === '[::1]'
}

async function started(server: Server | HttpServer, address: Address, open: Set<Duplex>): Promise<Listener> {
  const { host, port } = address
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new LinkError(`listening on ${host}:${port}`, { cause })))
    server.listen({ host, port }, resolve)
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const connection of open) connection.destroy()
      }),
  }
}
