import { z } from 'zod'
import { type BuildingId, parseBuildingId } from '../../core/domain/building-id.ts'
import type { Instant } from '../../core/domain/instant.ts'

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
export type ExportTable = (typeof EXPORT_TABLES)[number]

/** Rows of one table in `[from, to)`, of one building or all. */
export interface ExportRequest {
  readonly table: ExportTable
  readonly format: 'csv' | 'parquet'
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly building?: BuildingId | undefined
}

export type ExportParsed =
  | { readonly ok: true; readonly request: ExportRequest }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Epoch milliseconds, or ISO 8601 with an explicit offset. */
const instant = z.union(
  [
    z.string().regex(/^-?\d+$/).transform(Number),
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  ],
  'is neither epoch milliseconds nor ISO 8601 with an offset, as in 2024-01-05T08:00+02:00',
) // biome-ignore format: a line a form

const building = z.string().transform((text, context) => {
  const id = parseBuildingId(text)
  if (id === undefined) context.addIssue('is no building id')
  return id
})

const schema = z.strictObject({
  table: z.enum(EXPORT_TABLES),
  format: z.enum(['csv', 'parquet']).default('csv'),
  from: instant.optional(),
  to: instant.optional(),
  building: building.optional(),
})

/** Reads what a command line or a query string asks for; every fault is named with its place. */
export function parseExportRequest(asked: Readonly<Record<string, unknown>>): ExportParsed {
  const parsed = schema.safeParse(asked)
  if (parsed.success) return { ok: true, request: parsed.data }
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'export'}: ${message}`)
  return { ok: false, faults }
}
