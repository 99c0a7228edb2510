import { expect, it } from 'vitest'
import { parseDmi } from '../../../../src/adapters/weather/parse-dmi.ts'
import { parseFmi } from '../../../../src/adapters/weather/parse-fmi.ts'
import { parseMetno } from '../../../../src/adapters/weather/parse-metno.ts'
import { parseOpenmeteo } from '../../../../src/adapters/weather/parse-openmeteo.ts'
import type { WeatherRead } from '../../../../src/adapters/weather/weather-read.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import {
  dmiDocument,
  fmiCoverageDocument,
  fmiPairsDocument,
  fmiSimpleDocument,
  metnoDocument,
  openmeteoDocument,
} from '../../../fixtures/weather/documents.ts'

const START = Date.parse('2026-01-15T06:00:00Z')
const FORECAST = { start: START, outdoorC: [-10, -8, -4, -4] }
const OPENMETEO = JSON.parse(openmeteoDocument(FORECAST))

/** The document with other columns or units. */
function openmeteo(hourly: object, rest: object = {}): string {
  return JSON.stringify({ ...OPENMETEO, hourly: { ...OPENMETEO.hourly, ...hourly }, ...rest })
}

const units = (change: object) => ({ hourly_units: { ...OPENMETEO.hourly_units, ...change } })

it.each([
  { what: 'nothing', parse: parseOpenmeteo, text: '  ', code: 'empty' },
  { what: 'a page for people', parse: parseOpenmeteo, text: '<html>busy</html>', code: 'not-json' },
  {
    what: 'half a JSON document',
    parse: parseMetno,
    text: metnoDocument(FORECAST).slice(0, 300),
    code: 'not-json',
  },
  {
    what: 'half an XML document',
    parse: parseFmi,
    text: fmiSimpleDocument(FORECAST).slice(0, 300),
    code: 'not-xml',
  },
  {
    what: 'a page for people where XML belongs',
    parse: parseFmi,
    text: '<html><p>busy</html>',
    code: 'not-xml',
  },
  { what: 'JSON where XML belongs', parse: parseFmi, text: '{"error":true}', code: 'not-xml' },
  {
    what: 'XML that is something else',
    parse: parseFmi,
    text: '<html><p>busy</p></html>',
    code: 'bad-shape',
  },
  { what: 'a collection of nothing', parse: parseFmi, text: '<FeatureCollection/>', code: 'no-temperature' },
  {
    what: 'an exception report',
    parse: parseFmi,
    text: '<ExceptionReport><Exception exceptionCode="X"><ExceptionText>No handlers</ExceptionText></Exception></ExceptionReport>',
    code: 'service-error',
  },
  {
    what: 'entities that grow',
    parse: parseFmi,
    text: `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${fmiSimpleDocument(FORECAST)}`,
    code: 'doctype',
  },
  {
    what: 'an error that comes as an answer',
    parse: parseOpenmeteo,
    text: '{"error":true,"reason":"Hourly API request limit exceeded."}',
    code: 'service-error',
  },
  {
    what: 'fewer temperatures than hours',
    parse: parseOpenmeteo,
    text: openmeteo({ temperature_2m: [-10, -8] }),
    code: 'unequal-length',
  },
  {
    what: 'fewer tuples than positions',
    parse: parseFmi,
    text: fmiCoverageDocument(FORECAST).replace('-10 3 3600000\n', ''),
    code: 'unequal-length',
  },
  {
    what: 'local time without an offset',
    parse: parseOpenmeteo,
    text: openmeteo(
      { time: ['2026-01-15T06:00', '2026-01-15T07:00', '2026-01-15T08:00', '2026-01-15T09:00'] },
      { utc_offset_seconds: undefined },
    ),
    code: 'bad-time',
  },
  {
    what: 'local time in simple features',
    parse: parseFmi,
    text: fmiSimpleDocument(FORECAST).replaceAll('Z</BsWfs:Time>', '</BsWfs:Time>'),
    code: 'bad-time',
  },
  {
    what: 'an hour that comes twice',
    parse: parseOpenmeteo,
    text: openmeteo({ time: [0, 1, 1, 2].map((hour) => START / 1000 + hour * 3_600) }),
    code: 'bad-time',
  },
  {
    what: 'an ensemble without its control run',
    parse: parseOpenmeteo,
    text: openmeteo({ temperature_2m: undefined, temperature_2m_member01: [-10, -8, -4, -4] }),
    code: 'no-temperature',
  },
  {
    what: 'a temperature in a unit unheard of',
    parse: parseOpenmeteo,
    text: openmeteo({}, units({ temperature_2m: '°Ré' })),
    code: 'unknown-unit',
  },
  {
    what: 'kelvin that call themselves Celsius',
    parse: parseMetno,
    text: metnoDocument({ start: START, outdoorC: [263, 265, 269] }),
    code: 'no-temperature',
  },
  {
    what: 'two places in one answer',
    parse: parseFmi,
    text: fmiCoverageDocument(FORECAST).replace('61.06000 28.19000', '60.00000 25.00000'),
    code: 'several-places',
  },
  {
    what: 'two temperatures of one hour',
    parse: parseFmi,
    text: fmiSimpleDocument(FORECAST).replace('>-8<', '>-9<').replaceAll('T06:00:00Z', 'T07:00:00Z'),
    code: 'several-places',
  },
  {
    what: 'a forecast of a thousand years',
    parse: parseOpenmeteo,
    text: openmeteo({ time: [0, 1, 2, 400 * 24].map((hour) => START / 1000 + hour * 3_600) }),
    code: 'too-long',
  },
  {
    what: 'a collection of coverages',
    parse: parseDmi,
    text: dmiDocument(FORECAST).replace('"Coverage"', '"CoverageCollection"'),
    code: 'bad-shape',
  },
])('refuses $what as $code', ({ parse, text, code }) => {
  expect(parse(text)).toMatchObject({ ok: false, code })
})

