import { connect as connectTcp } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createWebSocketStream, WebSocket } from 'ws'
import { LinkError } from './link-error.ts'

export interface BrokerUrl {
  readonly url: string
  /** PEM of who signs the broker's certificate, where the system does not know it. */
  readonly ca?: string | undefined
}

const PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883 }

/** How to reach a broker by `mqtt:`, `mqtts:`, `ws:` or `wss:`; throws a `LinkError` for any other address. */
export function streamOpener({ url: text, ca }: BrokerUrl): () => Duplex {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(mqtts?|wss?):$/.test(url.protocol) || url.hostname === '') {
    throw new LinkError(`no MQTT address: ${text} (mqtt://, mqtts://, ws:// or wss://)`)
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (PORTS[url.protocol] ?? 0)
  switch (url.protocol) {
    case 'mqtt:':
      // Nagle's wait would make each small message up to 40 ms late.
      return () => connectTcp({ host, port, noDelay: true, keepAlive: true })
    case 'mqtts:':
      return () => connectTls({ host, port, ca, servername: isName(host) ? host : '' }).setNoDelay(true)
    default:
      return () => createWebSocketStream(new WebSocket(url, ['mqtt'], { ca }))
  }
}

/** TLS names no addresses (RFC 6066, 3). */
function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(':')
}
