import { describe, expect, it } from 'vitest'
import { hashedNormal, hashedUnit } from '../../../../../src/core/domain/chance.ts'
import { SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import { roomAnswer } from '../../../../../src/core/thermal/identify/room-answer.ts'

const COUNT = 1344
const slots = Array.from({ length: COUNT }, (_, k) => k)
const at = slots.map((k) => Date.UTC(2024, 0, 8) + k * SLOT_MS)
const outdoorC = slots.map((k) => -5 + 4 * Math.sin(k / 60) + 3 * Math.sin((k * 2 * Math.PI) / 96))
const offsetK = slots.map((k) => (hashedUnit(1, Math.floor(k / 24)) < 0.5 ? -3 : 3))

/** Rooms that move by `kPerKh` a kelvin of offset and hour, towards 21 °C in 20 h. */
function rooms(kPerKh: number): number[] {
  let airC = 21
  return slots.map((k) => {
    airC += 0.25 * (kPerKh * (offsetK[k] ?? 0) - (airC - 21) / 20) + 0.004 * hashedNormal(2, k)
    return airC + 0.03 * hashedNormal(3, k)
  })
}

describe('what a kelvin of supply does to rooms', () => {
  it.each([0, 0.02, 0.05])('is read off its steps: %s K an hour', (kPerKh) => {
    const answer = roomAnswer({ at, indoorC: rooms(kPerKh), outdoorC, offsetK, stepHours: 0.25 })
    const expected = kPerKh * 20 * (1 - Math.exp(-2 / 20))
    expect(Math.abs((answer?.roomKPerK ?? Number.NaN) - expected)).toBeLessThan(0.012)
    expect(answer?.errorKPerK).toBeLessThan(0.01)
  })

  it('is nothing to be had from two days', () => {
    const few = (values: readonly number[]) => values.slice(0, 192)
    const two = { at: few(at), indoorC: few(rooms(0.05)), outdoorC: few(outdoorC), offsetK: few(offsetK) }
    expect(roomAnswer({ ...two, stepHours: 0.25 })).toBeNull()
  })
})
