import type { Instant } from '../domain/instant.ts'
import type { Rejection } from '../domain/rejection.ts'
import type { TurnView } from '../domain/views.ts'

export interface ControllerStatus {
  readonly state: 'online' | 'offline'
  /** The start of the controller's session, so that a late will of an old one is known as such. */
  readonly session: number
  readonly at: Instant
}

export interface ControllerInfo {
  readonly version: string
  readonly startedAt: Instant
  readonly at: Instant
}

export interface ControllerHealth {
  readonly status: 'ok' | 'degraded'
  readonly at: Instant
  readonly reasons: readonly string[]
  readonly lastTurn: TurnView | null
}

export function encodeControllerStatus({ state, session, at }: ControllerStatus): string {
  return JSON.stringify({ state, session, at })
}

export function encodeControllerInfo({ version, startedAt, at }: ControllerInfo): string {
  return JSON.stringify({ version, contract: 'heatflex/v1', startedAt, at })
}

export function encodeControllerHealth({ status, at, reasons, lastTurn }: ControllerHealth): string {
  return JSON.stringify({ status, at, reasons, lastTurn })
}

export function encodeRejected({ at, topic, building, code, detail, head }: Rejection): string {
  return JSON.stringify({ at, topic, building, code, detail, head })
}
