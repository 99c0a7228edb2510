import { describe, expect, it } from 'vitest'
import { isConstantHeat, screenTelemetry } from '../../../../../src/core/thermal/identify/screen-telemetry.ts'
import { pretend } from './pretend-building.ts'

const sound = pretend({ days: 4 })
const fahrenheit = (values: readonly number[]) => values.map((c) => 32 + 1.8 * c)
const small = sound.heatKw.map((kw) => kw / 3)
const codes = (more: Partial<typeof sound>) => screenTelemetry({ ...sound, ...more }).map(({ code }) => code)

describe('screening telemetry', () => {
  it('lets sound telemetry pass', () => {
    expect(codes({})).toEqual([])
    expect(isConstantHeat(sound)).toBe(false)
  })

  it.each([
    {
      what: 'rooms in Fahrenheit',
      more: { indoorC: fahrenheit(sound.indoorC), outdoorC: fahrenheit(sound.outdoorC) },
      code: 'fahrenheit',
    },
    {
      what: 'weather in Fahrenheit alone',
      more: { outdoorC: fahrenheit(sound.outdoorC.map((c) => c + 9)) },
      code: 'fahrenheit',
    },
    {
      what: 'rooms and weather swapped',
      more: { indoorC: sound.outdoorC, outdoorC: sound.indoorC },
      code: 'swapped-columns',
    },
    {
      what: 'rooms and heat swapped',
      more: { indoorC: sound.heatKw, heatKw: sound.indoorC },
      code: 'swapped-columns',
    },
    {
      what: 'rooms and a little heat swapped',
      more: { indoorC: small, heatKw: sound.indoorC },
      code: 'swapped-columns',
    },
    {
      what: 'heat and weather swapped',
      more: { heatKw: sound.outdoorC, outdoorC: sound.heatKw },
      code: 'swapped-columns',
    },
    { what: 'heat that is negative', more: { heatKw: sound.heatKw.map((kw) => -kw) }, code: 'negative-heat' },
    {
      what: 'a series that is too short',
      more: { heatKw: sound.heatKw.slice(1) },
      code: 'uneven-lengths',
    },
  ])('names $what', ({ more, code }) => {
    expect(codes(more)[0]).toBe(code)
  })

  it('says where heat is negative', () => {
    const heatKw = sound.heatKw.map((kw, k) => (k === 40 ? -20 : kw))
    expect(screenTelemetry({ ...sound, heatKw })).toMatchObject([{ code: 'negative-heat', row: 40 }])
  })

  it('lets a meter round a little below nought', () => {
    expect(codes({ heatKw: sound.heatKw.map((kw, k) => (k === 40 ? -0.2 : kw)) })).toEqual([])
  })

  it('wants more than ten rows', () => {
    const ten = (values: readonly number[]) => values.slice(0, 10)
    const short = { at: ten(sound.at), indoorC: ten(sound.indoorC), heatKw: ten(sound.heatKw) }
    expect(codes({ ...short, outdoorC: ten(sound.outdoorC) })).toEqual(['too-few-rows'])
  })

  it.each([
    { what: 'a constant', kw: () => 40, constant: true },
    { what: 'none at all', kw: () => 0, constant: true },
    { what: 'a constant with a trace of noise', kw: (k: number) => 40 + 0.1 * (k % 3), constant: true },
    { what: 'two levels', kw: (k: number) => (k % 50 < 25 ? 35 : 45), constant: false },
  ])('calls $what constant: $constant', ({ kw, constant }) => {
    expect(isConstantHeat({ ...sound, heatKw: sound.heatKw.map((_, k) => kw(k)) })).toBe(constant)
  })
})
