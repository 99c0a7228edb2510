import { readTelemetryFile } from '../adapters/files/read-file.ts'
import type { TelemetryTable } from '../adapters/files/telemetry-csv.ts'
import type { BuildingKind } from '../core/domain/building.ts'
import type { ForecastError } from '../core/thermal/identify/forecast-error.ts'
import { type Identified, identifyBuilding } from '../core/thermal/identify/identify-building.ts'
import { priorByData, priorByType } from '../core/thermal/identify/identify-prior.ts'
import { errorOn } from '../core/thermal/identify/refit-building.ts'
import { screenTelemetry, type TelemetryFault } from '../core/thermal/identify/screen-telemetry.ts'
import { separateHotWater } from '../core/thermal/identify/separate-hot-water.ts'
import type { IdentifyPrior, IdentifyTelemetry, PowerOf } from '../core/thermal/identify/telemetry.ts'
import { identifyReport } from './identify-report.ts'
import { print, say } from './terminal.ts'

export interface IdentifyCommand {
  readonly telemetry: string
  readonly validate?: string | undefined
  readonly json?: boolean | undefined
  readonly kind?: BuildingKind | undefined
  readonly area?: number | undefined
  readonly year?: number | undefined
  /** Whether powers belong to the interval that ends or starts at their row; the likelihood decides where not said. */
  readonly power?: PowerOf | undefined
}

/** What the command prints as JSON. */
export interface IdentifyDocument {
  readonly file: string
  readonly provenance: string
  readonly identified: Identified
  /** Where the floor area is known. */
  readonly heatLossWPerM2K: number | null
  readonly validation: { readonly file: string; readonly error: ForecastError } | null
}

interface Loaded {
  readonly telemetry: IdentifyTelemetry
  readonly provenance: string
}

/** 0 where the building may be steered, 1 where the gate stays shut, 2 where the input is wrong. */
export async function runIdentify(command: IdentifyCommand): Promise<0 | 1 | 2> {
  const loaded = await load(command.telemetry, command.json)
  const other = command.validate === undefined ? undefined : await load(command.validate, command.json)
  if (!loaded || (command.validate !== undefined && !other)) return 2
  const prior = priorOf(command, loaded.telemetry)
  const identified = identifyBuilding(loaded.telemetry, prior, { powerOf: command.power })
  if (identified.kind === 'bad-input') return 2
  const validation =
    identified.kind === 'fitted' && other && command.validate !== undefined
      ? { file: command.validate, error: errorOn(other.telemetry, identified.fit, 0) }
      : null
  const document: IdentifyDocument = {
    file: command.telemetry,
    provenance: loaded.provenance,
    identified,
    heatLossWPerM2K: lossPerM2(identified, command.area),
    validation,
  }
  if (command.json) print(JSON.stringify(document))
  else for (const line of identifyReport(document)) print(line)
  return identified.verdict.kind === 'steer' ? 0 : 1
}

function lossPerM2(identified: Identified, areaM2: number | undefined): number | null {
  if (identified.kind !== 'fitted' || areaM2 === undefined) return null
  return (1000 * identified.fit.estimates.heatLossKwPerK.value) / areaM2
}

function priorOf({ kind, area, year }: IdentifyCommand, telemetry: IdentifyTelemetry): IdentifyPrior {
  if (kind === undefined || area === undefined) return priorByData(telemetry, area)
  return priorByType({ kind, floorAreaM2: area, builtYear: year ?? 1975 })
}

/** Telemetry of a file that is worth a fit; undefined, and every fault said, where it is not. */
async function load(path: string, json: boolean | undefined): Promise<Loaded | undefined> {
  const read = await readTelemetryFile(path)
  if (!read.ok) return refuse(path, read.faults, json)
  for (const { place, message } of read.notes) say(`${place}: ${message}`)
  const loaded = spaceHeatOf(read.telemetry)
  const faults = screenTelemetry(loaded.telemetry)
  if (faults.length === 0) return loaded
  return refuse(
    path,
    faults.map((fault) => ({ place: placeOf(fault, read.telemetry, path), message: fault.text })),
    json,
  )
}

const MOST_SAID = 20

function refuse(
  file: string,
  faults: readonly { readonly place: string; readonly message: string }[],
  json: boolean | undefined,
): undefined {
  for (const { place, message } of faults.slice(0, MOST_SAID)) say(`${place}: ${message}`)
  if (faults.length > MOST_SAID) say(`${file}: and ${faults.length - MOST_SAID} more faults`)
  if (json) print(JSON.stringify({ file, identified: { kind: 'bad-input', faults } }))
  return undefined
}

function placeOf({ row }: TelemetryFault, { line }: TelemetryTable, path: string): string {
  return row === undefined ? path : `${path}:${line[row]}`
}

function spaceHeatOf({ at, columns }: TelemetryTable): Loaded {
  const column = (name: string) => columns.get(name)
  const empty = new Float64Array(at.length).fill(Number.NaN)
  const outdoorC = column('outdoorC') ?? empty
  const base = { at, indoorC: column('indoorC') ?? empty, outdoorC }
  const extra = { solarWm2: column('solarWm2'), gainsKw: column('gainsKw'), supplyC: column('supplyC') }
  const heatKw = column('heatKw')
  if (heatKw) return { telemetry: { ...base, ...extra, heatKw }, provenance: 'space heat as metered' }
  const totalHeatKw = column('totalHeatKw') ?? empty
  const dhwKw = column('dhwKw')
  if (dhwKw) {
    const spaceKw = totalHeatKw.map((total, k) => total - (dhwKw[k] ?? Number.NaN))
    const provenance = 'space heat as the total less metered hot water'
    return { telemetry: { ...base, ...extra, heatKw: spaceKw }, provenance }
  }
  const { spaceKw } = separateHotWater({ at, totalHeatKw, outdoorC })
  const provenance = 'space heat ESTIMATED: the total less what rises above the quiet hours of the day'
  return { telemetry: { ...base, ...extra, heatKw: spaceKw }, provenance }
}
