import type { PriceSeries, WeatherSeries } from '../../core/domain/series.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'
import type { FileRead } from './fault.ts'
import { firstSlot, heldOntoSlots } from './onto-slots.ts'
import { tableOntoGrid } from './read-grid.ts'
import type { Grid } from './regular-grid.ts'
import { OUTDOOR_C, weatherOfGrid } from './weather-csv.ts'

const PRICE = { name: 'Price_cpkWh', min: -1_000, max: 2_000 }
/** Cents a kilowatt-hour into euros a megawatt-hour; VAT stays in it. */
const EUR_PER_MWH_PER_CPKWH = 10

/**
 * Hourly dumps of the Finnish forecaster nordpool-predict-fi: price with VAT, temperatures `t_*` and wind
 * speeds `ws_*` of some weather stations, of which the means are taken. There is no sun in it.
 */
export function readNordpoolPredictFi(
  text: string,
  name: string,
  standIn?: WeatherTruth,
): FileRead<{ prices: PriceSeries; weather: WeatherSeries }> {
  const read = tableOntoGrid(text, name, 'timestamp', pickColumns)
  if (!read.ok) return read
  const { grid } = read
  const source = `nordpool-predict-fi:${name}`
  const stations = meanColumns(grid)
  const weather = weatherOfGrid(stations, { name, source, standIn, notes: read.notes })
  const cents = grid.columns.get(PRICE.name) ?? new Float64Array()
  const values = heldOntoSlots(grid, cents).map((cpkWh) => cpkWh * EUR_PER_MWH_PER_CPKWH)
  const provenance = {
    source: `${source}, with VAT`,
    kind: 'measured',
    issuedAt: weather.series.start,
  } as const
  const prices = { start: firstSlot(grid), values, provenance }
  return { ok: true, prices, weather: weather.series, notes: weather.notes }
}

function pickColumns(header: readonly string[]) {
  const temperatures = header.filter((cell) => cell.startsWith('t_'))
  const winds = header.filter((cell) => cell.startsWith('ws_'))
  const faults: string[] = []
  if (!header.includes(PRICE.name)) faults.push(`there is no column "${PRICE.name}"`)
  if (temperatures.length === 0) faults.push('there is no column "t_…" of a weather station')
  const columns = [
    PRICE,
    ...temperatures.map((name) => ({ ...OUTDOOR_C, name })),
    ...winds.map((name) => ({ name, min: 0, max: 80 })),
  ]
  return { columns, faults }
}

function meanColumns(grid: Grid): Grid {
  const columns = new Map([['outdoorC', meanOf(grid, 't_')]])
  if ([...grid.columns.keys()].some((column) => column.startsWith('ws_')))
    columns.set('windMs', meanOf(grid, 'ws_'))
  return { ...grid, columns }
}

/** The mean over the stations that have a value. */
function meanOf(grid: Grid, prefix: string): Float64Array {
  const stations = [...grid.columns]
    .filter(([column]) => column.startsWith(prefix))
    .map(([, values]) => values)
  return Float64Array.from({ length: grid.count }, (_, k) => {
    const values = stations.map((station) => station[k] ?? Number.NaN).filter((value) => !Number.isNaN(value))
    return values.reduce((sum, value) => sum + value, 0) / values.length
  })
}
