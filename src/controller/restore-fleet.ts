import { valueEnd } from '../core/dispatch/lease.ts'
import type { Building } from '../core/domain/building.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import { DAY_MS, type Instant } from '../core/domain/instant.ts'
import type { Lease, OperatorMode, Override } from '../core/domain/lease.ts'
import type { Order, OrderShare } from '../core/domain/order.ts'
import { NO_MEMORY, remember } from '../core/ingest/ingest-memory.ts'
import { NO_BURDEN } from '../core/plan/orders/fairness.ts'
import type { LearnedModel } from '../core/state/learned-model.ts'
import { newBelief } from '../core/state/new-belief.ts'
import { foldSample, newTimeline } from '../core/state/timeline.ts'
import type { World } from '../core/state/world.ts'
import { modelOf } from '../core/thermal/prior-model.ts'
import { holdOffset } from './held-offsets.ts'
import type { Member } from './member.ts'
import { readSnapshot, type Snapshot } from './member-snapshot.ts'
import type { Recorder, Recovered } from './ports.ts'

export interface Restored {
  readonly fleet: ReadonlyMap<BuildingId, Member>
  readonly orders: readonly Order[]
  readonly shares: readonly OrderShare[]
  readonly learned: ReadonlyMap<string, string>
  readonly lastTurnAt: Instant | undefined
}

// Samples older than this cannot come again from any outbox worth the name.
const REMEMBERED_MS = 3 * DAY_MS

/** The fleet as the store left it: the same beliefs, the same running leases, the same memory of what was had. */
export async function restoreFleet(
  buildings: readonly Building[],
  recorder: Pick<Recorder, 'recover'>,
  now: Instant,
): Promise<Restored> {
  const recovered = await recorder.recover()
  const fleet = new Map<BuildingId, Member>()
  for (const building of buildings) {
    const member = restoreMember(building, recovered, now)
    fleet.set(building.id, member)
  }
  const { orders, shares, learned, lastTurnAt } = recovered
  return { fleet, orders, shares, learned, lastTurnAt }
}

function restoreMember(building: Building, recovered: Recovered, now: Instant): Member {
  const snapshot = readSnapshot(recovered.beliefs.get(building.id)?.json)
  const last = recovered.leases.get(building.id)
  const mode = recovered.modes.get(building.id) ?? { kind: 'auto' }
  const overrides = recovered.overrides.filter((override) => override.building === building.id)
  const isRunning = last !== undefined && last.validUntil > now && last.mode !== 'release'
  const lease = isRunning && !isGivenUp(mode, overrides) ? last : undefined
  const belief = snapshot?.belief ?? newBelief(building, 0)
  const learned = building.learnsModel ? snapshot?.learned : undefined
  const known = withLearned(building, learned)
  return {
    building: known,
    model: modelOf(known),
    learned,
    ingest: NO_MEMORY,
    timeline: newTimeline(belief),
    written: undefined,
    lastSampleAt: belief.samples > 0 ? belief.at : undefined,
    lease,
    lastSeq: Math.max(snapshot?.lastSeq ?? 0, last?.seq ?? 0),
    ...heldSince(snapshot, lease),
    overheatingBalanceKh: snapshot?.overheatingBalanceKh ?? 0,
    burden: snapshot?.burden ?? NO_BURDEN,
    givenKh: new Map(snapshot?.givenKh),
    ack: recovered.acks.get(building.id),
    status: undefined,
    mode,
    overrides,
    // What was planned is shown, and followed, for as long as its lease runs.
    plan: lease && mode.kind === 'auto' ? recovered.plans.get(building.id) : undefined,
  }
}

/** What was learned is gone on with. */
function withLearned(building: Building, learned: LearnedModel | undefined): Building {
  const identified = learned?.identified
  if (identified?.kind !== 'fitted' || identified.verdict.kind !== 'steer') return building
  return { ...building, model: identified.fit.model }
}

/** The end of a lease that was taken back is not in the store, but why it was is. */
function isGivenUp(mode: OperatorMode, overrides: readonly Override[]): boolean {
  return mode.kind === 'curve' || overrides.some(({ kind }) => kind === 'abort')
}

type Held = Pick<Member, 'heldOffsetK' | 'held' | 'plannedAt' | 'writes'>

/** A snapshot is written before the leases of its turn are sent, and one out of turn is newer than it. */
function heldSince(snapshot: Snapshot | undefined, lease: Lease | undefined): Held {
  const { heldOffsetK = 0, held = [], writes = [] } = snapshot ?? {}
  const plannedAt = snapshot?.plannedAt ?? Number.NEGATIVE_INFINITY
  if (!lease) return { heldOffsetK, held, plannedAt, writes }
  const isNewer = lease.issuedAt > plannedAt
  const leasedK = (isNewer ? lease.steps[0]?.supplyOffsetK : undefined) ?? heldOffsetK
  return {
    heldOffsetK: leasedK,
    held: holdOffset(held, { from: lease.issuedAt, until: valueEnd(lease), offsetK: leasedK }),
    plannedAt: Math.max(plannedAt, lease.issuedAt),
    writes: leasedK === heldOffsetK ? writes : [...writes, lease.issuedAt],
  }
}

/** Folds what came after the snapshot, and remembers what has been had. */
export async function foldKept(
  member: Member,
  recorder: Pick<Recorder, 'samples'>,
  world: World,
  now: Instant,
): Promise<void> {
  const samples = await recorder.samples(member.building.id, { from: now - REMEMBERED_MS, to: now + DAY_MS })
  for (const sample of samples) {
    const { energyKwh } = sample.readings
    const register = energyKwh === undefined ? member.ingest.register : { at: sample.at, kwh: energyKwh }
    member.ingest = remember({ ...member.ingest, register }, sample.at, samples.length)
    if (sample.at <= member.timeline.belief.at) continue
    member.timeline = foldSample(member.timeline, member.building, sample, world).timeline
    member.lastSampleAt = sample.at
  }
}
