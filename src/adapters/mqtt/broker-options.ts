import type { MessageDoor } from '../../controller/ports.ts'
import type { Credentials } from './broker-access.ts'
import type { SessionJournal } from './session-journal.ts'

export interface Address {
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
}

export type BrokerEvent =
  | { readonly kind: 'connected' | 'disconnected'; readonly client: string }
  /** The client sent what is no MQTT, kept still too long, or its connection broke. */
  | { readonly kind: 'failed'; readonly client: string; readonly detail: string }
  /** Name and password did not prove who it is. */
  | { readonly kind: 'turned-away'; readonly client: string }
  /** It took too little of what was sent to it. */
  | { readonly kind: 'sent-away'; readonly client: string; readonly backlogBytes: number }
  /** The broker goes on, but what it keeps for others is in memory only. */
  | { readonly kind: 'journal-failed'; readonly detail: string }

export interface BrokerLimits {
  /** A longer payload is refused, but confirmed, so that its sender does not come back with it for ever. */
  readonly maxPayloadBytes: number
  /** A longer packet ends the connection before it is read. */
  readonly maxPacketBytes: number
  readonly maxConnections: number
  readonly maxTopicLevels: number
  /** How much may wait in a connection for its subscriber, and for how long. */
  readonly maxBacklogBytes: number
  readonly maxFrozenMs: number
  /** Messages kept for a client that is away; beyond it the oldest goes. */
  readonly maxWaiting: number
  readonly connectTimeoutMs: number
  /** 0 allows any, also none. */
  readonly maxKeepaliveS: number
}

export const DEFAULT_BROKER_LIMITS: BrokerLimits = {
  maxPayloadBytes: 256 * 1024,
  maxPacketBytes: 4 * 1024 * 1024,
  maxConnections: 50_000,
  maxTopicLevels: 16,
  maxBacklogBytes: 8 * 1024 * 1024,
  maxFrozenMs: 10_000,
  maxWaiting: 500,
  connectTimeoutMs: 10_000,
  maxKeepaliveS: 0,
}

export interface EmbeddedBrokerOptions {
  /** Hears also of what its sender may not send, or not so long: such a message is confirmed and goes nowhere. */
  readonly door: MessageDoor
  /** Where to listen; without it only `attach` connects. */
  readonly tcp?: Address | undefined
  readonly websocket?: Address | undefined
  /** Off loopback nobody connects without; on it, whoever is named here must prove it. */
  readonly credentials?: Credentials | undefined
  /** Without it retained messages and sessions end with the process. */
  readonly journal?: SessionJournal | undefined
  readonly limits?: Partial<BrokerLimits> | undefined
  readonly onEvent?: ((event: BrokerEvent) => void) | undefined
}
