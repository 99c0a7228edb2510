import { expect, it } from 'vitest'
import { createDailyNights } from '../../../src/controller/daily-nights.ts'
import { HOUR_MS } from '../../../src/core/domain/instant.ts'
import { createManualClock } from '../simulators/manual-clock.ts'

it('says once a day that it is night, by the clock on the wall, until it is told to end', () => {
  const clock = createManualClock(Date.UTC(2026, 9, 22, 12))
  const nights: string[] = []
  const end = createDailyNights(clock, 'Europe/Helsinki', 2.5).start(() => {
    nights.push(new Date(clock.now()).toISOString().slice(5, 16))
  })
  const goHours = (hours: number) => {
    for (let k = 0; k < 2 * hours; k++) clock.goTo(clock.now() + HOUR_MS / 2)
  }
  goHours(5 * 24)
  // Clocks go back on the 25th, at four in the morning.
  expect(nights).toEqual(['10-22T23:30', '10-23T23:30', '10-24T23:30', '10-26T00:30', '10-27T00:30'])
  end()
  goHours(48)
  expect(nights).toHaveLength(5)
})
