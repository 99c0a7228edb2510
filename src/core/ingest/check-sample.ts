import type { Instant } from '../domain/instant.ts'
import type { RejectionCode } from '../domain/rejection.ts'
import type { Readings, Sample } from '../domain/telemetry.ts'
import { cleanReadings, type RefusedReading } from './clean-readings.ts'
import { hasSeen, type IngestMemory, remember } from './ingest-memory.ts'
import { DEFAULT_LIMITS, type IngestLimits } from './limits.ts'
import { readRegister } from './read-register.ts'

export type CheckedSample =
  | {
      readonly ok: true
      /** With what can be true of it, and heat from the register where the meter gives none. */
      readonly sample: Sample
      readonly refused: readonly RefusedReading[]
      readonly memory: IngestMemory
    }
  | { readonly ok: false; readonly code: RejectionCode | 'duplicate'; readonly detail: string }

/** What of a sample is to be believed: time and duplicates decide on all of it, each reading on itself. */
export function checkSample(
  sample: Sample,
  memory: IngestMemory,
  now: Instant,
  limits: IngestLimits = DEFAULT_LIMITS,
): CheckedSample {
  // Written so that NaN lands in the first.
  if (!(sample.at >= now - limits.maxAgeMs)) return refuse('too-old', `at: ${sample.at}, now ${now}`)
  if (sample.at > now + limits.maxAheadMs) return refuse('in-future', `at: ${sample.at}, now ${now}`)
  if (hasSeen(memory, sample.at)) return refuse('duplicate', `at: ${sample.at}`)
  const refused: RefusedReading[] = []
  const clean = cleanReadings(sample.readings, limits, refused)
  const read = withRegister(sample, clean, memory, limits, refused)
  if (!hasReadings(read.readings))
    return refuse('no-readings', refused.map(({ detail }) => detail).join('; '))
  return {
    ok: true,
    sample: read.readings === sample.readings ? sample : { ...sample, readings: read.readings },
    refused,
    memory: remember(read.memory, sample.at, limits.rememberedSamples),
  }
}

interface WithRegister {
  readonly readings: Readings
  readonly memory: IngestMemory
}

function withRegister(
  sample: Sample,
  readings: Readings,
  memory: IngestMemory,
  limits: IngestLimits,
  refused: RefusedReading[],
): WithRegister {
  if (readings.energyKwh === undefined) return { readings, memory }
  const now = { at: sample.at, kwh: readings.energyKwh }
  const read = readRegister(memory, now, limits.ranges.heatKw.max)
  if (read.refused !== undefined) {
    refused.push({ code: 'counter-reset', detail: `energyKwh: ${read.refused}` })
    return { readings: { ...readings, energyKwh: undefined }, memory: read.memory }
  }
  const isNeeded = readings.heatKw === undefined && read.heatKw !== undefined
  return { readings: isNeeded ? { ...readings, heatKw: read.heatKw } : readings, memory: read.memory }
}

function hasReadings(readings: Readings): boolean {
  return Object.values(readings).some((value) => value !== undefined && !isEmpty(value))
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isEmptyPart)
}

function isEmptyPart(part: unknown): boolean {
  return typeof part === 'object' && part !== null && Object.keys(part).length === 0
}

function refuse(code: RejectionCode | 'duplicate', detail: string): CheckedSample {
  return { ok: false, code, detail }
}
