import { expect, it } from 'vitest'
import { capFigures, rampKw } from '../../../../src/replay/network/cap-figures.ts'

const CAP_KW = 100
/** A day and a half; as found above the cap from slot 24 to 32. */
const asFound = Float64Array.from({ length: 144 }, (_, k) => (k >= 24 && k < 32 ? 110 : 80))
const held = (change: (k: number, kw: number) => number) =>
  capFigures(
    asFound,
    asFound.map((kw, k) => change(k, Math.min(kw, CAP_KW))),
    CAP_KW,
  )

it('calls a cap held that is reached and not passed', () => {
  expect(held((_, kw) => kw)).toEqual({
    heldShare: 1,
    worstExceedance: 0,
    aboveAfter: 0,
    worstAfter: 0,
    reboundKw: 0,
    reboundKwh: 0,
  })
})

it('counts quarter-hours above it and says by how much at worst', () => {
  const figures = held((k, kw) => (k === 25 ? 104 : k === 27 ? 101 : kw))
  expect(figures.heldShare).toBe(6 / 8)
  expect(figures.worstExceedance).toBeCloseTo(0.04)
  expect(figures.aboveAfter).toBe(0)
})

it('counts what comes after for six hours, and the rebound for a day', () => {
  const figures = held((k, kw) => (k === 40 ? 103 : k === 60 ? 120 : kw))
  expect(figures.heldShare).toBe(1)
  expect(figures.aboveAfter).toBe(1)
  expect(figures.worstAfter).toBeCloseTo(0.03)
  expect(figures.reboundKw).toBeCloseTo(40)
  expect(figures.reboundKwh).toBeCloseTo((23 + 40) / 4)
})

it('has nothing to hold where the curves as found stay under the cap', () => {
  expect(capFigures(asFound, asFound, 200).heldShare).toBeNull()
})

it('finds the steepest rise', () => {
  expect(rampKw(Float64Array.of(5, 4, 9, 20, 2))).toBe(11)
})
