import type { BuildingId } from '../../core/domain/building-id.ts'
import type { Window } from '../../core/domain/instant.ts'

export const EXPORT_TABLES = [
  'telemetry',
  'zones',
  'leases',
  'plans',
  'forecasts',
  'acks',
  'orders',
  'ledger',
  'rejections',
  'audit',
] as const
export const EXPORT_FORMATS = ['csv', 'parquet'] as const

export interface ExportRequest {
  readonly table: (typeof EXPORT_TABLES)[number]
  readonly format: (typeof EXPORT_FORMATS)[number]
  readonly window: Window
  readonly building?: BuildingId | undefined
}

export interface ExportFile {
  readonly fileName: string
  readonly body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>
}

/** Writes records of a window as one file; the signal ends when the asker has left. */
export type Exporter = (request: ExportRequest, signal: AbortSignal) => Promise<ExportFile>
