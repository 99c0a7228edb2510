import type { BuildingSummary } from './api-types.ts'
import { leaseNow } from './lease-now.ts'

/** 0 is calm, 1 worth a look, 2 not as planned, 3 someone must act. */
export type Severity = 0 | 1 | 2 | 3

export interface Trouble {
  readonly severity: Severity
  readonly text: string
}

const SILENT_AFTER_MS = 45 * 60_000
const COLD_BY_K = 0.5

/** What is not as it ought to be, worst first. */
export function troubles(building: BuildingSummary, at: number): readonly Trouble[] {
  const found = [
    ...telemetry(building, at),
    ...comfort(building),
    ...obedience(building, at),
    ...faults(building),
  ]
  const sorted = found.sort((a, b) => b.severity - a.severity)
  return sorted.filter(({ text }, index) => sorted.findIndex((other) => other.text === text) === index)
}

export function severity(building: BuildingSummary, at: number): Severity {
  return troubles(building, at)[0]?.severity ?? 0
}

function telemetry({ online, lastSampleAt, steeredBy }: BuildingSummary, at: number): Trouble[] {
  if (lastSampleAt === null) return [{ severity: 3, text: 'no telemetry yet' }]
  if (at - lastSampleAt > SILENT_AFTER_MS || steeredBy === 'lost')
    return [{ severity: 3, text: 'telemetry lost' }]
  return online ? [] : [{ severity: 2, text: 'offline' }]
}

function comfort({ coldestC, warmestC, comfort: { minC, maxC } }: BuildingSummary): Trouble[] {
  if (coldestC !== null && coldestC < minC - COLD_BY_K) return [{ severity: 3, text: 'too cold' }]
  if (coldestC !== null && coldestC < minC) return [{ severity: 1, text: 'cool' }]
  return warmestC !== null && warmestC > maxC + 1 ? [{ severity: 1, text: 'too warm' }] : []
}

function obedience({ mode, lease, ack }: BuildingSummary, at: number): Trouble[] {
  const found: Trouble[] = []
  if (mode.kind === 'auto' && leaseNow(lease, at).kind === 'lapsed')
    found.push({ severity: 2, text: 'lease lapsed' })
  if (ack?.state === 'rejected' || ack?.state === 'expired') {
    found.push({ severity: 2, text: `setpoint ${ack.state}` })
  }
  if (ack?.state === 'limited') found.push({ severity: 1, text: 'setpoint limited' })
  if (ack?.state === 'overridden') found.push({ severity: 1, text: 'overridden' })
  return found
}

function faults({ flags, rejected }: BuildingSummary): Trouble[] {
  const found: Trouble[] = flags.map((flag) => ({ severity: 1, text: flag.replaceAll('-', ' ') }))
  if (rejected > 0) found.push({ severity: 1, text: `${rejected} refused` })
  return found
}
