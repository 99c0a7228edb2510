import { expect, it } from 'vitest'
import { readCo2Csv, readPricesCsv } from '../../../../src/adapters/files/prices-csv.ts'
import { readPricesFile } from '../../../../src/adapters/files/read-file.ts'
import { readInstant } from '../../../../src/adapters/files/read-instant.ts'
import { readWeatherCsv } from '../../../../src/adapters/files/weather-csv.ts'

const row = (hour: number, price: number | string) =>
  `2024-01-05T${String(hour).padStart(2, '0')}:00:00Z,${price}`
const csv = (...lines: string[]) => ['at,eurPerMwh', ...lines].join('\n')

it.each([
  { what: 'an empty file', text: '', faults: [['p.csv:1', /empty/]] },
  { what: 'a header alone', text: 'at,eurPerMwh\n', faults: [['p.csv:1', /no rows/]] },
  { what: 'no header', text: `${row(0, 1)}\n${row(1, 2)}`, faults: [['p.csv:1', /no header/]] },
  { what: 'no header and local times', text: '2024-01-05 00:00,45', faults: [['p.csv:1', /no header/]] },
  {
    what: 'wrong columns',
    text: 'time,price\n1,2',
    faults: [
      ['p.csv:1', /no column "at"/],
      ['p.csv:1', /no column "eurPerMwh"/],
      ['p.csv:1', /"time" is not known/],
      ['p.csv:1', /"price" is not known/],
    ],
  },
  { what: 'a column twice', text: 'at,eurPerMwh,eurPerMwh\n1,2,3', faults: [['p.csv:1', /there twice/]] },
  {
    what: 'decimal commas without quotes',
    text: csv(row(0, '12,5'), row(1, 3), row(2, '1,1')),
    faults: [
      ['p.csv:2', /3 cells where the header names 2; a decimal comma/],
      ['p.csv:4', /3 cells/],
    ],
  },
  {
    what: 'semicolons and decimal commas',
    text: 'at;eurPerMwh\n2024-01-05T00:00:00Z;12,5\n2024-01-05T01:00:00Z;13',
    faults: [
      ['p.csv:1', /parted by ";"/],
      ['p.csv:2', /decimal comma; write 12\.5/],
    ],
  },
  {
    what: 'times without an offset',
    text: csv('2024-01-05T00:00:00,1', '2024-01-05 01:00,2', row(2, 3)),
    faults: [
      ['p.csv:2', /no offset/],
      ['p.csv:3', /no offset/],
    ],
  },
  {
    what: 'a repeated hour',
    text: csv(row(0, 1), row(1, 2), row(1, 2), row(2, 3)),
    faults: [['p.csv:4', /same instant as line 3/]],
  },
  {
    what: 'unsorted rows',
    text: csv(row(0, 1), row(3, 2), row(2, 2), row(4, 3)),
    faults: [['p.csv:4', /earlier than line 3/]],
  },
  {
    what: 'a row off the step',
    text: csv(row(0, 1), row(1, 2), row(2, 2), '2024-01-05T02:20:00Z,3', row(3, 3), row(4, 4)),
    faults: [
      ['p.csv:5', /20 min after the row before, where the step is 60 min/],
      ['p.csv:6', /40 min/],
    ],
  },
  {
    what: 'seconds for milliseconds',
    text: csv('1704412800,1', '1704416400,2'),
    faults: [
      ['p.csv:2', /seconds/],
      ['p.csv:3', /seconds/],
    ],
  },
  {
    what: 'words for numbers',
    text: csv(row(0, 'dear'), row(1, 2)),
    faults: [['p.csv:2', /"dear" is no number/]],
  },
  { what: 'a price beyond belief', text: csv(row(0, 99999), row(1, 2)), faults: [['p.csv:2', /outside/]] },
  { what: 'one row alone', text: csv(row(0, 1)), faults: [['p.csv', /two rows at least/]] },
  { what: 'a quote left open', text: csv(row(0, '"1'), row(1, 2)), faults: [[/p\.csv:\d/, /[Qq]uote/]] },
])('names every fault of $what with its place', ({ text, faults }) => {
  const read = readPricesCsv(text, 'p.csv')
  expect(read).toEqual({
    ok: false,
    faults: faults.map(([place, message]) => ({
      place: typeof place === 'string' ? place : expect.stringMatching(place!),
      message: expect.stringMatching(message!),
    })),
  })
})

it.each([
  ['1704412800000', 1_704_412_800_000],
  ['2024-01-05T00:00:00Z', 1_704_412_800_000],
  ['2024-01-05T02:00:00+02:00', 1_704_412_800_000],
  ['2024-01-04 19:00:00.500-0500', 1_704_412_800_500],
  ['2024-01-05T00:00Z', 1_704_412_800_000],
])('reads %s as an instant', (text, at) => {
  expect(readInstant(text)).toEqual({ at })
})

it.each([
  '2024-02-30T00:00:00Z',
  '2024-01-05T24:30:00Z',
  '2024-13-01T00:00:00Z',
  '5.1.2024',
  '',
  '1.5e12',
  '-3',
])('refuses "%s" as an instant', (text) => {
  expect(readInstant(text)).toHaveProperty('why')
})

it('refuses weather that nobody has seen, and names a missing sun', () => {
  const hot = readWeatherCsv('at,outdoorC\n2024-01-05T00:00:00Z,850\n2024-01-05T01:00:00Z,1', 'w.csv')
  expect(hot).toMatchObject({ ok: false, faults: [{ place: 'w.csv:2' }] })
  const dark = readWeatherCsv('at,outdoorC\n2024-01-05T00:00:00Z,-5\n2024-01-05T01:00:00Z,1', 'w.csv')
  expect(dark.ok && dark.notes.map(({ message }) => message)).toEqual([
    expect.stringContaining('"solarWm2"'),
    expect.stringContaining('"windMs"'),
  ])
  expect(dark.ok && [...dark.series.solarWm2].every(Number.isNaN)).toBe(true)
})

it('reads the emissions of a kilowatt-hour', () => {
  const read = readCo2Csv('at,gPerKwh\n2024-01-05T00:00:00Z,120\n2024-01-05T01:00:00Z,80', 'c.csv')
  expect(read.ok && [...read.series.values]).toEqual([120, 120, 120, 120, 80, 80, 80, 80])
})

it('says what is wrong with a path that leads nowhere', async () => {
  expect(await readPricesFile('/nowhere/p.csv', 'csv')).toEqual({
    ok: false,
    faults: [{ place: '/nowhere/p.csv', message: 'there is no such file' }],
  })
  expect(await readPricesFile('/', 'csv')).toMatchObject({ ok: false, faults: [{ place: '/' }] })
})
