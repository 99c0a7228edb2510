import { decodeInbound } from '../core/devices/decode-inbound.ts'
import { parseTopic } from '../core/devices/topics.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import type { Ack, DeviceStatus, Override } from '../core/domain/lease.ts'
import type { RejectionCode } from '../core/domain/rejection.ts'
import type { Sample } from '../core/domain/telemetry.ts'
import { checkSample } from '../core/ingest/check-sample.ts'
import { forget } from '../core/ingest/ingest-memory.ts'
import type { IngestLimits } from '../core/ingest/limits.ts'
import type { Fleet, Member } from './member.ts'
import type { NetworkMeter } from './network-meter.ts'
import type { Clock, InboundMessage, MessageDoor, Recorder } from './ports.ts'
import type { Rejections } from './rejections.ts'

export interface IntakeCounts {
  received: number
  samples: number
  duplicates: number
  unknownKeys: number
  late: number
}

export interface IntakeSetup {
  readonly fleet: Fleet
  /** The network's own meter, where there is one. */
  readonly meter?: NetworkMeter | undefined
  readonly clock: Clock
  readonly recorder: Recorder
  readonly rejections: Rejections
  readonly counts: IntakeCounts
  /** Folds a durable sample into what we believe of the building. */
  readonly onSample: (member: Member, sample: Sample) => void
  readonly onOverride: (member: Member) => void
  readonly onError: (error: unknown, what: string) => void
}

/** Message in → decoded → checked → durable → state. Nothing that a building sends stops the next message. */
export function createIntake(setup: IntakeSetup): MessageDoor {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  return {
    async receive(message) {
      setup.counts.received++
      const building = topicBuilding(message.topic)
      const text = readText(utf8, message.payload)
      if (typeof text !== 'string') return refused(setup, message, building, text.code, text.detail)
      const decoded = decodeInbound(message.topic, text)
      if (decoded.kind === 'refused') return refused(setup, message, building, decoded.code, decoded.detail)
      const { meter } = setup
      if (meter && building === meter.building.id) {
        // It hears no leases: what it says of them, or of itself, is nobody's.
        if (decoded.kind !== 'telemetry') return true
        for (const part of decoded.refused) refused(setup, message, building, part.code, part.detail)
        return takeSamples(
          setup,
          message,
          { sender: meter, limits: meter.limits, hear: meter.hear },
          decoded.samples,
        )
      }
      const member = building && setup.fleet.get(building)
      if (!member) return refused(setup, message, building, 'unknown-building', building ?? message.topic)
      switch (decoded.kind) {
        case 'telemetry':
          setup.counts.unknownKeys += decoded.unknownKeys
          for (const part of decoded.refused) refused(setup, message, building, part.code, part.detail)
          return takeSamples(
            setup,
            message,
            { sender: member, hear: (sample) => setup.onSample(member, sample) },
            decoded.samples,
          )
        case 'ack':
          return takeAck(setup, member, decoded.ack)
        case 'status':
          return takeStatus(setup, member, decoded.status)
        case 'override':
          return takeOverride(setup, message, member, decoded.override)
        default:
          return decoded satisfies never
      }
    },
    refuse(message, code, detail) {
      setup.counts.received++
      setup.rejections.add(message, knownBuilding(setup, message), code, detail)
    },
  }
}

type Unreadable = { readonly code: RejectionCode; readonly detail: string }
const LARGEST_BYTES = 256 * 1024

function readText(utf8: { decode(bytes: Uint8Array): string }, payload: Uint8Array): string | Unreadable {
  if (payload.length === 0) return { code: 'empty', detail: 'no payload' }
  if (payload.length > LARGEST_BYTES) return { code: 'too-large', detail: `${payload.length} bytes` }
  try {
    return utf8.decode(payload)
  } catch {
    return { code: 'not-utf8', detail: 'payload is not UTF-8' }
  }
}

function topicBuilding(topic: string): BuildingId | undefined {
  const parsed = parseTopic(topic)
  return parsed?.kind === 'building' ? parsed.building : undefined
}

/** Only buildings of the fleet are counted by name, so that made-up names cannot fill the memory. */
function knownBuilding(setup: IntakeSetup, message: InboundMessage): BuildingId | undefined {
  const building = topicBuilding(message.topic)
  return building && setup.fleet.has(building) ? building : undefined
}