function read(outcome: WeatherRead): Extract<WeatherRead, { ok: true }> {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.why}`)
  return outcome
}

const hourOf = (hour: number) => START + hour * HOUR_MS

it('ends before the nulls at the tail of a column', () => {
  const { series } = read(parseOpenmeteo(openmeteo({ temperature_2m: [-10, -8, null, null] })))
  expect([...series.outdoorC]).toEqual([-10, -9.5, -9, -8.5, -8])
})

it('names a null in the middle and draws no line over it', () => {
  const { series, gaps } = read(parseOpenmeteo(openmeteo({ temperature_2m: [-10, null, -4, -4] })))
  expect([...series.outdoorC].slice(0, 10)).toEqual([-10, ...new Array(7).fill(Number.NaN), -4, -4])
  expect(gaps).toContainEqual({
    quantity: 'outdoorC',
    from: hourOf(0.25),
    to: hourOf(2),
    why: 'missing-cell',
  })
})

it.each([
  { cell: null, why: 'missing-cell' },
  { cell: '120', why: 'bad-cell' },
  { cell: 99_999, why: 'out-of-range' },
])('leaves out the hour whose sun is $cell, as $why', ({ cell, why }) => {
  const { series, gaps } = read(parseOpenmeteo(openmeteo({ shortwave_radiation: [0, 100, cell, 300] })))
  expect([...series.solarWm2].slice(4, 8)).toEqual(new Array(4).fill(Number.NaN))
  expect(series.solarWm2[8]).toBe(300)
  expect(gaps).toContainEqual({ quantity: 'solarWm2', from: hourOf(1), to: hourOf(2), why })
})

it('goes without a sun of another length, and says so', () => {
  const { series, gaps } = read(parseOpenmeteo(openmeteo({ shortwave_radiation: [0, 100] })))
  expect(series.solarWm2.every(Number.isNaN)).toBe(true)
  expect(gaps).toContainEqual({
    quantity: 'solarWm2',
    from: hourOf(0),
    to: hourOf(3.25),
    why: 'unequal-length',
  })
})

it.each([
  { unit: 'm/s', told: 5, windMs: 5 },
  { unit: 'km/h', told: 18, windMs: 5 },
  { unit: 'kn', told: 9.71922, windMs: 5 },
  { unit: 'mp/h', told: 11.1847, windMs: 5 },
])('takes $told $unit for $windMs m/s', ({ unit, told, windMs }) => {
  const text = openmeteo({ wind_speed_10m: [told, told, told, told] }, units({ wind_speed_10m: unit }))
  expect(read(parseOpenmeteo(text)).series.windMs[4]).toBeCloseTo(windMs, 4)
})

it('has no wind where its unit is unheard of', () => {
  const { series, gaps } = read(parseOpenmeteo(openmeteo({}, units({ wind_speed_10m: 'furlong' }))))
  expect(series.windMs.every(Number.isNaN)).toBe(true)
  expect(gaps.map(({ quantity, why }) => `${quantity} ${why}`)).toContain('windMs unknown-unit')
})

it('moves local times by the offset that the answer says', () => {
  const time = ['2026-01-15T08:00', '2026-01-15T09:00', '2026-01-15T10:00', '2026-01-15T11:00']
  const { series } = read(parseOpenmeteo(openmeteo({ time }, { utc_offset_seconds: 7_200 })))
  expect(series.start).toBe(START)
})

it('takes the control run of an ensemble and passes its members over', () => {
  const members = { temperature_2m_member01: [9, 9, 9, 9], temperature_2m_member02: [8, 8, 8, 8] }
  expect(read(parseOpenmeteo(openmeteo(members))).series.outdoorC[0]).toBe(-10)
})

it.each([
  { format: 'simple features', text: fmiSimpleDocument(FORECAST).replace('>-8<', '>NaN<') },
  { format: 'time-value pairs', text: fmiPairsDocument(FORECAST).replace('>-8<', '>NaN<') },
  { format: 'a coverage', text: fmiCoverageDocument(FORECAST).replace('-8 3', 'NaN 3') },
])('names a NaN in $format', ({ text }) => {
  const { series, gaps } = read(parseFmi(text))
  expect(series.outdoorC[4]).toBeNaN()
  expect(gaps).toContainEqual({
    quantity: 'outdoorC',
    from: hourOf(0.25),
    to: hourOf(2),
    why: 'missing-cell',
  })
})

it('never bridges an hour that is missing from an hourly part', () => {
  const document = JSON.parse(metnoDocument(FORECAST))
  document.properties.timeseries.splice(1, 1)
  const { gaps } = read(parseMetno(JSON.stringify(document)))
  expect(gaps).toContainEqual({ quantity: 'outdoorC', from: hourOf(0.25), to: hourOf(2), why: 'no-row' })
})

it('draws a line over six hours where the service steps by six', () => {
  const document = JSON.parse(metnoDocument({ start: START, outdoorC: [0, 12] }))
  const [first, second] = document.properties.timeseries
  first.data = { instant: first.data.instant, next_6_hours: {} }
  second.time = new Date(hourOf(6)).toISOString()
  expect(read(parseMetno(JSON.stringify(document))).series.outdoorC[12]).toBe(6)
})

it('has no sun over an hour in which a running sum fell: a new forecast began', () => {
  const document = JSON.parse(dmiDocument(FORECAST))
  document.ranges['global-radiation-flux'].values = [7_200_000, 7_560_000, 360_000, 1_080_000]
  const { series, gaps } = read(parseDmi(JSON.stringify(document)))
  expect([0, 4, 8].map((k) => series.solarWm2[k])).toEqual([100, Number.NaN, 200])
  expect(gaps).toContainEqual({ quantity: 'solarWm2', from: hourOf(1), to: hourOf(2), why: 'sum-fell' })
})
