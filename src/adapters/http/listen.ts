import { once } from 'node:events'
import type { Server } from 'node:http'
import { HttpServerError, type HttpServerFault } from './http-server-error.ts'

const FAULTS: Readonly<Record<string, readonly [HttpServerFault, string]>> = {
  EADDRINUSE: ['port-in-use', 'the port is in use'],
  EACCES: ['not-allowed', 'the system does not allow it'],
  EADDRNOTAVAIL: ['bad-address', 'this machine has no such address'],
  ENOTFOUND: ['bad-address', 'there is no such host'],
}

/** Resolves when the server listens; rejects with an `HttpServerError` that says why it cannot. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const [fault, why] = FAULTS[code] ?? ['bad-address', code]
    throw new HttpServerError(fault, `cannot listen on ${host}:${port}: ${why}`, { cause })
  }
}
