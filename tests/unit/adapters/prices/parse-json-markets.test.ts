import { describe, expect, it } from 'vitest'
import { parseElectricityMaps } from '../../../../src/adapters/prices/parse-electricitymaps.ts'
import { parseElering } from '../../../../src/adapters/prices/parse-elering.ts'
import {
  parseEnergiDataCo2,
  parseEnergiDataPrices,
} from '../../../../src/adapters/prices/parse-energi-data.ts'
import { parseFingridCo2 } from '../../../../src/adapters/prices/parse-fingrid.ts'
import { parseNordpool } from '../../../../src/adapters/prices/parse-nordpool.ts'
import type { SlotsRead } from '../../../../src/adapters/prices/slots-read.ts'
import {
  eleringAnswer,
  energiDataAnswer,
  energiDataCo2Answer,
  fingridAnswer,
  nordpoolAnswer,
  slotPrice,
} from '../../../fixtures/prices/documents.ts'

const AUTUMN = { from: Date.parse('2026-10-24T22:00Z'), to: Date.parse('2026-10-25T23:00Z') }
const DAY = { from: Date.parse('2026-01-14T23:00Z'), to: Date.parse('2026-01-15T23:00Z') }
const HOUR_MS = 3_600_000
const SLOT_MS = 900_000

function slots(read: SlotsRead) {
  if (!read.ok) throw new Error(`${read.why}: ${read.detail}`)
  return read
}

/** A document with one thing changed. */
function changed(text: string, change: (document: Record<string, never>) => void): string {
  const document = JSON.parse(text)
  change(document)
  return JSON.stringify(document)
}

describe.each([
  {
    name: 'Nord Pool',
    answer: () => nordpoolAnswer(AUTUMN, 'FI'),
    parse: (t: string) => parseNordpool(t, 'FI'),
  },
  {
    name: 'Energi Data Service',
    answer: () => energiDataAnswer(AUTUMN, 'DK1'),
    parse: (t: string) => parseEnergiDataPrices(t, 'DK1'),
  },
  { name: 'Elering', answer: () => eleringAnswer(AUTUMN, 'FI'), parse: (t: string) => parseElering(t, 'FI') },
])('a day of 25 hours from $name', ({ answer, parse }) => {
  it('has 100 slots, each its own price', () => {
    const read = slots(parse(answer()))
    expect([read.start, read.gaps]).toEqual([AUTUMN.from, []])
    expect([...read.values]).toEqual(
      Array.from({ length: 100 }, (_, k) => slotPrice(AUTUMN.from + k * SLOT_MS)),
    )
  })
})

