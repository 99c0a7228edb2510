import { describe, expect, it } from 'vitest'
import { type ColdRoom, coldBalanceKh, coldLimitC } from '../../../../src/core/plan/cold-limit.ts'

const room: ColdRoom = { lowestC: 19.6, comfortC: 20.4, caretakerC: 20.6, minC: 20 }

describe('how cool the comfort zone may be made', () => {
  it('is where the coldest room is no colder than under the caretaker', () => {
    expect(coldLimitC(0, room)).toBeCloseTo(20.6, 9)
  })

  it('does not warm a room that the caretaker would keep in its band beyond the edge', () => {
    expect(coldLimitC(0, { ...room, caretakerC: 22 })).toBeCloseTo(20.8, 9)
  })

  it('falls with what was spared and rises with what is owed', () => {
    expect(coldLimitC(2.4, room)).toBeCloseTo(20.5, 9)
    expect(coldLimitC(-2.4, room)).toBeCloseTo(20.7, 9)
  })

  it('never asks for more than the band’s edge in the coldest room', () => {
    expect(coldLimitC(-60, room)).toBeCloseTo(20.8, 9)
  })

  it('keeps its books in kelvin-hours: 0.4 K under the edge against 0.2 K', () => {
    expect(coldBalanceKh(0, room, 1)).toBeCloseTo(-0.2, 9)
    expect(coldBalanceKh(0, { ...room, lowestC: 21 }, 1)).toBe(0)
  })

  it('keeps no more than a day can bear', () => {
    expect(coldBalanceKh(0, { ...room, caretakerC: 10 }, 1000)).toBe(6)
    expect(coldBalanceKh(0, { ...room, caretakerC: 30 }, 1000)).toBe(-6)
  })
})
