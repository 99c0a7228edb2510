import { expect, it } from 'vitest'
import { createFilePrices } from '../../../src/adapters/files/file-prices.ts'
import { createPriceAhead } from '../../../src/controller/price-ahead.ts'
import { hashedNormal } from '../../../src/core/domain/chance.ts'
import { DAY_MS, HOUR_MS, SLOT_MS, type Window } from '../../../src/core/domain/instant.ts'
import type { PriceSeries, SlotSeries } from '../../../src/core/domain/series.ts'

const { signal } = new AbortController()
const NOON = Date.parse('2024-03-15T11:00:00Z')
const START = NOON - 120 * DAY_MS

/** Prices of a file of some days before noon and ten after, and how often it is asked for more than nine days. */
function fileOf(source = 'csv:prices.csv', level = 60) {
  const values = Float64Array.from({ length: 130 * 96 }, (_, k) => level + 10 * hashedNormal(1, k >> 2))
  const series: PriceSeries = {
    start: START,
    values,
    provenance: { source, kind: 'measured', issuedAt: START },
  }
  const file = createFilePrices(series)
  const long: Window[] = []
  return {
    long,
    historyDays: file.historyDays ?? 0,
    prices: (window: Window, asOf: number, signal: AbortSignal) => {
      if (window.to - window.from > 11 * DAY_MS) long.push(window)
      return file.prices(window, asOf, signal)
    },
  }
}

const lately = (file: ReturnType<typeof fileOf>, now: number) =>
  file.prices({ from: now - 8 * DAY_MS, to: now + 48 * HOUR_MS }, now, signal)

it('asks for history once and calibrates once a publication', async () => {
  const file = fileOf()
  const ahead = createPriceAhead(file, 48)
  const first = await ahead.forecast(await lately(file, NOON), NOON, signal)
  expect(first?.start).toBe(Date.parse('2024-03-15T23:00:00Z'))
  expect(first?.eurPerMwh.length).toBe(2 * 96)
  expect(await ahead.forecast(await lately(file, NOON + SLOT_MS), NOON + SLOT_MS, signal)).toBe(first)
  const published = NOON + 2 * HOUR_MS
  const next = await ahead.forecast(await lately(file, published), published, signal)
  expect(next?.start).toBe((first?.start ?? 0) + DAY_MS)
  expect(file.long).toHaveLength(1)
})

it('says the same after a restart in the middle of the day', async () => {
  const file = fileOf()
  const began = await createPriceAhead(file, 48).forecast(await lately(file, NOON), NOON, signal)
  const later = NOON + 2 * SLOT_MS
  expect(await createPriceAhead(file, 48).forecast(await lately(file, later), later, signal)).toEqual(began)
})

it('gathers history by itself where a source is not asked for it', async () => {
  const file = { ...fileOf(), historyDays: 0 }
  const ahead = createPriceAhead(file, 48)
  const said: boolean[] = []
  for (let day = 60; day >= 0; day -= 5) {
    const now = NOON - day * DAY_MS
    said.push((await ahead.forecast(await lately(file, now), now, signal)) !== undefined)
  }
  expect(said.at(0)).toBe(false)
  expect(said.at(-1)).toBe(true)
  expect(file.long).toHaveLength(0)
})

it('does not mix the history of a stand-in with that of the market', async () => {
  const [file, standIn] = [fileOf(), fileOf('synthetic', 500)]
  const ahead = createPriceAhead(file, 48)
  const before = await ahead.forecast(await lately(file, NOON), NOON, signal)
  const alone = await ahead.forecast(await lately(standIn, NOON), NOON, signal)
  expect(alone).toBeUndefined()
  expect(await ahead.forecast(await lately(file, NOON), NOON, signal)).toBe(before)
})

it('takes the past of a service when it comes, keeps no turn waiting, and hands on what is known by then', async () => {
  const file = fileOf('a-market:FI')
  const kept: number[] = []
  let arrive = (_: SlotSeries | undefined) => {}
  let asked = 0
  const past = {
    source: 'a-market:FI',
    tell: () => {
      asked++
      return new Promise<SlotSeries | undefined>((resolve) => {
        arrive = resolve
      })
    },
    keep: ({ values }: SlotSeries) => void kept.push(values.length),
  }
  const ahead = createPriceAhead({ ...file, historyDays: 0, past }, 48)
  const turn = async (now: number) => ahead.forecast(await lately(file, now), now, signal)
  expect(await turn(NOON)).toBeUndefined()
  expect(await turn(NOON + SLOT_MS)).toBeUndefined()
  expect([asked, kept.length]).toEqual([1, 0])
  const window = { from: NOON - 100 * DAY_MS, to: NOON - DAY_MS }
  arrive(await file.prices(window, NOON, signal))
  await new Promise((resolve) => setImmediate(resolve))
  const forecast = await turn(NOON + 2 * SLOT_MS)
  expect(forecast?.eurPerMwh.length).toBe(2 * 96)
  expect(await turn(NOON + 3 * SLOT_MS)).toBe(forecast)
  expect(asked).toBe(1)
  expect(kept.at(-1)).toBeGreaterThan(99 * 96)
})

it('asks a service that did not answer again when another day is published', async () => {
  const file = fileOf('a-market:FI')
  let asked = 0
  const past = {
    source: 'a-market:FI',
    tell: async () => {
      asked++
      return undefined
    },
    keep: () => {
      throw new Error('what was never asked for in full is not kept')
    },
  }
  const ahead = createPriceAhead({ ...file, historyDays: 0, past }, 48)
  for (const now of [NOON, NOON + SLOT_MS, NOON + 2 * HOUR_MS]) {
    await ahead.forecast(await lately(file, now), now, signal)
  }
  expect(asked).toBe(2)
})
