import type { Building, ThermalModel } from '../core/domain/building.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { Ack, DeviceStatus, Lease, OperatorMode, Override } from '../core/domain/lease.ts'
import type { BuildingPlan } from '../core/domain/plan.ts'
import type { IngestMemory } from '../core/ingest/ingest-memory.ts'
import type { Burden } from '../core/plan/orders/fairness.ts'
import type { LearnedModel } from '../core/state/learned-model.ts'
import type { Timeline } from '../core/state/timeline.ts'
import type { HeldOffset } from './held-offsets.ts'

/** One building as the controller knows it. Only the loops change it. */
export interface Member {
  /** As described, with the model that was learned once it is understood. */
  building: Building
  model: ThermalModel
  /** What the nights have taught; undefined before the first, and where nothing is to be learned. */
  learned: LearnedModel | undefined
  ingest: IngestMemory
  /** What we believe, and the samples behind it. */
  timeline: Timeline
  /** The belief as last written for a restart, and the span of hours that it is of. */
  written: { readonly span: number; readonly belief: string } | undefined
  lastSampleAt: Instant | undefined
  /** The lease in force or last sent; undefined once cleared. */
  lease: Lease | undefined
  lastSeq: number
  /** Offset on the curve behind the lease's first step, K. */
  heldOffsetK: number
  /** The offsets of the last days, oldest first. */
  held: readonly HeldOffset[]
  ack: Ack | undefined
  status: DeviceStatus | undefined
  /** Overheating spared against a caretaker's curve and not yet spent, kelvin-hours. */
  overheatingBalanceKh: number
  /** What orders took from it so far, and by which of those that stand. */
  burden: Burden
  givenKh: ReadonlyMap<string, number>
  mode: OperatorMode
  overrides: readonly Override[]
  plan: BuildingPlan | undefined
  plannedAt: Instant
  /** When the value that the building writes to its controller was last changed, newest last, of the last day. */
  writes: readonly Instant[]
}

export type Fleet = ReadonlyMap<BuildingId, Member>
