import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dwellingRun, summariseDwellings } from '../validate/dwelling-study.ts'
import { readDwellings } from '../validate/dwellings.ts'
import { knownRun, summariseKnown } from '../validate/known-truth.ts'
import { identifyMeasured } from '../validate/measured.ts'
import { streetRuns, summariseStreet } from '../validate/street.ts'

// A part of `npm run validate`, which has the whole of it: here less than it asks, since a part is more chancy.
const RUNS = 20
const EVERY_DWELLING = 15
const BUILDINGS = 6
const DATA = fileURLToPath(new URL('../../../shared/data/heat/', import.meta.url))

describe('identification', () => {
  it(`holds the truth in its intervals, and they are narrow enough to be of use (${RUNS} runs)`, () => {
    const runs = Array.from({ length: RUNS }, (_, i) => knownRun(i + 1))
    const most = { heatLossKwPerK: 0.15, response2hKPerKw: 0.2, slowHours: 0.3, capacityKwhPerK: 0.3 }
    for (const { name, coverage, medianHalfWidth } of summariseKnown(runs)) {
      expect(coverage, name).toBeGreaterThanOrEqual(0.8)
      expect(medianHalfWidth, name).toBeLessThanOrEqual(most[name])
    }
  })

  it('finds the heat loss of dwellings of other structures as well as can be', (test) => {
    const file = `${DATA}greybrick_calibrated_models.csv`
    if (!existsSync(file)) return test.skip('the recorded dwellings are not beside this checkout')
    const some = readDwellings(file).filter((_, i) => i % EVERY_DWELLING === 0)
    const summary = summariseDwellings(some.map((dwelling) => dwellingRun(dwelling, 1)))
    expect(summary.withinBound).toBeGreaterThanOrEqual(0.8 * summary.dwellings)
    expect(summary.tightWithin).toBe(summary.tight)
  })

  it('foresees simulated buildings, and what a shift of their supply does', () => {
    const { buildings, foreseen, trialsKw, trialsRooms } = summariseStreet(streetRuns(7, BUILDINGS))
    expect(buildings).toBe(BUILDINGS)
    // A school's ventilation is in its meter and in none of its other readings.
    for (const passed of [foreseen, trialsKw, trialsRooms])
      expect(passed).toBeGreaterThanOrEqual(BUILDINGS - 1)
  })

  it('fits a measured house to its thermometer, and says what it cannot foresee', (test) => {
    const file = `${DATA}darkgreybox_demo_data.csv`
    if (!existsSync(file)) return test.skip('the recorded house is not beside this checkout')
    const identified = identifyMeasured(file)
    if (identified.kind !== 'fitted') throw new Error(identified.kind)
    expect(identified.fit.whiteness.oneStepRmseK).toBeLessThan(0.1)
    expect(identified.fit.heldOut.freeRunRmseK).toBeLessThan(2.5)
    expect(identified.verdict.kind).toBe('leave-alone')
  })
})
