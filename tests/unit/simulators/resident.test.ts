import { describe, expect, it } from 'vitest'
import { pressedBy } from '../../../simulators/resident.ts'
import { type BuildingId, parseBuildingId } from '../../../src/core/domain/building-id.ts'
import { HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'

const NOON = Date.UTC(2025, 0, 14, 12)
const building = parseBuildingId('b-001') as BuildingId
const habits = { coldBelowC: 20, pressChance: 1, lastsHours: 2 }
const rooms = (...roomsC: number[]) => ({
  zones: Object.fromEntries(roomsC.map((indoorC, n) => [`z-${n + 1}`, { indoorC }])),
})

describe('residents', () => {
  it.each([
    { what: 'warm rooms', readings: rooms(21, 20), pressed: undefined },
    { what: 'one cold room', readings: rooms(21, 19.9), pressed: { kind: 'warmer', deltaK: 1, zone: 'z-2' } },
    { what: 'a bitterly cold room', readings: rooms(18, 19), pressed: { kind: 'abort', zone: 'z-1' } },
    {
      what: 'a cold mean without rooms',
      readings: { indoorC: 19 },
      pressed: { kind: 'warmer', by: 'resident' },
    },
    { what: 'no thermometer', readings: { heatKw: 30 }, pressed: undefined },
  ])('in $what press $pressed', ({ readings, pressed }) => {
    const press = pressedBy(habits, building, readings, NOON, 1)
    if (pressed) expect(press).toMatchObject({ ...pressed, building, untilAt: NOON + 2 * HOUR_MS })
    else expect(press).toBeUndefined()
  })

  it('press now and then, as the seed has it', () => {
    const lazy = { ...habits, pressChance: 0.1 }
    const presses = (seed: number) =>
      Array.from({ length: 500 }, (_, n) => NOON + n * SLOT_MS).filter((at) =>
        pressedBy(lazy, building, rooms(19), at, seed),
      )
    expect(presses(1).length).toBeGreaterThan(25)
    expect(presses(1).length).toBeLessThan(85)
    expect(presses(1)).toEqual(presses(1))
    expect(presses(1)).not.toEqual(presses(2))
  })
})
