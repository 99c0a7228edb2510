import type { Sample, ZoneReading } from '../domain/telemetry.ts'

/** A building's mean, where it is all there is, is a zone of this name. */
const WHOLE = 'building'

export type ZoneReadings = Readonly<Record<string, ZoneReading | undefined>>

export function zoneReadings(sample: Sample): ZoneReadings {
  const { zones, indoorC } = sample.readings
  if (zones !== undefined) return zones
  return indoorC === undefined ? {} : { [WHOLE]: { indoorC } }
}
