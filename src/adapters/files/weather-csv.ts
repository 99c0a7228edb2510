import { SLOT_MS } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'
import type { Fault, FileRead } from './fault.ts'
import { firstSlot, heldOntoSlots, lineOntoSlots } from './onto-slots.ts'
import { readGrid } from './read-grid.ts'
import type { Grid } from './regular-grid.ts'

export const OUTDOOR_C = { name: 'outdoorC', min: -60, max: 60 }
const SOLAR_WM2 = { name: 'solarWm2', min: -10, max: 1_500 }
const WIND_MS = { name: 'windMs', min: 0, max: 80 }

/**
 * Weather as users bring it, `at,outdoorC[,solarWm2][,windMs]`, onto the slot grid. Columns that the file
 * lacks come from `standIn`, and the provenance says so; without one they are `NaN`.
 */
export function readWeatherCsv(
  text: string,
  name: string,
  standIn?: WeatherTruth,
): FileRead<{ series: WeatherSeries }> {
  const read = readGrid(text, name, [OUTDOOR_C], [SOLAR_WM2, WIND_MS])
  if (!read.ok) return read
  return weatherOfGrid(read.grid, { name, source: `csv:${name}`, standIn, notes: read.notes })
}

export interface WeatherOrigin {
  readonly name: string
  readonly source: string
  readonly standIn: WeatherTruth | undefined
  readonly notes: readonly Fault[]
}

/** The slots of a grid that has `outdoorC` and perhaps `solarWm2` and `windMs`. */
export function weatherOfGrid(
  grid: Grid,
  origin: WeatherOrigin,
): FileRead<{ series: WeatherSeries }> & { ok: true } {
  const start = firstSlot(grid)
  const outdoorC = lineOntoSlots(grid, grid.columns.get('outdoorC') ?? new Float64Array())
  const slots = outdoorC.length
  const missing = ['solarWm2', 'windMs'].filter((column) => !grid.columns.has(column))
  const held = (column: 'solarWm2' | 'windMs') => {
    const values = grid.columns.get(column)
    if (values) return heldOntoSlots(grid, values).map((value) => Math.max(0, value))
    return standInSlots(origin.standIn, column, start, slots)
  }
  const made = origin.standIn && missing.length > 0 ? ` with synthetic ${missing.join(' and ')}` : ''
  const provenance = { source: `${origin.source}${made}`, kind: 'measured', issuedAt: start } as const
  return {
    ok: true,
    series: { start, outdoorC, solarWm2: held('solarWm2'), windMs: held('windMs'), provenance },
    notes: [...origin.notes, ...missing.map((column) => missingNote(column, origin))],
  }
}

function standInSlots(
  standIn: WeatherTruth | undefined,
  column: 'solarWm2' | 'windMs',
  start: number,
  slots: number,
): Float64Array {
  return Float64Array.from({ length: slots }, (_, k) => {
    const middle = start + (k + 0.5) * SLOT_MS
    return standIn ? standIn.weatherAt(middle)[column] : Number.NaN
  })
}

function missingNote(column: string, { name, standIn }: WeatherOrigin): Fault {
  const fate = standIn ? 'synthetic values stand in' : 'it stays empty'
  return { place: `${name}:1`, message: `there is no column "${column}"; ${fate}` }
}
