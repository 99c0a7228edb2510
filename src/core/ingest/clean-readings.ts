import type { RejectionCode } from '../domain/rejection.ts'
import {
  type CircuitReading,
  type Readings,
  SCALAR_READINGS,
  type ScalarReading,
  type ZoneReading,
} from '../domain/telemetry.ts'
import { CIRCUIT_RANGES, type IngestLimits, type Range, ZONE_RANGES } from './limits.ts'

/** One reading that was not taken; the rest of its sample was. */
export interface RefusedReading {
  readonly code: RejectionCode
  readonly detail: string
}

/** The readings that can be true; each one that cannot is named in `refused`. The input itself where all can. */
export function cleanReadings(readings: Readings, limits: IngestLimits, refused: RefusedReading[]): Readings {
  const before = refused.length
  const bad: string[] = []
  for (const name of SCALAR_READINGS) {
    const value = readings[name]
    if (value === undefined) continue
    const sentinels = isRegister(name) ? [] : limits.sentinels
    const why = fault(value, limits.ranges[name], sentinels)
    if (why === undefined) continue
    bad.push(name)
    refused.push({ ...why, detail: `${name}: ${why.detail}` })
  }
  const zones = cleanParts<ZoneReading>('zones', readings.zones, ZONE_RANGES, limits, refused)
  const circuits = cleanParts<CircuitReading>('circuits', readings.circuits, CIRCUIT_RANGES, limits, refused)
  return refused.length === before ? readings : { ...without(readings, bad), zones, circuits }
}

function cleanParts<Part extends ZoneReading | CircuitReading>(
  kind: string,
  parts: Readonly<Record<string, Part>> | undefined,
  ranges: Readonly<Record<string, Range>>,
  limits: IngestLimits,
  refused: RefusedReading[],
): Readonly<Record<string, Part>> | undefined {
  if (parts === undefined) return undefined
  const before = refused.length
  const clean: [string, Part][] = []
  for (const [id, part] of Object.entries(parts)) {
    const bad: string[] = []
    for (const [name, value] of Object.entries(part)) {
      const range = ranges[name]
      const why = typeof value === 'number' && range ? fault(value, range, limits.sentinels) : undefined
      if (why === undefined) continue
      bad.push(name)
      refused.push({ ...why, detail: `${kind}.${id}.${name}: ${why.detail}` })
    }
    clean.push([id, bad.length === 0 ? part : without(part, bad)])
  }
  return refused.length === before ? parts : Object.fromEntries(clean)
}

function fault(value: number, range: Range, sentinels: readonly number[]): RefusedReading | undefined {
  if (!Number.isFinite(value)) return { code: 'bad-number', detail: String(value) }
  if (sentinels.includes(value)) return { code: 'out-of-range', detail: `${value} stands for no value` }
  if (value >= range.min && value <= range.max) return undefined
  return { code: 'out-of-range', detail: `${value} is not within ${range.min}..${range.max}` }
}

function isRegister(name: ScalarReading): boolean {
  return name === 'energyKwh' || name === 'volumeM3'
}

function without<T extends object>(given: T, names: readonly string[]): T {
  const rest = { ...given }
  for (const name of names) Reflect.deleteProperty(rest, name)
  return rest
}
