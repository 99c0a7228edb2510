import { z } from 'zod'
import type { Building } from '../core/domain/building.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import { DAY_MS, type Instant } from '../core/domain/instant.ts'
import { NO_MEMORY, remember } from '../core/ingest/ingest-memory.ts'
import type { Belief } from '../core/state/belief.ts'
import { decodeBelief } from '../core/state/encode-belief.ts'
import { newBelief } from '../core/state/new-belief.ts'
import { foldSample, newTimeline } from '../core/state/timeline.ts'
import type { World } from '../core/state/world.ts'
import { modelOf } from '../core/thermal/prior-model.ts'
import type { Member } from './member.ts'
import type { Recorder, Recovered } from './ports.ts'

const snapshotSchema = z.object({
  heldOffsetK: z.number(),
  writes: z.array(z.number()),
  lastSeq: z.number(),
  plannedAt: z.number().nullable(),
})

type Snapshot = z.output<typeof snapshotSchema> & { readonly belief: Belief }

export interface Restored {
  readonly fleet: ReadonlyMap<BuildingId, Member>
  readonly lastTurnAt: Instant | undefined
}

// Samples older than this cannot come again from any outbox worth the name.
const REMEMBERED_MS = 3 * DAY_MS

/** The fleet as the store left it: the same beliefs, the same running leases, the same memory of what was had. */
export async function restoreFleet(
  buildings: readonly Building[],
  recorder: Recorder,
  now: Instant,
): Promise<Restored> {
  const recovered = await recorder.recover()
  const fleet = new Map<BuildingId, Member>()
  for (const building of buildings) {
    const member = restoreMember(building, recovered, now)
    fleet.set(building.id, member)
  }
  return { fleet, lastTurnAt: recovered.lastTurnAt }
}

function restoreMember(building: Building, recovered: Recovered, now: Instant): Member {
  const snapshot = readSnapshot(recovered.beliefs.get(building.id)?.json)
  const lease = recovered.leases.get(building.id)
  const belief = snapshot?.belief ?? newBelief(building, 0)
  return {
    building,
    model: modelOf(building),
    ingest: NO_MEMORY,
    timeline: newTimeline(belief),
    written: undefined,
    lastSampleAt: belief.samples > 0 ? belief.at : undefined,
    lease: lease && lease.validUntil > now ? lease : undefined,
    lastSeq: Math.max(snapshot?.lastSeq ?? 0, lease?.seq ?? 0),
    heldOffsetK: snapshot?.heldOffsetK ?? 0,
    ack: undefined,
    status: undefined,
    mode: recovered.modes.get(building.id) ?? { kind: 'auto' },
    overrides: recovered.overrides.filter((override) => override.building === building.id),
    plan: undefined,
    plannedAt: snapshot?.plannedAt ?? Number.NEGATIVE_INFINITY,
    writes: snapshot?.writes ?? [],
  }
}

/** Undefined where there is none, or it is of another version: the estimate then begins anew. */
function readSnapshot(text: string | undefined): Snapshot | undefined {
  if (text === undefined) return undefined
  const end = text.indexOf('\n')
  const parsed = snapshotSchema.safeParse(parseJson(text.slice(0, end)))
  const belief = decodeBelief(text.slice(end + 1))
  return parsed.success && belief ? { ...parsed.data, belief } : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
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
    member.ingest = remember(member.ingest, sample.at, samples.length)
    if (sample.at <= member.timeline.belief.at) continue
    member.timeline = foldSample(member.timeline, member.building, sample, world).timeline
    member.lastSampleAt = sample.at
  }
}
