import { weatherProvider } from '../../adapters/weather/providers.ts'
import type { WeatherRead } from '../../adapters/weather/weather-read.ts'
import { HOUR_MS, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { Inspected, InspectKind } from './inspected.ts'

/** Forecasts of weather services: temperature at each slot's start, sun as its mean, wind, and what is missing. */
export const WEATHER: InspectKind = {
  providers: ['met-norway', 'metno', 'open-meteo', 'fmi', 'dmi'],
  inspect(text, provider) {
    const read = weatherProvider(provider)?.parse(text)
    if (!read) return { ok: false, why: 'provider', detail: provider }
    return read.ok ? shown(read) : { ok: false, why: read.code, detail: read.why }
  },
}

function shown({ series, cloudRatio, gaps, issuedAt }: Extract<WeatherRead, { ok: true }>): Inspected {
  const { start } = series
  const columns = {
    outdoorC: cells(series.outdoorC),
    solarWm2: cells(series.solarWm2),
    windMs: cells(series.windMs),
    cloudRatio: cells(cloudRatio),
  }
  const slots = columns.outdoorC.length
  const known = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values.filter((value) => value !== null).length]),
  )
  return {
    ok: true,
    document: {
      start,
      slotMinutes: SLOT_MS / MINUTE_MS,
      slots,
      known,
      issuedAt: issuedAt ?? null,
      gaps,
      ...columns,
    },
    lines: [
      `${slots} slots of ${SLOT_MS / MINUTE_MS} min from ${iso(start)}`,
      `known: ${Object.entries(known)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}`,
      ...gaps.map(({ quantity, from, to, why }) => `gap: ${quantity} ${iso(from)} to ${iso(to)}, ${why}`),
      `${' '.repeat(17)} outdoorC solarWm2   windMs cloudRatio`,
      ...hours(start, columns),
    ],
  }
}

type Cells = readonly (number | null)[]

/** The slot at each full hour. */
function hours(start: number, columns: Readonly<Record<string, Cells>>): string[] {
  const lines: string[] = []
  for (let k = 0; k < (columns['outdoorC']?.length ?? 0); k++) {
    const at = start + k * SLOT_MS
    if (at % HOUR_MS !== 0) continue
    const line = Object.values(columns).map((values) => text(values[k] ?? null))
    lines.push(`${iso(at)} ${line.join('')}`)
  }
  return lines
}

function cells(values: Float64Array): Cells {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : Math.round(value * 1e6) / 1e6))
}

function text(value: number | null): string {
  return (value === null ? '-' : value.toFixed(2)).padStart(9)
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}
