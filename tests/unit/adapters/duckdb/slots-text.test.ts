import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRepeatedText, grain, slotsText } from '../../../../src/adapters/duckdb/slots-text.ts'

const series = fc.float64Array({ maxLength: 8 })
const asJson = (values: Float64Array, perUnit: number) =>
  JSON.stringify(Array.from(values, (value) => Math.round(value * perUnit) / perUnit))

describe('a series as text', () => {
  it.each([10, 100, 1e5])('is what JSON writes of it, rounded to 1/%i, first and again', (perUnit) => {
    const fine = grain(perUnit)
    fc.assert(
      fc.property(series, (values) => {
        expect(slotsText(values, fine)).toBe(asJson(values, perUnit))
        expect(slotsText(values, fine)).toBe(asJson(values, perUnit))
      }),
    )
  })

  it('is made anew as soon as one value differs, in place or not', () => {
    const text = createRepeatedText(100)
    const values = Float64Array.of(0.25, -0.5, Number.NaN)
    expect(text(values)).toBe('[0.25,-0.5,null]')
    expect(text(values.slice())).toBe('[0.25,-0.5,null]')
    values[1] = 0.75
    expect(text(values)).toBe('[0.25,0.75,null]')
    expect(text(values.subarray(0, 1))).toBe('[0.25]')
    expect(text(new Float64Array(0))).toBe('[]')
  })
})
