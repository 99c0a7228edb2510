import { describe, expect, it } from 'vitest'
import {
  type HeldOffset,
  holdOffset,
  offsetHeldAt,
  releaseOffset,
} from '../../../src/controller/held-offsets.ts'
import { DAY_MS } from '../../../src/core/domain/instant.ts'

const held = (from: number, offsetK: number, until = from + 30): HeldOffset => ({ from, until, offsetK })

describe('the offsets that a building was given', () => {
  const history = releaseOffset(
    [held(0, -3), held(15, -5), held(30, -5), held(60, 2)].reduce(holdOffset, [] as readonly HeldOffset[]),
    70,
  )

  it.each([
    [-1, 0],
    [0, 0],
    [1, -3],
    [15, -3],
    [16, -5],
    [59, -5],
    [60, -5],
    [61, 2],
    [70, 2],
    [71, 0],
  ])('at %i are %i K', (at, offsetK) => {
    expect(offsetHeldAt(history, at)).toBe(offsetK)
  })

  it('are one where one follows its like', () => {
    expect(history).toEqual([held(0, -3, 15), held(15, -5, 60), held(60, 2, 70)])
  })

  it('are forgotten after days', () => {
    expect(holdOffset(history, held(5 * DAY_MS, 1))).toEqual([held(5 * DAY_MS, 1)])
  })
})
