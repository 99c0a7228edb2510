import { describe, expect, it } from 'vitest'
import type { IsHopeless } from '../../../src/replay/physics-run.ts'
import { type BuildingTrace, createTracer } from '../../../src/replay/trace.ts'
import { findTunedDown } from '../../../src/replay/tuned-down.ts'

const SLOTS = 100 * 4

/** A building whose rooms follow the curve's shift by half a kelvin a kelvin, and are coldest in hours 10 to 13. */
function street(snapC: number) {
  const lived: number[] = []
  const run = (shiftK: number, isHopeless: IsHopeless = () => false): BuildingTrace => {
    const { trace } = createTracer(0, SLOTS, { minC: 20, maxC: 23 })
    let slots = 0
    for (; slots < SLOTS && !isHopeless(trace, slots); slots++) {
      const isSnap = slots >= 40 && slots < 56
      trace.p10C[slots] = 22 + shiftK / 2 - (isSnap ? snapC : 0)
      trace.minIndoorC = Math.min(trace.minIndoorC, trace.p10C[slots] ?? 0)
    }
    lived.push(slots)
    return trace
  }
  return { run, lived }
}

describe('the caretaker’s shift', () => {
  it.each([0.3, 1, 3])(
    'is the same whether failed shifts are lived to the end or not (%d K of snap)',
    (snapC) => {
      const whole = street(snapC)
      const short = street(snapC)
      const expected = findTunedDown(20, (shiftK) => whole.run(shiftK))
      expect(findTunedDown(20, short.run)).toEqual(expected)
      expect(whole.lived.every((slots) => slots === SLOTS)).toBe(true)
      expect(short.lived.some((slots) => slots < 60)).toBe(true)
      expect(short.lived[0]).toBe(SLOTS)
    },
  )

  it('goes as far as the coldest hours bear', () => {
    const { run } = street(1)
    const { shiftK, keepsBand } = findTunedDown(20, run)
    expect(keepsBand).toBe(true)
    expect(shiftK).toBeGreaterThanOrEqual(-2)
    expect(shiftK).toBeLessThan(-1.8)
  })
})