function refused(
  setup: IntakeSetup,
  message: InboundMessage,
  building: BuildingId | undefined,
  code: RejectionCode,
  detail: string,
): true {
  const known = building && setup.fleet.has(building) ? building : undefined
  setup.rejections.add(message, known, code, detail)
  return true
}

/** Whom a sample is of, and what is done with it once it is durable. */
interface Source {
  readonly sender: Pick<Member, 'ingest'> & { readonly building: { readonly id: BuildingId } }
  readonly limits?: IngestLimits
  readonly hear: (sample: Sample) => void
}

async function takeSamples(
  setup: IntakeSetup,
  message: InboundMessage,
  source: Source,
  samples: readonly Sample[],
): Promise<boolean> {
  const kept = await Promise.all(samples.map((sample) => takeSample(setup, message, source, sample)))
  return kept.every(Boolean)
}

async function takeSample(
  setup: IntakeSetup,
  message: InboundMessage,
  { sender, limits, hear }: Source,
  sample: Sample,
): Promise<boolean> {
  const now = setup.clock.now()
  const checked = checkSample(sample, sender.ingest, now, limits)
  const { id } = sender.building
  if (!checked.ok) {
    if (checked.code === 'duplicate') return keptBefore(setup)
    return refused(setup, message, id, checked.code, checked.detail)
  }
  for (const part of checked.refused) refused(setup, message, id, part.code, part.detail)
  sender.ingest = checked.memory
  try {
    await setup.recorder.keepSample(checked.sample, now)
  } catch (error) {
    sender.ingest = forget(sender.ingest, sample.at)
    setup.onError(error, 'sample not kept')
    return false
  }
  setup.counts.samples++
  hear(checked.sample)
  return true
}

/** A sample had before is durable only once the commit that it waits for is. */
async function keptBefore(setup: IntakeSetup): Promise<boolean> {
  setup.counts.duplicates++
  return kept(setup, setup.recorder.flush(), 'store not flushed')
}

// Sequence numbers grow by the second; one from years ahead is a mistake, not news.
const LARGEST_LEAD_S = 400 * 24 * 3600

async function takeAck(setup: IntakeSetup, member: Member, ack: Ack): Promise<boolean> {
  // A retained ack of the past comes again with every reconnect.
  if (member.ack && (ack.seq < member.ack.seq || (ack.seq === member.ack.seq && ack.at <= member.ack.at)))
    return true
  if (!(await kept(setup, setup.recorder.keepAck(ack), 'ack not kept'))) return false
  member.ack = ack
  // A building that has seen a higher number would refuse ours as old news.
  const isSane = ack.seq < setup.clock.now() / 1000 + LARGEST_LEAD_S
  if (isSane) member.lastSeq = Math.max(member.lastSeq, ack.seq)
  return true
}

async function takeStatus(setup: IntakeSetup, member: Member, status: DeviceStatus): Promise<boolean> {
  // The will of an old session must not take a new one offline.
  if (member.status && status.session < member.status.session) return true
  if (!(await kept(setup, setup.recorder.keepStatus(status), 'status not kept'))) return false
  member.status = status
  return true
}

// Longest that a resident's wish may last, so that a wrong clock cannot switch a building off for years.
const LONGEST_OVERRIDE_MS = 14 * 24 * 3_600_000

async function takeOverride(
  setup: IntakeSetup,
  message: InboundMessage,
  member: Member,
  override: Override,
): Promise<boolean> {
  const now = setup.clock.now()
  if (override.untilAt <= now || override.untilAt > now + LONGEST_OVERRIDE_MS) {
    return refused(setup, message, override.building, 'bad-time', `untilAt: ${override.untilAt}`)
  }
  if (!(await kept(setup, setup.recorder.keepOverride(override, now), 'override not kept'))) return false
  const others = member.overrides.filter(
    (other) => other.untilAt > now && (other.by !== override.by || other.zone !== override.zone),
  )
  member.overrides = [...others, override]
  setup.onOverride(member)
  return true
}

async function kept(setup: IntakeSetup, writing: Promise<void>, what: string): Promise<boolean> {
  try {
    await writing
    return true
  } catch (error) {
    setup.onError(error, what)
    return false
  }
}
