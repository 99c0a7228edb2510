import { describe, expect, it } from 'vitest'
import { parseEntsoe } from '../../../../src/adapters/prices/parse-entsoe.ts'
import type { Slots } from '../../../../src/adapters/prices/slots-read.ts'
import { acknowledgement, entsoeAnswer, entsoeDocument } from '../../../fixtures/prices/documents.ts'

const HOUR = { start: '2026-01-14T23:00Z', end: '2026-01-15T01:00Z' }
const START = Date.parse(HOUR.start)

function slots(text: string): Slots {
  const read = parseEntsoe(text)
  if (!read.ok) throw new Error(`${read.why}: ${read.detail}`)
  return read
}
const values = (text: string) => [...slots(text).values]

describe('positions that are left out', () => {
  const points = { 2: 20, 4: 40 }
  const period = { ...HOUR, resolution: 'PT15M', points }

  it('repeat the value before them on an A03 curve, to the end of the period, and are a gap before the first', () => {
    const read = slots(entsoeDocument({ curve: 'A03', periods: [period] }))
    expect([...read.values]).toEqual([Number.NaN, 20, 20, 40, 40, 40, 40, 40])
    expect(read.gaps).toEqual([{ from: START, to: START + 900_000, cause: 'missing' }])
  })

  it('are gaps on an A01 curve', () => {
    const read = slots(entsoeDocument({ curve: 'A01', periods: [period] }))
    expect([...read.values].slice(0, 5)).toEqual([Number.NaN, 20, Number.NaN, 40, Number.NaN])
    expect(read.gaps.map(({ cause }) => cause)).toEqual(['missing', 'missing', 'missing'])
  })

  it('do not repeat a value that cannot be read', () => {
    const read = slots(
      entsoeDocument({ curve: 'A03', periods: [{ ...period, points: { 1: 10, 2: '55,35', 4: 40 } }] }),
    )
    expect([...read.values]).toEqual([10, Number.NaN, Number.NaN, 40, 40, 40, 40, 40])
    expect(read.gaps).toEqual([{ from: START + 900_000, to: START + 2_700_000, cause: 'not-a-number' }])
  })
})

describe('several series', () => {
  const hourly = (price: number) => ({ ...HOUR, points: { 1: price, 2: price } })
  const quarterly = {
    ...HOUR,
    end: '2026-01-15T00:00Z',
    resolution: 'PT15M',
    points: { 1: 1, 2: 2, 3: 3, 4: 4 },
  }

  it('are one grid where hours follow quarters', () => {
    const after = { start: '2026-01-15T00:00Z', end: '2026-01-15T01:00Z', points: { 1: 9 } }
    expect(values(entsoeDocument({ periods: [quarterly, after] }))).toEqual([1, 2, 3, 4, 9, 9, 9, 9])
  })

  it('give way to the finer where both tell of a slot, and say so', () => {
    const read = slots(entsoeDocument({ periods: [hourly(9)] }, { periods: [quarterly] }))
    expect([...read.values]).toEqual([1, 2, 3, 4, 9, 9, 9, 9])
    expect(read.notes.join()).toContain('finer')
  })

  it.each([
    ['first', [1, 2]],
    ['last', [2, 1]],
  ])('of other auctions are left aside where ours comes %s', (_, [first, second]) => {
    const text = entsoeDocument(
      { sequence: first, periods: [hourly(first! * 10)] },
      { sequence: second, periods: [hourly(second! * 10)] },
    )
    expect(new Set(values(text))).toEqual(new Set([10]))
  })

  it('of intraday auctions are left aside', () => {
    const text = entsoeDocument({ contract: 'A07', periods: [hourly(99)] }, { periods: [hourly(5)] })
    expect(new Set(values(text))).toEqual(new Set([5]))
  })

  it('take the later where one corrects the other', () => {
    const read = slots(entsoeDocument({ periods: [hourly(5)] }, { periods: [hourly(6)] }))
    expect(new Set(read.values)).toEqual(new Set([6]))
    expect(read.notes.join()).toContain('later')
  })
})

