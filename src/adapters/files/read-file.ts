import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { PriceSeries, SlotSeries, WeatherSeries } from '../../core/domain/series.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'
import type { FileRead } from './fault.ts'
import { type MeasuredLoadRow, readMeasuredLoadCsv } from './measured-load-csv.ts'
import { readNordpoolPredictFi } from './nordpool-predict-fi.ts'
import { readCo2Csv, readPricesCsv } from './prices-csv.ts'
import { readTelemetryCsv, type TelemetryTable } from './telemetry-csv.ts'
import { readWeatherCsv } from './weather-csv.ts'

/** The formats that a scenario or configuration may name. */
export const FILE_FORMATS = ['csv', 'nordpool-predict-fi'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

/** Prices of a file in a format that is known by name; a file that cannot be read is a fault like others. */
export async function readPricesFile(
  path: string,
  format: FileFormat,
): Promise<FileRead<{ series: PriceSeries }>> {
  const read = await readText(path)
  if (!read.ok) return read
  if (format === 'csv') return readPricesCsv(read.text, basename(path))
  const dump = readNordpoolPredictFi(read.text, basename(path))
  return dump.ok ? { ok: true, series: dump.prices, notes: dump.notes } : dump
}

/** Weather of a file; columns that it lacks come from `standIn`. */
export async function readWeatherFile(
  path: string,
  format: FileFormat,
  standIn?: WeatherTruth,
): Promise<FileRead<{ series: WeatherSeries }>> {
  const read = await readText(path)
  if (!read.ok) return read
  if (format === 'csv') return readWeatherCsv(read.text, basename(path), standIn)
  const dump = readNordpoolPredictFi(read.text, basename(path), standIn)
  return dump.ok ? { ok: true, series: dump.weather, notes: dump.notes } : dump
}

/** Emissions of a file. */
export async function readCo2File(path: string): Promise<FileRead<{ series: SlotSeries }>> {
  const read = await readText(path)
  return read.ok ? readCo2Csv(read.text, basename(path)) : read
}

/** A network's heat as it was measured. */
export async function readMeasuredLoadFile(
  path: string,
): Promise<FileRead<{ rows: readonly MeasuredLoadRow[] }>> {
  const read = await readText(path)
  return read.ok ? readMeasuredLoadCsv(read.text, basename(path)) : read
}

/** One building's telemetry. */
export async function readTelemetryFile(path: string): Promise<FileRead<{ telemetry: TelemetryTable }>> {
  const read = await readText(path)
  return read.ok ? readTelemetryCsv(read.text, basename(path)) : read
}

async function readText(path: string): Promise<FileRead<{ text: string }>> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
    return { ok: true, text, notes: [] }
  } catch (cause) {
    return { ok: false, faults: [{ place: path, message: whyUnreadable(cause) }] }
  }
}

function whyUnreadable(cause: unknown): string {
  if (cause instanceof TypeError) return 'the file is not UTF-8 text'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  if (code === 'ENOENT') return 'there is no such file'
  return code === 'EISDIR' ? 'this is a folder' : `the file cannot be read (${code})`
}
