import { expect, it } from 'vitest'
import { learnWeekHour, WEEK_HOURS, weekHour } from '../../../../src/core/thermal/week-profile.ts'

it.each([
  { at: '2024-01-01T00:00:00+02:00', hour: 0, day: 'Monday midnight' },
  { at: '2024-01-07T23:59:00+02:00', hour: 167, day: 'the last minute of Sunday' },
  { at: '2024-07-03T08:30:00+03:00', hour: 56, day: 'a summer Wednesday morning' },
])('calls $day hour $hour of the week in Helsinki', ({ at, hour }) => {
  expect(weekHour(Date.parse(at), 'Europe/Helsinki')).toBe(hour)
})

it('keeps seven in the morning at seven when the clocks change', () => {
  const winter = weekHour(Date.parse('2024-03-25T05:00:00Z'), 'Europe/Helsinki')
  const summer = weekHour(Date.parse('2024-04-01T04:00:00Z'), 'Europe/Helsinki')
  expect([winter, summer]).toEqual([7, 7])
})

it('teaches an hour itself most, like days less, the other kind of day least', () => {
  const learned = learnWeekHour(new Float64Array(WEEK_HOURS), 24 + 7, 1)
  expect([learned[24 + 7], learned[7], learned[5 * 24 + 7], learned[24 + 8]]).toEqual([1, 0.6, 0.25, 0])
})
