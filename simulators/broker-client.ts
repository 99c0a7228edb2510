import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect, type IClientOptions, MqttClient } from 'mqtt'

/** Opens one connection; the options are the device's own: who it is and its will. */
export type Connect = (options: IClientOptions) => MqttClient

const KEEPALIVE_S = 30

export interface Credentials {
  /** The user is the device's id. */
  readonly password?: string | undefined
  /** The broker's authority, where it is none that this machine knows. */
  readonly caPem?: string | undefined
}

/** Over the network: `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
export function connectTo(url: string, { password, caPem }: Credentials = {}): Connect {
  const extra = { keepalive: KEEPALIVE_S, ...(password && { password }), ...(caPem && { ca: caPem }) }
  return (options) => {
    const client = connect(url, { ...options, ...extra })
    // With Nagle's delay every acknowledged message would wait for the one before it.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true)
    return client
  }
}

/** Over a stream in this process: no keep-alive, for that would run on the wall clock. */
export function connectOver(open: () => Duplex, { password }: Credentials = {}): Connect {
  return (options) => new MqttClient(open, { ...options, keepalive: 0, ...(password && { password }) })
}