describe('a day', () => {
  it.each([
    { what: 'of spring', from: '2026-03-28T23:00Z', to: '2026-03-29T22:00Z', slots: 92 },
    { what: 'of autumn', from: '2026-10-24T22:00Z', to: '2026-10-25T23:00Z', slots: 100 },
    { what: 'like any other', from: '2026-01-14T23:00Z', to: '2026-01-15T23:00Z', slots: 96 },
  ])('$what has $slots slots', ({ from, to, slots: count }) => {
    const read = slots(entsoeAnswer({ from: Date.parse(from), to: Date.parse(to) }))
    expect([read.start, read.values.length, read.gaps]).toEqual([Date.parse(from), count, []])
  })

  it('that is missing between two is a gap with a name', () => {
    const text = entsoeDocument({
      periods: [
        { start: '2026-01-14T23:00Z', end: '2026-01-15T00:00Z', points: { 1: 7 } },
        { start: '2026-01-16T23:00Z', end: '2026-01-17T00:00Z', points: { 1: 8 } },
      ],
    })
    expect(slots(text).gaps).toEqual([
      { from: Date.parse('2026-01-15T00:00Z'), to: Date.parse('2026-01-16T23:00Z'), cause: 'missing' },
    ])
  })

  it('may cost nothing, or less', () => {
    expect(values(entsoeDocument({ periods: [{ ...HOUR, points: { 1: '0.00', 2: -5.5 } }] }))).toEqual([
      0, 0, 0, 0, -5.5, -5.5, -5.5, -5.5,
    ])
  })

  it('whose positions pass its end is a gap: interval, step or positions are wrong', () => {
    const points = Object.fromEntries(Array.from({ length: 96 }, (_, k) => [k + 1, 50]))
    const good = { start: '2026-01-15T01:00Z', end: '2026-01-15T02:00Z', points: { 1: 7 } }
    const read = slots(entsoeDocument({ periods: [{ ...HOUR, points }, good] }))
    expect(read.gaps).toEqual([{ from: START, to: START + 7_200_000, cause: 'conflict' }])
    expect([...read.values].slice(8)).toEqual([7, 7, 7, 7])
  })
})

describe('a document that must not be believed', () => {
  const hour = { ...HOUR, points: { 1: 5, 2: 6 } }
  const fine = entsoeDocument({ periods: [hour] })
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "55"><!ENTITY y "&x;&x;&x;&x;">]>${fine.slice(38)}`

  it.each([
    ['nothing published yet', acknowledgement('No matching data found'), 'no-data'],
    [
      'a bad question',
      acknowledgement('The amount of requested data exceeds allowed limit', '999'),
      'service-error',
    ],
    ['another unit', entsoeDocument({ unit: 'KWH', periods: [hour] }), 'unit'],
    ['another currency', entsoeDocument({ currency: 'PLN', periods: [hour] }), 'currency'],
    ['another curve', entsoeDocument({ curve: 'A05', periods: [hour] }), 'curve'],
    ['a cut document', fine.slice(0, -60), 'not-xml'],
    ['an entity bomb', bomb, 'doctype'],
    ['an entity from a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'doctype'],
    ['a page for people', '<html><body>Bad Gateway</body></html>', 'not-xml'],
    ['nothing', '', 'no-data'],
    ['JSON', '{"prices":[]}', 'not-xml'],
    ['a step that is none', entsoeDocument({ periods: [{ ...hour, resolution: 'PT7M' }] }), 'time'],
    [
      'an interval that runs back',
      entsoeDocument({ periods: [{ ...hour, end: '2026-01-14T20:00Z' }] }),
      'time',
    ],
    ['local time', entsoeDocument({ periods: [{ ...hour, start: '2026-01-14T23:00' }] }), 'time'],
    ['a position below one', entsoeDocument({ periods: [{ ...hour, points: { 0: 5 } }] }), 'time'],
    ['a thousand years', entsoeDocument({ periods: [{ ...hour, end: '2999-01-14T23:00Z' }] }), 'too-long'],
    ['commas alone', entsoeDocument({ periods: [{ ...hour, points: { 1: '5,1', 2: '6,2' } }] }), 'no-value'],
    [
      'cents for euros, a thousandfold',
      entsoeDocument({ periods: [{ ...hour, points: { 1: 5e7, 2: 6e7 } }] }),
      'no-value',
    ],
    ['no series', entsoeDocument(), 'no-data'],
  ])('%s', (_, text, why) => expect(parseEntsoe(text)).toMatchObject({ ok: false, why }))

  it('one series in another currency beside a good one is left aside aloud', () => {
    const read = slots(entsoeDocument({ periods: [hour] }, { currency: 'GBP', periods: [hour] }))
    expect(read.notes.join()).toContain('GBP')
  })

  it('reads names with a prefix', () => {
    expect(values(fine.replaceAll(/<(\/?)([A-Z][A-Za-z_]+)/g, '<$1ns:$2'))).toHaveLength(8)
  })
})
