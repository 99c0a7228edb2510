import { expect, it } from 'vitest'
import { createPastWeather } from '../../../src/controller/past-weather.ts'
import { DAY_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'

const START = Date.UTC(2024, 0, 10)

/** An outlook that begins `slots` quarter-hours after the start, with a day behind it. */
function outlookAt(slots: number) {
  const start = START + slots * SLOT_MS
  const first = start - DAY_MS
  const outdoorC = Float64Array.from({ length: 192 }, (_, k) => (first + k * SLOT_MS - START) / SLOT_MS)
  const provenance = { source: 'test', kind: 'measured', issuedAt: start } as const
  const weather = { start: first, outdoorC, solarWm2: outdoorC, windMs: outdoorC, provenance }
  return { start, weather }
}

it('keeps what is past of each outlook once, and nothing of what is ahead', () => {
  const memory = createPastWeather(7)
  expect(memory.note(outlookAt(0))).toHaveLength(96)
  expect(memory.note(outlookAt(2)).map(({ outdoorC }) => outdoorC)).toEqual([0, 1])
  const { outdoorC } = memory.of({ from: START - SLOT_MS, to: START + 3 * SLOT_MS })
  expect(Array.from(outdoorC)).toEqual([-1, 0, 1, Number.NaN])
})

it('names a gap where a day and more was slept through, and forgets what is older than its days', () => {
  const memory = createPastWeather(7)
  memory.note(outlookAt(0))
  memory.note(outlookAt(200))
  const { solarWm2 } = memory.of({ from: START, to: START + 200 * SLOT_MS })
  expect(Array.from(solarWm2.subarray(0, 104)).every(Number.isNaN)).toBe(true)
  expect(solarWm2[104]).toBe(104)
  memory.note(outlookAt(9 * 96))
  expect(memory.of({ from: START, to: START + SLOT_MS }).outdoorC[0]).toBeNaN()
})

it('goes on after a restart with what was kept', () => {
  const before = createPastWeather(7)
  const kept = before.note(outlookAt(0))
  const after = createPastWeather(7)
  after.restore(kept)
  const window = { from: START - DAY_MS, to: START }
  expect(after.of(window)).toEqual(before.of(window))
})
