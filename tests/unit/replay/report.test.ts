import { expect, it } from 'vitest'
import { localMidnight } from '../../../src/core/domain/local-time.ts'
import { buildReport, type ReplayResult } from '../../../src/replay/build-report.ts'
import { checkExpectations } from '../../../src/replay/expect.ts'
import { encodeJunit } from '../../../src/replay/junit.ts'
import { encodeReport } from '../../../src/replay/report.ts'
import { type RunSketch, sketchRun } from '../../fixtures/building-run.ts'

const ZONE = 'Europe/Helsinki'
const START = localMidnight(Date.parse('2024-01-04T12:00:00Z'), ZONE)
/** Three days, of which the second is dear. */
const base: RunSketch = { start: START, slots: 288, eurPerKwh: (k) => (k >= 96 && k < 192 ? 1 : 0.1) }
const provenance = { source: 'csv:x', kind: 'measured', issuedAt: START } as const

function result(controlled: Partial<RunSketch>, tunedDown: Partial<RunSketch> = {}): ReplayResult {
  const pair = (change: Partial<RunSketch>) => [
    sketchRun({ ...base, ...change, id: 'b-1', kind: 'school' }),
    sketchRun({ ...base, ...change, id: 'a-1' }),
  ]
  return {
    name: 'made-up',
    seed: 1,
    start: START,
    days: 3,
    timeZone: ZONE,
    runs: { asFound: pair({}), tunedDown: pair(tunedDown), controlled: pair(controlled) },
    tunedDown: new Map([['a-1', { shiftK: -2.5, keepsBand: true }]]),
    bound: { savingEur: 100, realisedShare: 0.8, modelRmseC: 0.2, how: 'made up' },
    provenance: {
      fleet: 'simulated',
      prices: provenance,
      weather: provenance,
      co2: 'none',
      forecast: 'medium',
      tariff: 'spot',
      baselines: 'made up',
      notes: [],
    },
  }
}

it('tells savings on the dear day apart from those of ordinary days', () => {
  const { savings } = buildReport(result({ heatKw: (k) => (k >= 96 && k < 192 ? 5 : 10) }))
  expect(savings.dearestDay).toBe('2024-01-05')
  expect(savings.dearestDayCostPercent).toBeCloseTo((100 * 240) / 288)
  expect(savings.asFound.wholePeriod.costPercent).toBeCloseTo((100 * 120) / 288)
  expect(savings.asFound.withoutDearestDay.costPercent).toBeCloseTo(0)
  expect(savings.asFound.wholePeriod.peakPercent).toBeCloseTo(0)
})

it('counts heat taken out of the structure against the saving', () => {
  const { savings } = buildReport(result({ heatKw: () => 9, storedKwh: -50 }))
  const { wholePeriod } = savings.asFound
  expect(wholePeriod.meteredEnergyPercent).toBeCloseTo(10)
  expect(wholePeriod.energyPercent).toBeCloseTo((100 * (72 - 50)) / 720)
  expect(wholePeriod.storedHeatChangeKwh).toBeCloseTo(-100)
  expect(wholePeriod.savedEur).toBeCloseTo(0.1 * 288 * 2 - 100 * 0.4)
})

it('compares with both baselines, by kind, with discomfort beside it', () => {
  const report = buildReport(
    result({ heatKw: () => 8, indoorC: () => 19.5 }, { heatKw: () => 9, indoorC: () => 19.8 }),
  )
  expect(report.savings.asFound.wholePeriod.energyPercent).toBeCloseTo(20)
  expect(report.savings.tunedDown.wholePeriod.energyPercent).toBeCloseTo(100 / 9)
  expect(report.savings.tunedDown.wholePeriod.underheatingChangeKh).toBeCloseTo(72 * 0.3)
  expect(report.savings.tunedDown.byKind.school).toMatchObject({ buildings: 1 })
  expect(report.buildings.map(({ id }) => id)).toEqual(['a-1', 'b-1'])
  expect(report.buildings[0]).toMatchObject({ tunedDownShiftK: -2.5, kind: 'concrete-block' })
})

it('gives no percentage of a bill that is nothing', () => {
  const free = result({})
  const noBill = {
    ...free,
    runs: {
      ...free.runs,
      asFound: free.runs.asFound.map((run) => ({ ...run, eurPerKwh: new Float64Array(288) })),
    },
  }
  expect(buildReport(noBill).savings.asFound.wholePeriod.costPercent).toBeNull()
})

it('is the same text whatever order the buildings came in, with three decimals and no -0', () => {
  const given = result({ heatKw: (k) => 10 + Math.sin(k) / 3 })
  const turned = { ...given, runs: { ...given.runs, controlled: given.runs.controlled.toReversed() } }
  const text = encodeReport(buildReport(given))
  expect(encodeReport(buildReport(turned))).toBe(text)
  expect(text).not.toMatch(/\d\.\d{4}/)
  expect(text).not.toContain('-0,')
  expect(Object.keys(JSON.parse(text))).toEqual([
    'name',
    'seed',
    'start',
    'days',
    'buildings',
    'runs',
    'savings',
    'bound',
    'provenance',
  ])
})

it('refuses runs of different fleets', () => {
  const given = result({})
  const short = { ...given, runs: { ...given.runs, tunedDown: given.runs.tunedDown.slice(0, 1) } }
  expect(() => buildReport(short)).toThrow(/same buildings/)
})

it.each([
  { field: 'bound.realisedShare', bounds: { min: 0.7 }, isMet: true },
  { field: 'bound.realisedShare', bounds: { min: 0.85 }, isMet: false },
  { field: 'runs.controlled.co2Kg', bounds: { max: 5 }, isMet: false },
  { field: 'runs.controlled.co2Kg', bounds: { equals: null }, isMet: true },
  { field: 'name', bounds: { equals: 'made-up' }, isMet: true },
  { field: 'savings.asFound.wholePeriod.nothing', bounds: { min: 0 }, isMet: false },
  { field: '__proto__.toString', bounds: { min: 0 }, isMet: false },
  { field: 'buildings.length', bounds: { equals: 2 }, isMet: true },
  { field: 'buildings.0.zones', bounds: { min: 4, max: 4 }, isMet: true },
])('holds $field against $bounds: $isMet', ({ field, bounds, isMet }) => {
  const [checked] = checkExpectations(buildReport(result({})), { [field]: bounds })
  expect(checked).toMatchObject({ field, isMet })
})

it('writes expectations as JUnit, safe for any text', () => {
  const xml = encodeJunit('a<b', [
    { field: 'x', expected: 'at least 1', actual: 2, isMet: true },
    { field: 'y & "z"', expected: 'at most 1', actual: undefined, isMet: false },
  ])
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="a&lt;b" tests="2" failures="1" errors="0">
  <testcase classname="a&lt;b" name="x is at least 1"/>
  <testcase classname="a&lt;b" name="y &amp; &quot;z&quot; is at most 1">
    <failure message="y &amp; &quot;z&quot; is not in the report, expected at most 1"/>
  </testcase>
</testsuite>
`)
})
