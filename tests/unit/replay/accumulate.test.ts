import { expect, it } from 'vitest'
import { localMidnight } from '../../../src/core/domain/local-time.ts'
import { accumulate } from '../../../src/replay/accumulate.ts'
import { slotCalendar } from '../../../src/replay/slot-calendar.ts'
import { sketchRun } from '../../fixtures/building-run.ts'

const ZONE = 'Europe/Helsinki'
const START = localMidnight(Date.parse('2024-01-10T12:00:00Z'), ZONE)
const DAY = { start: START, slots: 96 }
const calendar = slotCalendar(START, 96, ZONE)

it('adds up energy, cost and emissions', () => {
  const run = sketchRun({
    ...DAY,
    heatKw: (k) => (k < 48 ? 10 : 20),
    eurPerKwh: (k) => (k < 48 ? 0.1 : -0.02),
    gPerKwh: 150,
  })
  const figures = accumulate([run], calendar)
  expect(figures.energyKwh).toBeCloseTo(360)
  expect(figures.spaceHeatKwh).toBeCloseTo(288)
  expect(figures.dhwKwh).toBeCloseTo(72)
  expect(figures.costEur).toBeCloseTo(12 - 4.8)
  expect(figures.co2Kg).toBeCloseTo(54)
})

it('says nothing of CO2 where no series is given', () => {
  expect(accumulate([sketchRun(DAY)], calendar).co2Kg).toBeNull()
})

it('takes the peak of the fleet, not the sum of peaks', () => {
  const morning = sketchRun({ ...DAY, id: 'a', heatKw: (k) => (k === 32 ? 50 : 10) })
  const evening = sketchRun({ ...DAY, id: 'b', heatKw: (k) => (k === 72 ? 40 : 10) })
  const figures = accumulate([morning, evening], calendar)
  expect(figures.peakKw).toBe(60)
  expect(figures.sumBuildingPeakKw).toBe(90)
  expect(figures.peakHourKw).toBeCloseTo(20 + 40 / 4)
  expect(figures.peakDailyMeanKw).toBeCloseTo(20 + 70 / 96)
})

it('counts kelvin-hours below and above the band, by zones', () => {
  const cold = sketchRun({ ...DAY, id: 'a', zones: 3, indoorC: (k) => (k < 8 ? 19 : 21) })
  const hot = sketchRun({ ...DAY, id: 'b', zones: 1, indoorC: () => 23.5 })
  const figures = accumulate([cold, hot], calendar)
  expect(figures.underheatingKh).toBeCloseTo((3 * 2) / 4)
  expect(figures.overheatingKh).toBeCloseTo((1 * 12) / 4)
  expect(figures.discomfortKh).toBeCloseTo(1.5 + 3)
  expect(figures.coldestZoneKh).toBeCloseTo((2 * 1.5) / 2)
  expect(figures.p10ZoneKh).toBeCloseTo((2 * 1.4) / 2)
  expect(figures.minIndoorC).toBeCloseTo(18.4)
})

it('values heat left in the structure at the mean price of the run', () => {
  const run = sketchRun({ ...DAY, storedKwh: -30, eurPerKwh: (k) => (k < 24 ? 0.4 : 0.1) })
  const figures = accumulate([run], calendar)
  expect(figures.storedHeatKwh).toBeCloseTo(-30)
  expect(figures.storedHeatEur).toBeCloseTo(-30 * 0.175)
})

it('weighs the return temperature by flow and knows none where nothing flows', () => {
  const run = sketchRun(DAY)
  expect(accumulate([run], calendar).primaryReturnC).toBeCloseTo(38)
  const still = {
    ...run,
    trace: { ...run.trace, flowM3h: new Float64Array(96), flowReturn: new Float64Array(96) },
  }
  expect(accumulate([still], calendar).primaryReturnC).toBeNull()
})

it('gives the same bits whatever order buildings come in', () => {
  const fleet = ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
    sketchRun({
      ...DAY,
      id,
      heatKw: (k) => 10.1 + i / 3 + Math.sqrt(k + i),
      indoorC: (k) => 19.7 + ((k * i) % 7) / 3,
    }),
  )
  expect(accumulate(fleet.toReversed(), calendar)).toEqual(accumulate(fleet, calendar))
})

it.each([
  { day: '2024-03-31', slots: 92 },
  { day: '2024-10-27', slots: 100 },
])('counts $day, of $slots slots, as one day', ({ day, slots }) => {
  const start = localMidnight(Date.parse(`${day}T12:00:00Z`), ZONE)
  const { days, dayOf } = slotCalendar(start, slots + 96, ZONE)
  expect(days).toHaveLength(2)
  expect(days[0]).toBe(day)
  expect(dayOf.filter((d) => d === 0)).toHaveLength(slots)
})

it('spreads writes over buildings and days', () => {
  const fleet = [sketchRun({ ...DAY, id: 'a', writes: 12 }), sketchRun({ ...DAY, id: 'b', writes: 4 })]
  const figures = accumulate(fleet, calendar)
  expect(figures.setpointsSent).toBe(16)
  expect(figures.writesPerDay).toBe(8)
})
