import { expect, it } from 'vitest'
import { createFleetWeather } from '../../../simulators/told-weather.ts'
import { HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'

const START = Date.UTC(2026, 0, 15, 10)
const drawn = { outdoorC: -20, solarWm2: 1, windMs: 6 }
const told = (start: number, outdoorC: readonly (number | null)[]) => ({
  start,
  stepMs: SLOT_MS,
  outdoorC: [...outdoorC],
  solarWm2: outdoorC.map(() => 100),
})

it('is drawn where nothing was told', () => {
  const weather = createFleetWeather(() => drawn)
  expect(weather.weatherAt(START)).toEqual(drawn)
  weather.tell(told(START, [1, null, 3]))
  expect(weather.weatherAt(START - 1)).toEqual(drawn)
  expect(weather.weatherAt(START + SLOT_MS)).toEqual(drawn)
  expect(weather.weatherAt(START + HOUR_MS)).toEqual(drawn)
})

it('goes on a line from one told temperature to the next, under the sun of the slot and a drawn wind', () => {
  const weather = createFleetWeather(() => drawn)
  weather.tell(told(START, [0, 4]))
  expect(weather.weatherAt(START + SLOT_MS / 4)).toEqual({ outdoorC: 1, solarWm2: 100, windMs: 6 })
  expect(weather.weatherAt(START + 1.5 * SLOT_MS).outdoorC).toBe(4)
})

it('keeps what was told of the past and forgets what was said of the future', () => {
  const weather = createFleetWeather(() => drawn)
  weather.tell(told(START, [0, 1, 2, 3]))
  weather.tell(told(START + SLOT_MS, [10, 20]))
  const temperatures = [0, 1, 2, 3].map((slot) => weather.weatherAt(START + slot * SLOT_MS).outdoorC)
  expect(temperatures).toEqual([0, 10, 20, -20])
})
