import { describe, expect, it } from 'vitest'
import { parseDmi } from '../../../../src/adapters/weather/parse-dmi.ts'
import { parseFmi } from '../../../../src/adapters/weather/parse-fmi.ts'
import { parseMetno } from '../../../../src/adapters/weather/parse-metno.ts'
import { parseOpenmeteo } from '../../../../src/adapters/weather/parse-openmeteo.ts'
import {
  dmiDocument,
  fmiCoverageDocument,
  fmiPairsDocument,
  fmiSimpleDocument,
  metnoDocument,
  openmeteoDocument,
} from '../../../fixtures/weather/documents.ts'

const FORECAST = { start: Date.parse('2026-01-15T06:00:00Z'), outdoorC: [-10, -8, -4, -4] }

describe.each([
  { format: 'MET Norway', read: parseMetno(metnoDocument(FORECAST)), tellsSun: false },
  { format: 'Open-Meteo', read: parseOpenmeteo(openmeteoDocument(FORECAST)), tellsSun: true },
  { format: 'DMI', read: parseDmi(dmiDocument(FORECAST)), tellsSun: true },
  { format: 'an FMI coverage', read: parseFmi(fmiCoverageDocument(FORECAST)), tellsSun: true },
  { format: 'FMI simple features', read: parseFmi(fmiSimpleDocument(FORECAST)), tellsSun: true },
  { format: 'FMI time-value pairs', read: parseFmi(fmiPairsDocument(FORECAST)), tellsSun: true },
])('one forecast told by $format', ({ read, tellsSun }) => {
  if (!read.ok) throw new Error(`${read.code}: ${read.why}`)
  const { start, outdoorC, solarWm2, windMs } = read.series

  it('starts at its first hour and has a slot for every quarter to its last', () => {
    expect(start).toBe(FORECAST.start)
    expect(outdoorC).toHaveLength(13)
  })

  it('has the temperature of the instant, in °C, on a line between hours', () => {
    const expected = [-10, -9.5, -9, -8.5, -8, -7, -6, -5, -4, -4, -4, -4, -4]
    expect([...outdoorC].map((value) => Number(value.toFixed(6)))).toEqual(expected)
  })

  it('has the wind in m/s', () => {
    expect([...windMs]).toEqual(new Array(13).fill(3))
  })

  it('spreads the sun of an hour over the hour before the time it is told at', () => {
    const hoursWm2 = tellsSun ? [100, 200, 300] : [Number.NaN, Number.NaN, Number.NaN]
    expect([...solarWm2]).toEqual([...hoursWm2.flatMap((value) => [value, value, value, value]), Number.NaN])
  })

  it('names the sun that it does not tell', () => {
    const from = tellsSun ? start + 12 * 900_000 : start
    const why = tellsSun ? 'no-row' : 'not-given'
    expect(read.gaps).toEqual([{ quantity: 'solarWm2', from, to: start + 13 * 900_000, why }])
  })
})
