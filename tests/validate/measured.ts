import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { type Identified, identifyBuilding } from '../../src/core/thermal/identify/identify-building.ts'
import { priorByData } from '../../src/core/thermal/identify/identify-prior.ts'
import type { IdentifyTelemetry } from '../../src/core/thermal/identify/telemetry.ts'

/** A measured house: `Ph` kW, `Ti` and `Ta` °C, by the hour, without sun. */
export function readDarkGreyBox(path: string): IdentifyTelemetry {
  const rows: Record<string, string>[] = parse(readFileSync(path, 'utf8'), { columns: true })
  const column = (name: string) => rows.map((row) => Number(row[name]))
  return {
    at: rows.map((row) => Date.parse((row[''] ?? '').replace(' ', 'T'))),
    indoorC: column('Ti'),
    heatKw: column('Ph'),
    outdoorC: column('Ta'),
  }
}

export function identifyMeasured(path: string): Identified {
  const telemetry = readDarkGreyBox(path)
  return identifyBuilding(telemetry, priorByData(telemetry))
}
