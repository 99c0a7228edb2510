import { expect, it } from 'vitest'
import { laterSchedule } from '../../../src/controller/later-schedule.ts'
import { MINUTE_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import type { BuildingPlan } from '../../../src/core/domain/plan.ts'
import { houseJob } from '../adapters/workers/street-job.ts'

const START = Date.UTC(2026, 0, 14, 12)
const job = houseJob(1)
const slots = job.eurPerKwh.length
const rising = Float64Array.from({ length: slots }, (_, k) => 50 + k)
const plan: BuildingPlan = {
  building: job.building,
  ...{ madeAt: START + MINUTE_MS, start: START, heatKw: rising, indoorC: rising, curveHeatKw: rising },
  ...{ eurPerKwh: job.eurPerKwh, outcome: 'solved', gap: 0, iterations: 9, underKh: 0, overKh: 0 },
  reason: { code: 'comfort-low', text: 'Rooms are a little cold.' },
}
const later = (from: BuildingPlan, afterSlots: number) =>
  laterSchedule(from, { ...job, start: START + afterSlots * SLOT_MS })

it('goes on from the slot that it is now, and to the end as it ended', () => {
  const gone = later(plan, 3)!
  expect(gone.start).toBe(START + 3 * SLOT_MS)
  expect([gone.heatKw[0], gone.heatKw.at(-1)]).toEqual([53, 50 + slots - 1])
  expect(gone.curveHeatKw).toBe(job.curveHeatKw)
  expect(gone).not.toHaveProperty('reason')
})

it.each([
  { slots: -1, goesOn: false },
  { slots: 0, goesOn: true },
  { slots: 8, goesOn: true },
  { slots: 9, goesOn: false },
])('goes on for two hours ($slots quarter-hours after it was made: $goesOn)', ({ slots: after, goesOn }) => {
  expect(later(plan, after) !== undefined).toBe(goesOn)
})

it('is no younger for having gone on before', () => {
  let last: BuildingPlan | undefined = plan
  let turns = 0
  while (last && turns < 20) {
    const schedule = later(last, ++turns)
    last = schedule && { ...schedule, reason: plan.reason }
  }
  expect(turns).toBe(9)
})

it('is nothing where there was no plan', () => {
  expect(laterSchedule(undefined, job)).toBeUndefined()
})
