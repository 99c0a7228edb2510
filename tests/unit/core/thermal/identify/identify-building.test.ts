import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../../../src/core/domain/instant.ts'
import { discretise } from '../../../../../src/core/thermal/discretise.ts'
import { identifyBuilding } from '../../../../../src/core/thermal/identify/identify-building.ts'
import { priorByData } from '../../../../../src/core/thermal/identify/identify-prior.ts'
import type { IdentifyTelemetry } from '../../../../../src/core/thermal/identify/telemetry.ts'
import { heatLossKwPerK } from '../../../../../src/core/thermal/time-constant.ts'
import { type Pretend, pretend, TRUTH } from './pretend-building.ts'

const identify = (telemetry: IdentifyTelemetry) =>
  identifyBuilding(telemetry, priorByData(telemetry), { powerOf: 'ends' })

function fitted(telemetry: IdentifyTelemetry) {
  const identified = identify(telemetry)
  if (identified.kind !== 'fitted') throw new Error(`expected a fit: ${JSON.stringify(identified)}`)
  return identified
}

const { bHeat1 } = discretise(TRUTH, 2)
const TRUE_RESPONSE = bHeat1
const TRUE_LOSS = heatLossKwPerK(TRUTH)
const whole = pretend({ days: 10 })
const excited = fitted(whole)

const codes = (identified: ReturnType<typeof identify>) =>
  identified.kind !== 'bad-input' && identified.verdict.kind === 'leave-alone'
    ? identified.verdict.reasons.map(({ code }) => code)
    : []

describe('learning a building from excited telemetry', () => {
  it('finds its loss and its answer to heat, and says how sure it is of both', () => {
    const { heatLossKwPerK: loss, response2hKPerKw: response } = excited.fit.estimates
    expect(loss.low).toBeLessThan(TRUE_LOSS)
    expect(loss.high).toBeGreaterThan(TRUE_LOSS)
    expect(Math.abs(response.value / TRUE_RESPONSE - 1)).toBeLessThan(0.1)
    expect(response.high / response.low).toBeLessThan(1.5)
  })

  it('lets it be steered, by a model that plan and filter can take', () => {
    expect(excited.verdict).toEqual({ kind: 'steer' })
    const { model, estimates } = excited.fit
    expect(heatLossKwPerK(model)).toBeCloseTo(estimates.heatLossKwPerK.value, 6)
    expect(discretise(model, 2).bHeat1).toBeCloseTo(estimates.response2hKPerKw.value, 6)
  })

  it('leaves noise, and foresees days that it has not seen to the thermometer', () => {
    expect(excited.fit.whiteness.isWhite).toBe(true)
    expect(excited.fit.heldOut.dayAheadRmseK).toBeLessThan(0.25)
  })

  it('is plain data, the same twice', () => {
    expect(JSON.parse(JSON.stringify(excited))).toEqual(excited)
    expect(identify(whole)).toEqual(excited)
  })

  it('says which parameters the data did not tell', () => {
    const told = new Map(excited.fit.parameters.map(({ name, toldBy }) => [name, toldBy]))
    expect(told.get('lossKwPerK')).toBe('data')
    // Nothing was said of noise in the structure, and there is none.
    expect(told.get('massNoiseK')).not.toBe('data')
  })

  it('takes holes, missing values and steps of any length as they are', () => {
    const keep = whole.at.flatMap((_, k) => (k % 7 === 3 || (k > 200 && k < 230) ? [] : [k]))
    const cut = (values: readonly number[]) => keep.map((k) => values[k] ?? Number.NaN)
    const indoorC = cut(whole.indoorC).map((value, k) => (k % 11 === 0 ? Number.NaN : value))
    const holed = { ...whole, at: cut(whole.at), indoorC, heatKw: cut(whole.heatKw) }
    const telemetry = { ...holed, outdoorC: cut(whole.outdoorC), solarWm2: cut(whole.solarWm2) }
    const { response2hKPerKw } = fitted(telemetry).fit.estimates
    expect(Math.abs(response2hKPerKw.value / TRUE_RESPONSE - 1)).toBeLessThan(0.15)
  })

  it('sees that powers are told at the start of their interval', () => {
    const shifted = { ...whole, heatKw: [...whole.heatKw.slice(1), whole.heatKw.at(-1) ?? 0] }
    const hourly = (k: number) => k % 2 === 0
    const mean = (values: readonly number[]) =>
      values.flatMap((value, k) => (hourly(k) ? [(value + (values[k + 1] ?? value)) / 2] : []))
    const telemetry = {
      at: whole.at.filter((_, k) => hourly(k)),
      indoorC: whole.indoorC.filter((_, k) => hourly(k)),
      outdoorC: whole.outdoorC.filter((_, k) => hourly(k)),
      heatKw: mean(shifted.heatKw),
      solarWm2: mean([...whole.solarWm2.slice(1), 0]),
    }
    const identified = identifyBuilding(telemetry, priorByData(telemetry))
    expect(identified.kind === 'fitted' && identified.fit.heat.powerOf).toBe('starts')
  })
})

describe('a building that is not understood', () => {
  const refusals: readonly { what: string; given: Pretend; code: string }[] = [
    {
      what: 'whose heat is the curve and nothing else',
      given: { days: 7, moveKw: 0, curve: (outdoorC) => 60 - 2.2 * outdoorC },
      code: 'heat-follows-outdoor',
    },
    { what: 'of three days', given: { days: 3 }, code: 'too-few-data' },
  ]

  it.each(refusals)('$what stays on its curve, with the reason', ({ given, code }) => {
    const identified = identify(pretend(given))
    expect(identified.kind).not.toBe('bad-input')
    expect(codes(identified)).toContain(code)
  })

  it('with constant heat is not fitted at all', () => {
    const identified = identify(pretend({ days: 10, moveKw: 0, curve: () => 50 }))
    expect(identified.kind).toBe('not-identifiable')
    expect(codes(identified)).toContain('constant-heat')
  })

  it('whose room is another room each day is not foreseen', () => {
    const telemetry = pretend({ days: 6 })
    const indoorC = telemetry.indoorC.map((value, k) => value + 2.5 * Math.sin((k * 0.5 * 2 * Math.PI) / 39))
    expect(codes(identify({ ...telemetry, indoorC }))).toContain('forecast-poor')
  })
})

it('reads telemetry by the minute as quarter-hours, to the same building', () => {
  const coarse = pretend({ days: 4, stepHours: 0.25 })
  const at: number[] = []
  const spread = (values: readonly number[]) => values.flatMap((value) => [value, value, value])
  coarse.at.forEach((end) => {
    for (const minutes of [10, 5, 0]) at.push(end - (minutes / 60) * HOUR_MS)
  })
  const fine = {
    at,
    indoorC: spread(coarse.indoorC),
    heatKw: spread(coarse.heatKw),
    outdoorC: spread(coarse.outdoorC),
    solarWm2: spread(coarse.solarWm2),
  }
  const [ours, theirs] = [fitted(fine), fitted(coarse)]
  expect(ours.rows).toBe(theirs.rows)
  expect(ours.fit.estimates.response2hKPerKw.value).toBeCloseTo(
    theirs.fit.estimates.response2hKPerKw.value,
    4,
  )
})