describe('Nord Pool', () => {
  const fine = nordpoolAnswer(DAY, 'FI')
  type Entries = { multiAreaEntries: { entryPerArea: Record<string, unknown>; deliveryStart: string }[] }
  const entries = (document: object) => (document as Entries).multiAreaEntries

  it('holds an hour for four slots', () => {
    const hourly = slots(parseNordpool(nordpoolAnswer(DAY, 'FI', HOUR_MS), 'FI'))
    expect([...hourly.values].slice(0, 5)).toEqual(
      [0, 0, 0, 0, 4].map((k) => slotPrice(DAY.from + k * SLOT_MS)),
    )
  })

  it('leaves null, and what is left out, as gaps', () => {
    const text = changed(fine, (document) => {
      entries(document)[3]!.entryPerArea['FI'] = null
      entries(document)[4]!.entryPerArea = { SE3: 7 }
      entries(document)[5]!.entryPerArea['FI'] = '12,5'
      entries(document).splice(7, 1)
    })
    const at = (k: number) => DAY.from + k * SLOT_MS
    expect(slots(parseNordpool(text, 'FI')).gaps).toEqual([
      { from: at(3), to: at(5), cause: 'null' },
      { from: at(5), to: at(6), cause: 'not-a-number' },
      { from: at(7), to: at(8), cause: 'missing' },
    ])
  })

  it('takes two prices for one slot for none', () => {
    const text = changed(fine, (document) => {
      entries(document).push({ ...entries(document)[0]!, entryPerArea: { FI: 999 } })
    })
    expect(slots(parseNordpool(text, 'FI')).gaps).toEqual([
      { from: DAY.from, to: DAY.from + SLOT_MS, cause: 'conflict' },
    ])
  })

  it('turns kroner into euros by the rate in the document, and says so', () => {
    const text = changed(fine, (document) => Object.assign(document, { currency: 'NOK', exchangeRate: 10 }))
    const read = slots(parseNordpool(text, 'FI'))
    expect(read.values[0]).toBeCloseTo(slotPrice(DAY.from) / 10, 10)
    expect(read.notes.join()).toContain('NOK/MWh into EUR/MWh')
  })

  it.each([
    ['not final', { areaStates: [{ state: 'Preliminary', areas: ['FI'] }] }, 'not-final'],
    ['in no state', { areaStates: [{ state: 'Final', areas: ['SE3'] }] }, 'not-final'],
    ['empty', { multiAreaEntries: [] }, 'no-data'],
    ['in kroner without a rate', { currency: 'DKK', exchangeRate: null }, 'currency'],
    ['in kroner at a rate of zero', { currency: 'DKK', exchangeRate: 0 }, 'currency'],
    ['of another kind', { multiAreaEntries: 7 }, 'other-document'],
  ])('refuses a day that is %s', (_, patch, why) => {
    const text = changed(fine, (document) => Object.assign(document, patch))
    expect(parseNordpool(text, 'FI')).toMatchObject({ ok: false, why })
  })

  it.each([
    ['a missing zone', fine, 'SE3', 'zone'],
    ['a zone that every object has', fine, 'constructor', 'zone'],
    ['an empty answer', '', 'FI', 'no-data'],
    ['a page for people', '<!doctype html><p>429</p>', 'FI', 'not-json'],
    ['a torn answer', fine.slice(0, -20), 'FI', 'not-json'],
  ])('refuses %s', (_, text, zone, why) =>
    expect(parseNordpool(text, zone)).toMatchObject({ ok: false, why }),
  )
})

describe('Energi Data Service', () => {
  const fine = energiDataAnswer(DAY, 'DK1')
  type Records = { records: Record<string, unknown>[] }
  const records = (document: object) => (document as Records).records

  it('reads UTC that does not say so, with Z and without', () => {
    const text = changed(fine, (document) => {
      for (const record of records(document)) record['TimeUTC'] = `${record['TimeUTC']}Z`
    })
    expect(slots(parseEnergiDataPrices(text, 'DK1'))).toEqual(slots(parseEnergiDataPrices(fine, 'DK1')))
  })

  it('never takes kroner for euros', () => {
    const one = changed(fine, (document) => {
      records(document)[0]!['DayAheadPriceEUR'] = null
    })
    expect(slots(parseEnergiDataPrices(one, 'DK1')).gaps).toEqual([
      { from: DAY.from, to: DAY.from + SLOT_MS, cause: 'null' },
    ])
    const all = changed(fine, (document) => {
      for (const record of records(document)) delete record['DayAheadPriceEUR']
    })
    expect(parseEnergiDataPrices(all, 'DK1')).toMatchObject({ ok: false, why: 'currency' })
  })

  it('keeps zones apart, and says when an answer was cut', () => {
    const text = changed(fine, (document) => {
      for (const record of records(document).slice(0, 48)) record['PriceArea'] = 'DK2'
      Object.assign(document, { total: 960 })
    })
    const read = slots(parseEnergiDataPrices(text, 'DK2'))
    expect(read.values).toHaveLength(48)
    expect(read.notes).toEqual(['96 of 960 records are in it'])
  })

  it('needs most of a quarter for its CO2', () => {
    const fineCo2 = energiDataCo2Answer(DAY, 'DK1')
    expect(slots(parseEnergiDataCo2(fineCo2, 'DK1')).values[5]).toBeCloseTo(
      slotPrice(DAY.from + 5 * SLOT_MS),
      10,
    )
    const text = changed(fineCo2, (document) => {
      records(document).splice(9, 2)
      records(document).splice(3, 1)
    })
    expect(slots(parseEnergiDataCo2(text, 'DK1')).gaps).toEqual([
      { from: DAY.from + 3 * SLOT_MS, to: DAY.from + 4 * SLOT_MS, cause: 'missing' },
    ])
  })

  it.each([
    ['empty records', '{"total":0,"records":[]}', 'no-data'],
    ['another zone', energiDataAnswer(DAY, 'DK2'), 'zone'],
    ['another dataset', energiDataCo2Answer(DAY, 'DK1'), 'other-document'],
    ['a time off its step', fine.replace('T23:00:00', 'T23:07:00'), 'time'],
    ['a time that is none', fine.replace('"2026-01-14T23:00:00"', 'null'), 'time'],
    ['too many questions', '{"statusCode":429,"message":"Too many requests"}', 'other-document'],
  ])('refuses %s', (_, text, why) =>
    expect(parseEnergiDataPrices(text, 'DK1')).toMatchObject({ ok: false, why }),
  )
})

