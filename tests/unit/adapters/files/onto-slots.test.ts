import { expect, it } from 'vitest'
import { readPricesCsv } from '../../../../src/adapters/files/prices-csv.ts'
import { readWeatherCsv } from '../../../../src/adapters/files/weather-csv.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'

const START = Date.UTC(2024, 0, 5)
/** A CSV of `columns` with a row every `stepMin`, from `START` on. */
function table(columns: string, stepMin: number, rows: readonly (string | number)[], start = START): string {
  return [`at,${columns}`, ...rows.map((cells, k) => `${start + k * stepMin * MINUTE_MS},${cells}`)].join(
    '\n',
  )
}
function prices(text: string) {
  const read = readPricesCsv(text, 'p.csv')
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return { values: [...read.series.values], start: read.series.start, notes: read.notes }
}

it.each([
  { stepMin: 60, rows: [10, -20], expected: [10, 10, 10, 10, -20, -20, -20, -20] },
  { stepMin: 30, rows: [10, 20], expected: [10, 10, 20, 20] },
  { stepMin: 15, rows: [1, 2, 3], expected: [1, 2, 3] },
  { stepMin: 5, rows: [1, 2, 3, 4, 5, 6], expected: [2, 5] },
  { stepMin: 10, rows: [0, 30, 60], expected: [10, 50] },
])('holds prices of $stepMin minutes over the slots they cover', ({ stepMin, rows, expected }) => {
  expect(prices(table('eurPerMwh', stepMin, rows)).values).toEqual(expected)
})

it('starts at the first whole slot of a file that starts between two', () => {
  const { start, values } = prices(table('eurPerMwh', 60, [10, 20], START + 5 * MINUTE_MS))
  expect(start).toBe(START + 15 * MINUTE_MS)
  expect(values[0]).toBe(10)
  expect(values[3]).toBeCloseTo((10 * 5 + 20 * 10) / 15)
})

it('bridges a small gap between its neighbours and says so', () => {
  const { values, notes } = prices(table('eurPerMwh', 60, [10, '', 'NaN', 40, 50]))
  expect(values.filter((_, k) => k % 4 === 0)).toEqual([10, 20, 30, 40, 50])
  expect(notes).toEqual([
    {
      place: 'p.csv:3',
      message: 'eurPerMwh: a gap of 2 h from 2024-01-05T01:00:00.000Z, bridged between its neighbours',
    },
  ])
})

it('leaves a long gap empty, never zero, and says so', () => {
  const rows = ['at,eurPerMwh', `${START},10`, `${START + HOUR_MS},12`, `${START + 8 * HOUR_MS},14`]
  const { values, notes } = prices([...rows, `${START + 9 * HOUR_MS},15`].join('\n'))
  expect(values).toHaveLength(40)
  expect(values.slice(8, 32).every(Number.isNaN)).toBe(true)
  expect(notes).toHaveLength(1)
  expect(notes[0]).toMatchObject({ place: 'p.csv:3', message: expect.stringMatching(/6 h .* left empty/) })
})

it('leaves an end without prices empty', () => {
  expect(
    prices(table('eurPerMwh', 60, [10, 20, '']))
      .values.slice(8)
      .every(Number.isNaN),
  ).toBe(true)
})

it('draws outdoor temperature on a line and holds the sun', () => {
  const read = readWeatherCsv(table('outdoorC,solarWm2,windMs', 60, ['-8,0,3', '-4,100,4']), 'w.csv')
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  expect([...read.series.outdoorC]).toEqual([-8, -7, -6, -5, -4, -4, -4, -4])
  expect([...read.series.solarWm2]).toEqual([0, 0, 0, 0, 100, 100, 100, 100])
  expect([...read.series.windMs]).toEqual([3, 3, 3, 3, 4, 4, 4, 4])
})

it.each([
  { what: '23', day: '2024-03-31', rows: 23 },
  { what: '25', day: '2024-10-27', rows: 25 },
])('reads a local day of $what hours written with its offsets', ({ day, rows }) => {
  const midnight = Date.parse(`${day}T00:00:00+0${rows === 23 ? 2 : 3}:00`)
  const lines = Array.from({ length: rows }, (_, h) => {
    const at = midnight + h * HOUR_MS
    // Helsinki changes its offset at 01:00 UTC.
    const isSummer = rows === 23 ? at >= Date.parse(`${day}T01:00:00Z`) : at < Date.parse(`${day}T01:00:00Z`)
    const offsetH = isSummer ? 3 : 2
    return `${new Date(at + offsetH * HOUR_MS).toISOString().slice(0, 19)}+0${offsetH}:00,${h}`
  })
  const { start, values, notes } = prices(['at,eurPerMwh', ...lines].join('\n'))
  expect(start).toBe(midnight)
  expect(values).toHaveLength(rows * 4)
  expect(values.at(-1)).toBe(rows - 1)
  expect(notes).toEqual([])
  expect(midnight + values.length * 15 * MINUTE_MS - midnight).toBe(DAY_MS + (rows - 24) * HOUR_MS)
})
