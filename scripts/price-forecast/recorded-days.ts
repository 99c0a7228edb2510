import { readFile } from 'node:fs/promises'
import type { FileRead } from '../../src/adapters/files/fault.ts'
import { firstSlot, heldOntoSlots } from '../../src/adapters/files/onto-slots.ts'
import { tableOntoGrid } from '../../src/adapters/files/read-grid.ts'
import type { SlotSeries } from '../../src/core/domain/series.ts'

/** What a dump of nordpool-predict-fi has that a test of price forecasts needs. */
export interface RecordedPrices {
  /** EUR/MWh with VAT. */
  readonly prices: SlotSeries
  /** The file's own forecast, EUR/MWh with VAT. */
  readonly ownForecast: SlotSeries
  readonly windMw: SlotSeries
}

const COLUMNS = [
  { name: 'Price_cpkWh', min: -1_000, max: 2_000 },
  { name: 'PricePredict_cpkWh', min: -1_000, max: 2_000 },
  { name: 'WindPowerMW', min: 0, max: 20_000 },
]
const EUR_PER_MWH_PER_CPKWH = 10

export async function readRecordedPrices(path: string): Promise<FileRead<RecordedPrices>> {
  const text = await readFile(path, 'utf8')
  const read = tableOntoGrid(text, path, 'timestamp', (header) => ({
    columns: COLUMNS,
    faults: COLUMNS.filter(({ name }) => !header.includes(name)).map(
      ({ name }) => `there is no column "${name}"`,
    ),
  }))
  if (!read.ok) return read
  const column = (name: string, factor: number): SlotSeries => {
    const values = heldOntoSlots(read.grid, read.grid.columns.get(name) ?? new Float64Array())
    return { start: firstSlot(read.grid), values: values.map((value) => value * factor) }
  }
  return {
    ok: true,
    prices: column('Price_cpkWh', EUR_PER_MWH_PER_CPKWH),
    ownForecast: column('PricePredict_cpkWh', EUR_PER_MWH_PER_CPKWH),
    windMw: column('WindPowerMW', 1),
    notes: read.notes,
  }
}