describe('Elering', () => {
  const rows = (stepMs: number, leave: (k: number) => boolean = () => false) => ({
    fi: Array.from({ length: 8 }, (_, k) => ({
      timestamp: (DAY.from + k * stepMs) / 1000,
      price: k + 1,
    })).filter((_, k) => !leave(k)),
  })
  const answer = (data: object) => JSON.stringify({ success: true, data })

  it('holds hours for four slots, and quarters for one', () => {
    expect(slots(parseElering(answer(rows(HOUR_MS)), 'FI')).values).toHaveLength(32)
    expect([...slots(parseElering(answer(rows(SLOT_MS)), 'FI')).values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it.each([1, 4, 6])('never stretches a quarter over its missing neighbour (%d)', (missing) => {
    const read = slots(parseElering(answer(rows(SLOT_MS, (k) => k === missing)), 'FI'))
    const from = DAY.from + missing * SLOT_MS
    expect(read.gaps).toEqual([{ from, to: from + SLOT_MS, cause: 'missing' }])
  })

  it('reads milliseconds where a copy gives them', () => {
    const data = {
      fi: rows(SLOT_MS).fi.map(({ timestamp, price }) => ({ timestamp: timestamp * 1000, price })),
    }
    expect(slots(parseElering(answer(data), 'FI')).start).toBe(DAY.from)
  })

  it.each([
    ['no success', JSON.stringify({ success: false, data: {} }), 'service-error'],
    ['another zone', answer({ ee: [] }), 'zone'],
    ['no rows', answer({ fi: [] }), 'no-data'],
    ['a time between slots', answer({ fi: [{ timestamp: 1_768_435_201, price: 5 }] }), 'time'],
  ])('refuses %s', (_, text, why) => expect(parseElering(text, 'FI')).toMatchObject({ ok: false, why }))
})

describe('CO2 of electricity', () => {
  it('is a mean of five estimates at Fingrid, and one value where the latest is asked for', () => {
    expect(slots(parseFingridCo2(fingridAnswer(DAY))).values[7]).toBeCloseTo(
      slotPrice(DAY.from + 7 * SLOT_MS),
      10,
    )
    const latest =
      '{"datasetId":265,"startTime":"2026-01-15T10:00:00.000Z","endTime":"2026-01-15T10:15:00.000Z","value":61.5}'
    expect([...slots(parseFingridCo2(latest)).values]).toEqual([61.5])
  })

  it.each([
    [
      'another dataset',
      '{"data":[{"datasetId":181,"startTime":"2026-01-15T10:00:00Z","endTime":"2026-01-15T10:15:00Z","value":6}]}',
      'other-document',
    ],
    ['no rows', '{"data":[],"pagination":{"total":0}}', 'no-data'],
    [
      'below nothing',
      '{"datasetId":265,"startTime":"2026-01-15T10:00:00Z","endTime":"2026-01-15T10:15:00Z","value":-5}',
      'no-value',
    ],
    [
      'local time',
      '{"datasetId":265,"startTime":"2026-01-15T10:00:00","endTime":"2026-01-15T10:15:00","value":5}',
      'time',
    ],
  ])('refuses %s', (_, text, why) => expect(parseFingridCo2(text)).toMatchObject({ ok: false, why }))

  it('is refused in tonnes', () => {
    const text =
      '{"status":"ok","data":{"datetime":"2026-01-15T10:00:00Z","carbonIntensity":4},"units":{"carbonIntensity":"tCO2/kWh"}}'
    expect(parseElectricityMaps(text)).toMatchObject({ ok: false, why: 'unit' })
  })
})
