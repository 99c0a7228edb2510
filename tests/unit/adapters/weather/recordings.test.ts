import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { WEATHER_PROVIDERS, weatherProvider } from '../../../../src/adapters/weather/providers.ts'
import { bodyOf } from '../../../../src/cli/inspect/read-recording.ts'

const WIRE = new URL('../../../../../shared/data/wire/', import.meta.url)
// The recordings are others' and stay outside; a checkout without them has the made-up documents alone.
const recordings = existsSync(WIRE)
  ? ['metno', 'openmeteo', 'fmi', 'other'].flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, WIRE)).map((file) => ({ folder, file })),
    )
  : []

it.skipIf(recordings.length === 0).each(recordings)(
  'makes slots of $folder/$file, or refuses it by name',
  ({ folder, file }) => {
    const text = bodyOf(readFileSync(new URL(`${folder}/${file}`, WIRE), 'utf8'))
    const own = weatherProvider(folder)
    for (const provider of own ? [own] : Object.values(WEATHER_PROVIDERS)) {
      const read = provider.parse(text)
      if (read.ok) expect(read.series.outdoorC.some((value) => value > -60 && value < 60)).toBe(true)
      else expect(read.why).not.toBe('')
    }
  },
)

interface Expected {
  readonly path: string
  readonly at: string
  readonly outdoorC: number
  readonly solarWm2?: number
}

it.skipIf(recordings.length === 0).each<Expected>([
  {
    path: 'metno/metno_lat39.9lon116.4altitudeNone_compact.json',
    at: '2020-07-20T11:00:00Z',
    outdoorC: 30.4,
  },
  {
    path: 'metno/metno_lat51.5lon-0.1altitude25_complete.json',
    at: '2020-07-29T06:00:00Z',
    outdoorC: 17.4,
  },
  { path: 'fmi/vividfog_simple_forecast_temperature.xml', at: '2025-12-26T10:00:00Z', outdoorC: 3.68 },
  // Local 08:00 there is 07:00Z, and its 21.8 W/m² are the mean of the hour before.
  {
    path: 'openmeteo/eos_openmeteo_forecast_2026-03.json',
    at: '2026-03-02T06:45:00Z',
    outdoorC: -0.675,
    solarWm2: 21.8,
  },
])('reads $outdoorC °C at $at in $path', ({ path, at, outdoorC, solarWm2 }) => {
  const read = weatherProvider(path.split('/')[0]!)!.parse(bodyOf(readFileSync(new URL(path, WIRE), 'utf8')))
  if (!read.ok) throw new Error(read.why)
  const slot = (Date.parse(at) - read.series.start) / 900_000
  expect(read.series.outdoorC[slot]).toBeCloseTo(outdoorC, 9)
  if (solarWm2 !== undefined) expect(read.series.solarWm2[slot]).toBe(solarWm2)
})

it.skipIf(recordings.length === 0)('refuses a recording without temperatures and of unequal columns', () => {
  const text = readFileSync(new URL('openmeteo/vividfog_eu_wind_forecast.json', WIRE), 'utf8')
  expect(WEATHER_PROVIDERS['open-meteo'].parse(text)).toMatchObject({ ok: false, code: 'no-temperature' })
})
