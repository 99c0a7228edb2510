import { encodeRejected } from '../core/devices/controller-payload.ts'
import { controllerTopic } from '../core/devices/topics.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import { HOUR_MS, type Instant } from '../core/domain/instant.ts'
import type { Rejection, RejectionCode } from '../core/domain/rejection.ts'
import type { InboundMessage, MessageLink, Recorder } from './ports.ts'

const HEAD_BYTES = 200
const REMEMBERED = 500
// A broken device may be refused ten times a second for years: all are counted, so many an hour are shown and kept.
const KEPT_AN_HOUR = 200

/** Every refused message: counted per building and code, shown to operators, kept for them. */
export interface Rejections {
  add(message: InboundMessage, building: BuildingId | undefined, code: RejectionCode, detail: string): void
  /** Newest first. */
  latest(limit: number): readonly Rejection[]
  count(building: BuildingId): number
  byCode(building?: BuildingId): Readonly<Partial<Record<RejectionCode, number>>>
  restore(rejections: readonly Rejection[]): void
}

export interface RejectionsSetup {
  readonly now: () => Instant
  readonly recorder: Pick<Recorder, 'keepRejections'>
  readonly link: () => Pick<MessageLink, 'publish'> | undefined
  readonly onRejected: (rejection: Rejection) => void
  readonly onError: (error: unknown) => void
}

export function createRejections(setup: RejectionsSetup): Rejections {
  const counts = new Map<BuildingId | undefined, Map<RejectionCode, number>>()
  const recent: Rejection[] = []
  const budget = hourlyBudget(setup.now)

  const keep = (rejection: Rejection) => {
    setup.recorder.keepRejections([rejection]).catch(setup.onError)
    const topic = controllerTopic('rejected')
    setup.link()?.publish(topic, encodeRejected(rejection), { qos: 0, retain: false }).catch(setup.onError)
  }

  return {
    add(message, building, code, detail) {
      const own = counts.get(building) ?? new Map<RejectionCode, number>()
      own.set(code, (own.get(code) ?? 0) + 1)
      counts.set(building, own)
      if (!budget(building)) return
      const head = printable(message.payload)
      const rejection = { at: setup.now(), topic: message.topic.slice(0, 200), building, code, detail, head }
      recent.unshift(rejection)
      recent.length = Math.min(recent.length, REMEMBERED)
      keep(rejection)
      setup.onRejected(rejection)
    },
    latest: (limit) => recent.slice(0, limit),
    count: (building) => total(counts.get(building)),
    byCode: (building) => summed(building ? [counts.get(building)] : [...counts.values()]),
    restore(rejections) {
      recent.push(...rejections.slice(0, REMEMBERED - recent.length))
    },
  }
}

function total(own: ReadonlyMap<RejectionCode, number> | undefined): number {
  let sum = 0
  for (const count of own?.values() ?? []) sum += count
  return sum
}

function summed(
  maps: readonly (ReadonlyMap<RejectionCode, number> | undefined)[],
): Partial<Record<RejectionCode, number>> {
  const sums: Partial<Record<RejectionCode, number>> = {}
  for (const own of maps) {
    for (const [code, count] of own ?? []) sums[code] = (sums[code] ?? 0) + count
  }
  return sums
}

function hourlyBudget(now: () => Instant): (building: BuildingId | undefined) => boolean {
  let hour = 0
  const used = new Map<BuildingId | undefined, number>()
  return (building) => {
    const current = Math.floor(now() / HOUR_MS)
    if (current !== hour) used.clear()
    hour = current
    const count = (used.get(building) ?? 0) + 1
    used.set(building, count)
    return count <= KEPT_AN_HOUR
  }
}

/** The first bytes as people can read them: anything but printable ASCII becomes a dot. */
function printable(payload: Uint8Array): string {
  let text = ''
  for (const byte of payload.subarray(0, HEAD_BYTES)) {
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  }
  return text
}
