import { expect, it } from 'vitest'
import { drawFleet } from '../../../simulators/fleet.ts'
import { DAY_MS, SLOT_HOURS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { blockMeans, blockSlots, keptOver } from '../../../src/replay/bound/blocks.ts'
import { boundBuilding, fleetBound } from '../../../src/replay/bound.ts'
import { type PhysicsRun, runPhysics } from '../../../src/replay/physics-run.ts'
import { createWeatherTrack } from '../../../src/replay/weather-track.ts'

const START = Date.UTC(2024, 0, 8)
const DAYS = 3
const SLOTS = (DAYS * DAY_MS) / SLOT_MS
const band = { minC: 20, maxC: 23 }
const weather = frost()

function frost() {
  const slots = SLOTS + 3 * 96 + 1
  return createWeatherTrack({
    start: START - 3 * DAY_MS,
    outdoorC: Float64Array.from({ length: slots }, (_, k) => -8 + 3 * Math.sin(k / 30)),
    solarWm2: new Float64Array(slots),
    windMs: new Float64Array(slots).fill(4),
  })
}

function runOf(): PhysicsRun {
  const [spec] = drawFleet({ seed: 3, count: 1, zones: 6, mix: { 'concrete-block': 1 } })
  if (!spec) throw new RangeError('an empty fleet')
  const site = { timeZone: 'Europe/Helsinki', latitude: 61, longitude: 28, noise: true }
  return { spec, site, start: START, days: DAYS, warmUpDays: 3, band }
}

function inputOf(eurPerKwh: Float64Array) {
  return { run: runOf(), tunedShiftK: 0, asFoundMinC: 19, eurPerKwh, offsets: { min: -20, max: 10 } }
}

// Six dear hours on the second evening.
const spiky = Float64Array.from({ length: SLOTS }, (_, k) => (k >= 160 && k < 184 ? 1 : 0.1))

it('is not beaten by a pre-heating and a cut that leave rooms no worse', () => {
  const run = runOf()
  const base = runPhysics(run, weather, () => 0)
  const shifted = runPhysics(run, weather, (k) => (k >= 128 && k < 158 ? 4 : k >= 158 && k < 182 ? -9 : 0))
  const costEur = ({ spaceHeatKw }: typeof base) =>
    spaceHeatKw.reduce((sum, kw, k) => sum + kw * spiky[k]! * SLOT_HOURS, 0)
  const meanEur = spiky.reduce((sum, eur) => sum + eur / SLOTS, 0)
  const storedEur = (shifted.storedAtEndKwh - base.storedAtEndKwh) * meanEur
  const saved = costEur(base) - costEur(shifted) + storedEur
  const underK = ({ coldestUnderK }: typeof base) => coldestUnderK.reduce((sum, k) => sum + k, 0)
  const overK = ({ overK }: typeof base) => overK.reduce((sum, k) => sum + k, 0)
  expect(underK(shifted)).toBeLessThanOrEqual(underK(base) + 1)
  expect(overK(shifted)).toBeLessThanOrEqual(overK(base) + 1)
  const bound = boundBuilding(inputOf(spiky), weather)
  expect(saved).toBeGreaterThan(0)
  expect(bound.savingEur).toBeGreaterThan(saved)
  expect(bound.modelRmseC).toBeLessThan(0.6)
})

it('finds less to save where the price is flat, and the same twice', () => {
  const flat = new Float64Array(SLOTS).fill(0.19)
  const bound = boundBuilding(inputOf(flat), weather)
  expect(bound.savingEur).toBeLessThan(0.5 * boundBuilding(inputOf(spiky), weather).savingEur)
  expect(boundBuilding(inputOf(flat), weather)).toEqual(bound)
})

it('adds up to a fleet, and says what share was realised', () => {
  const fleet = [
    { savingEur: 100, modelRmseC: 0.3 },
    { savingEur: 300, modelRmseC: 0.4 },
  ]
  expect(fleetBound(fleet, 100)).toMatchObject({ savingEur: 400, realisedShare: 0.25 })
  expect(fleetBound(fleet, 100)?.modelRmseC).toBeCloseTo(Math.sqrt(0.125))
  expect(fleetBound([], 0)?.realisedShare).toBeNull()
})

it('is not told of a fleet where one building’s is not known', () => {
  const fleet = [
    { savingEur: 100, modelRmseC: 0.3 },
    { savingEur: Number.NaN, modelRmseC: 0.4 },
  ]
  expect(fleetBound(fleet, 100)).toBeNull()
})

it.each([
  { price: [1, 1, 1, 1, 2, 2, 2, 2], block: 4 },
  { price: [1, 1, 1, 2, 2, 2, 2, 2], block: 1 },
  { price: [1, 1, 1, 1, 2, 2], block: 1 },
])('decides $block slots together at prices of $price', ({ price, block }) => {
  expect(blockSlots(Float64Array.from(price))).toBe(block)
})

it('keeps over a block what four slots keep', () => {
  expect(keptOver(0.9, 4)).toBeCloseTo(0.6561)
  expect([...blockMeans(Float64Array.of(1, 3, 5, 7), 2)]).toEqual([2, 6])
})
