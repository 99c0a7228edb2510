import { describe, expect, it } from 'vitest'
import { heldOffsetK } from '../../../src/controller/plan-member.ts'
import { deepCutEnd, makeLease } from '../../../src/core/dispatch/lease.ts'
import { parseBuildingId } from '../../../src/core/domain/building-id.ts'
import { SLOT_MS } from '../../../src/core/domain/instant.ts'

describe('the offset that a building follows', () => {
  const now = 1_700_000_000_000
  const building = parseBuildingId('block-1')!
  const leased = (offsetK: number, steps: Parameters<typeof makeLease>[0]['steps']) => ({
    heldOffsetK: offsetK,
    lease: makeLease({ building, seq: 1, now, steps, mode: 'auto', reason: { code: 'steady', text: '' } }),
  })

  it('lasts as long as its lease', () => {
    const gentle = leased(-3, [{ from: now, supplyOffsetK: -3 }])
    expect(heldOffsetK(gentle, now + 2 * SLOT_MS)).toBe(-3)
    expect(heldOffsetK(gentle, now + 3 * SLOT_MS)).toBe(0)
  })

  it('is over with a deep cut that was not said anew, though its lease goes on', () => {
    const deep = leased(-12, [
      { from: now, supplyOffsetK: -12 },
      { from: deepCutEnd(now), supplyOffsetK: null },
    ])
    expect(heldOffsetK(deep, deepCutEnd(now) - 1)).toBe(-12)
    expect(heldOffsetK(deep, deepCutEnd(now))).toBe(0)
  })
})
