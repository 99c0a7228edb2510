import { HOUR_MS, type Instant } from '../src/core/domain/instant.ts'
import type { Sample } from '../src/core/domain/telemetry.ts'
import { streamKey, uniform } from './chance.ts'
import { type Fault, type FaultKind, isActive } from './faults.ts'

/** Makes of a sample what really leaves the building: none, one or several, perhaps of another time. */
export type Deliver = (sample: Sample, at: Instant) => readonly Sample[]

/** What happens to telemetry between the sensors and the outbox; `at` is the true time. */
export function deliveryFaults(faults: readonly Fault[], seed: number): Deliver {
  let held: readonly Sample[] = []
  const befalls = (kind: FaultKind, at: Instant) =>
    faults.some((fault, index) => {
      if (fault.kind !== kind || !isActive(fault, at)) return false
      const share = 'share' in fault ? fault.share : 1
      return uniform(streamKey(seed, 'delivery', index), at / 1000) < share
    })
  return (sample, at) => {
    if (befalls('dropout', at)) return []
    const timed = befalls('seconds', at) ? { ...sample, at: Math.floor(sample.at / 1000) } : sample
    const copies = befalls('duplicate', at) ? [timed, timed] : [timed]
    if (held.length === 0 && befalls('reordered', at)) {
      held = copies
      return []
    }
    const late = held
    held = []
    return [...copies, ...late]
  }
}

/** How far the device's own clock is off. */
export function clockErrorMs(faults: readonly Fault[], at: Instant): number {
  return faults.reduce(
    (sum, fault) => (fault.kind === 'clock-off' && isActive(fault, at) ? sum + fault.byHours * HOUR_MS : sum),
    0,
  )
}

export function isCutOff(faults: readonly Fault[], at: Instant): boolean {
  return faults.some((fault) => fault.kind === 'offline' && isActive(fault, at))
}

const GARBAGE: readonly Buffer[] = [
  Buffer.from('NaN'),
  Buffer.alloc(0),
  Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  Buffer.from(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`),
  Buffer.from('{"__proto__":{"at":1},"at":"yesterday","readings":{"indoorC":"21"}}'),
  Buffer.from('{"at":1736850000000,"readings":{"indoorC":NaN}}'),
]

/** What a broken gateway sends beside its sample at `at`, or undefined where it is sane. */
export function garbageAt(faults: readonly Fault[], at: Instant, telemetryMs: number): Buffer | undefined {
  if (!faults.some((fault) => fault.kind === 'garbage' && isActive(fault, at))) return undefined
  return GARBAGE[Math.floor(at / telemetryMs) % GARBAGE.length]
}
