import { describe, expect, it } from 'vitest'
import { streamKey } from '../../../simulators/chance.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import {
  applianceProfile,
  closeChance,
  nextPresence,
  nextWindow,
  openChance,
  presenceProfile,
} from '../../../simulators/occupants.ts'

const zone = drawFleet({ seed: 1, count: 1 })[0].zones[0]

describe('the people', () => {
  it('give homes the mean gains of EN 16798-1, and schools theirs on school days alone', () => {
    let home = 0
    for (let hour = 0; hour < 168; hour++) {
      const [weekday, of] = [Math.floor(hour / 24), hour % 24]
      home += 2.8 * presenceProfile('concrete-block', weekday, of)
      home += 3 * applianceProfile('concrete-block', weekday, of)
    }
    expect(home / 168).toBeGreaterThan(2.8)
    expect(home / 168).toBeLessThan(4.43)
    expect(presenceProfile('school', 1, 10)).toBeGreaterThan(0.5)
    expect(presenceProfile('school', 5, 10)).toBe(0)
    expect(presenceProfile('school', 1, 22)).toBe(0)
  })

  it('come and go around the profile, and stay for hours', () => {
    const key = streamKey(1, 'presence')
    let presence = 0.5
    const seen = Array.from(
      { length: 20_000 },
      (_, slot) => (presence = nextPresence(presence, 0.5, zone, key, slot)),
    )
    const changes = seen.filter((value, i) => i > 0 && value !== seen[i - 1]).length
    expect(seen.reduce((sum, value) => sum + value, 0) / seen.length).toBeCloseTo(0.5, 1)
    expect(changes / seen.length).toBeLessThan(0.15)
    expect(Math.max(...seen) - Math.min(...seen)).toBeGreaterThan(0.2)
  })
})

describe('the windows', () => {
  it('open more and more above 22.5 °C, seldom below, and less in frost', () => {
    const chances = [21, 22.5, 23, 24, 26].map((airC) => openChance(zone, airC, 1, 0))
    expect(chances[0]).toBe(chances[1])
    for (let i = 2; i < chances.length; i++) expect(chances[i]).toBeGreaterThan(2 * chances[i - 1] * 0.6)
    expect(openChance(zone, 24, 1, -20)).toBeLessThan(0.5 * openChance(zone, 24, 1, 5))
    expect(openChance(zone, 24, 0, 0)).toBe(0)
  })

  it('shut sooner in a room grown cold', () => {
    expect(closeChance(20)).toBeGreaterThan(2 * closeChance(23))
  })

  it.each([
    { open: 0, drawn: 0.05, next: 1 },
    { open: 0, drawn: 0.15, next: 0 },
    { open: 1, drawn: 0.15, next: 0 },
    { open: 1, drawn: 0.25, next: 1 },
  ])('go from $open to $next on $drawn', ({ open, drawn, next }) => {
    expect(nextWindow(open, 0.1, 0.2, drawn)).toBe(next)
  })

  it('stand open by the share that chance would give in the long run, where chance is off', () => {
    let share = 0
    for (let i = 0; i < 200; i++) share = nextWindow(share, 0.1, 0.2, null)
    expect(share).toBeCloseTo(1 / 3, 9)
  })
})
