import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'

/** What a step asks for; a building gets those that its profile names, `null` means "your own". */
export interface LeaseStep {
  readonly from: Instant
  readonly supplyOffsetK?: number | null | undefined
  readonly roomSetpointC?: number | null | undefined
  readonly supplyC?: number | null | undefined
  readonly heatLimitKw?: number | null | undefined
}

export type LeaseMode = 'auto' | 'order' | 'emergency' | 'release'

export interface Reason {
  readonly code: ReasonCode
  /** One sentence that a resident would understand. */
  readonly text: string
}

export const REASON_CODES = [
  'cheap-heat-ahead',
  'dear-heat-ahead',
  'store-before-dear',
  'comfort-low',
  'comfort-high',
  'steady',
  'hot-water-peak',
  'resident-override',
  'operator-hold',
  'operator-curve',
  'out-of-season',
  'not-understood',
  'not-learned',
  'learning',
  'telemetry-lost',
  'meter-only',
  'order-ahead',
  'order-less',
  'order-more',
  'order-release',
  'emergency',
  'network-limit',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** A setpoint is a lease: an offset on the building's own curve with an end (contract, `setpoint`). */
export interface Lease {
  readonly id: string
  readonly building: BuildingId
  /** Only grows, per building, across restarts and a lost store. */
  readonly seq: number
  readonly issuedAt: Instant
  readonly validFrom: Instant
  readonly validUntil: Instant
  readonly steps: readonly LeaseStep[]
  readonly mode: LeaseMode
  readonly reason: Reason
}

export type AckState =
  | 'accepted'
  | 'applied'
  | 'limited'
  | 'rejected'
  | 'superseded'
  | 'expired'
  | 'overridden'

export interface Ack {
  readonly building: BuildingId
  readonly id: string
  readonly seq: number
  readonly at: Instant
  readonly state: AckState
  readonly applied?: Readonly<Record<string, number | null>> | undefined
  readonly reason?: string | undefined
}

export interface Override {
  readonly building: BuildingId
  readonly kind: 'abort' | 'warmer' | 'cooler' | 'away'
  readonly deltaK: number
  readonly untilAt: Instant
  readonly by: 'resident' | 'owner'
  readonly zone?: string | undefined
}

export interface DeviceStatus {
  readonly building: BuildingId
  readonly state: 'online' | 'offline'
  readonly session: number
  readonly at: Instant
}

/** What an operator has set for a building: the plan's lease, its own curve, or the held offset. */
export type OperatorMode =
  | { readonly kind: 'auto' | 'curve' }
  | { readonly kind: 'hold'; readonly supplyOffsetK: number }
