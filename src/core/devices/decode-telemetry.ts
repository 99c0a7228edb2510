import type { z } from 'zod'
import type { BuildingId } from '../domain/building-id.ts'
import {
  type CircuitReading,
  type Readings,
  type Sample,
  SCALAR_READINGS,
  type ZoneReading,
} from '../domain/telemetry.ts'
import { DEFAULT_MESSAGE_LIMITS, type MessageLimits, type Refusal, refusalOf, refuse } from './refusal.ts'
import { batchSchema, sampleSchema } from './telemetry-payload.ts'

export interface DecodedTelemetry {
  readonly kind: 'telemetry'
  readonly samples: readonly Sample[]
  /** Samples of a batch that were not taken; the rest of the batch was. */
  readonly refused: readonly Refusal[]
  readonly unknownKeys: number
}

/** Where a sample does not say, its power is the mean of a quarter-hour. */
const DEFAULT_INTERVAL_S = 900

/** Telemetry of the building that the topic names; a single sample that is refused refuses the message. */
export function decodeTelemetry(
  building: BuildingId,
  value: unknown,
  limits: MessageLimits = DEFAULT_MESSAGE_LIMITS,
): DecodedTelemetry | Refusal {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'samples')) {
    return decodeBatch(building, value, limits)
  }
  const decoded = decodeSample(building, value, limits)
  if (decoded.kind === 'refused') return decoded
  return { kind: 'telemetry', samples: [decoded.sample], refused: [], unknownKeys: decoded.unknownKeys }
}

function decodeBatch(building: BuildingId, value: object, limits: MessageLimits): DecodedTelemetry | Refusal {
  const batch = batchSchema.safeParse(value)
  if (!batch.success) return refusalOf(batch.error)
  if (namesAnother(batch.data.building, building)) return wrongBuilding(building)
  const given = batch.data.samples
  if (given.length === 0) return refuse('no-readings', 'samples: empty')
  if (given.length > limits.maxSamples) return refuse('too-large', `samples: ${given.length}`)
  const samples: Sample[] = []
  const refused: Refusal[] = []
  let unknownKeys = lostKeys(value, batch.data)
  for (const [index, one] of given.entries()) {
    const decoded = decodeSample(building, one, limits)
    if (decoded.kind === 'refused') {
      refused.push(refuse(decoded.code, `samples.${index}.${decoded.detail}`))
    } else {
      samples.push(decoded.sample)
      unknownKeys += decoded.unknownKeys
    }
  }
  return { kind: 'telemetry', samples, refused, unknownKeys }
}

type DecodedSample = { readonly kind: 'sample'; readonly sample: Sample; readonly unknownKeys: number }

function decodeSample(building: BuildingId, value: unknown, limits: MessageLimits): DecodedSample | Refusal {
  const parsed = sampleSchema.safeParse(value)
  if (!parsed.success) return refusalOf(parsed.error)
  const { at, seq, intervalS } = parsed.data
  if (namesAnother(parsed.data.building, building)) return wrongBuilding(building)
  const readings = readingsOf(parsed.data.readings)
  if (Object.keys(readings).length === 0) return refuse('no-readings', 'readings: none')
  if (partCount(readings) > limits.maxZones)
    return refuse('too-large', `readings.zones: ${partCount(readings)}`)
  const sample = { building, at, seq: seq ?? undefined, intervalS: intervalS ?? DEFAULT_INTERVAL_S, readings }
  return { kind: 'sample', sample, unknownKeys: lostKeys(value, parsed.data) }
}

type Travelling = z.output<typeof sampleSchema>['readings']
type Writable = { -readonly [K in keyof Readings]: Readings[K] }

function readingsOf(given: Travelling): Readings {
  const readings: Writable = {}
  for (const name of SCALAR_READINGS) {
    const value = given[name]
    if (typeof value === 'number') readings[name] = value
  }
  if (given.heatSource) readings.heatSource = given.heatSource
  const zones = partsOf<ZoneReading>(given.zones)
  if (zones) readings.zones = zones
  const circuits = partsOf<CircuitReading>(given.circuits)
  if (circuits) readings.circuits = circuits
  return readings
}

type Nullable<T> = { [K in keyof T]: T[K] | null }

/** Without prototype, so that a zone called `constructor` is a zone. */
function partsOf<T extends object>(given: Record<string, Nullable<T>> | null | undefined) {
  const parts: Record<string, T> = Object.create(null)
  for (const [id, part] of Object.entries(given ?? {})) {
    const present = Object.entries(part).filter(([, value]) => value !== null && value !== undefined)
    if (present.length > 0) parts[id] = Object.fromEntries(present) as T
  }
  return Object.keys(parts).length > 0 ? parts : undefined
}

function partCount(readings: Readings): number {
  return Object.keys(readings.zones ?? {}).length + Object.keys(readings.circuits ?? {}).length
}

function namesAnother(named: string | undefined, building: BuildingId): boolean {
  return named !== undefined && named !== building
}

function wrongBuilding(building: BuildingId): Refusal {
  return refuse('wrong-building', `building: the topic says ${building}`)
}

/** How many keys the schema passed over. */
function lostKeys(given: unknown, parsed: unknown): number {
  if (!isRecord(given) || !isRecord(parsed)) return 0
  let lost = 0
  for (const key of Object.keys(given)) {
    lost += Object.hasOwn(parsed, key) ? lostKeys(given[key], parsed[key]) : 1
  }
  return lost
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
