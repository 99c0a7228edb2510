import { expect, it } from 'vitest'
import { habitProfile } from '../../../../src/core/state/habit-profile.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { remodel } from '../../../../src/core/state/remodel.ts'
import { foldSample, newTimeline } from '../../../../src/core/state/timeline.ts'
import { AIR, MASS, SLOW } from '../../../../src/core/thermal/filter.ts'
import { weekHour } from '../../../../src/core/thermal/week-profile.ts'
import { TRUTH } from '../thermal/identify/pretend-building.ts'
import { house, houseSamples } from './learned-house.ts'
import { worldOf, ZONE } from './pretend.ts'

const world = worldOf()
const known = { ...house, model: TRUTH }
let timeline = newTimeline(newBelief(house, 0))
for (const sample of houseSamples(2)) timeline = foldSample(timeline, house, sample, world).timeline
const mean = (of: typeof timeline) => of.belief.filter?.mean ?? new Float64Array(4)

it('goes on from the same rooms and with the same knowledge of heat', () => {
  const next = remodel(timeline, known, world)
  expect(next.belief.at).toBe(timeline.belief.at)
  expect(next.belief.zones).toEqual(timeline.belief.zones)
  expect(next.belief.signature).toEqual(timeline.belief.signature)
  expect(Math.abs(mean(next)[AIR]! - mean(timeline)[AIR]!)).toBeLessThan(0.2)
  expect(next.samples).toBe(timeline.samples)
})

it('believes in less unmeasured heat once the model is true', () => {
  const next = remodel(timeline, known, world)
  expect(Math.abs(mean(next)[SLOW]!)).toBeLessThan(Math.abs(mean(timeline)[SLOW]!))
  expect(mean(next)[MASS]).not.toBe(mean(timeline)[MASS])
})

it('gives the same belief when it is done twice', () => {
  const once = remodel(timeline, known, world)
  expect(remodel(once, known, world).belief).toEqual(once.belief)
})

it('takes the daily habit of a fit for what is usual at an hour, by the clock on the wall', () => {
  const box = { lossKwPerK: 2, cosDayK: 0, sinDayK: 1.5, cosHalfDayK: 0, sinHalfDayK: 0 }
  const shape = { hasMass: true, hasEmitter: false, hasSun: true, hasHabit: true }
  const at = Date.UTC(2024, 0, 10)
  const profile = habitProfile({ box, shape } as Parameters<typeof habitProfile>[0], at, ZONE)
  const kwAt = (utcHour: number) => profile[weekHour(at + utcHour * 3_600_000, ZONE)]
  expect(kwAt(6)).toBeCloseTo(3, 1)
  expect(kwAt(18)).toBeCloseTo(-3, 1)
  const next = remodel(timeline, known, world, profile)
  expect(next.marks[0]?.gains.profileKw).toBe(profile)
})
