import { expect, it } from 'vitest'
import { localMidnight } from '../../../src/core/domain/local-time.ts'
import { buildReport, type ReplayResult } from '../../../src/replay/build-report.ts'
import { figure, signed } from '../../../src/replay/page/figures.ts'
import { roundTicks } from '../../../src/replay/page/frame.ts'
import { replaySeries } from '../../../src/replay/page/replay-series.ts'
import { verdict } from '../../../src/replay/page/verdict.ts'
import { encodeReportHtml } from '../../../src/replay/report-html.ts'
import { type RunSketch, sketchRun } from '../../fixtures/building-run.ts'

const ZONE = 'Europe/Helsinki'
const START = localMidnight(Date.parse('2024-01-04T12:00:00Z'), ZONE)
const base: RunSketch = { start: START, slots: 288, eurPerKwh: (k) => (k >= 96 && k < 192 ? 1 : 0.1) }

function result(controlled: Partial<RunSketch>): ReplayResult {
  const pair = (change: Partial<RunSketch>) => [
    sketchRun({ ...base, ...change, id: 'a-1', zones: 3 }),
    sketchRun({ ...base, ...change, id: 'b-1', zones: 1, kind: 'school', indoorC: () => 22 }),
  ]
  const provenance = { source: 'synthetic', kind: 'synthetic', issuedAt: START } as const
  return {
    name: 'made-up',
    seed: 1,
    start: START,
    days: 3,
    timeZone: ZONE,
    runs: { asFound: pair({}), tunedDown: pair({}), controlled: pair(controlled) },
    tunedDown: new Map(),
    bound: null,
    provenance: {
      fleet: 'simulated',
      prices: { ...provenance, standsInFor: 'market: <down>' },
      weather: provenance,
      co2: 'none',
      forecast: 'medium',
      tariff: 'spot',
      baselines: 'made up',
      notes: ['a gap of 2 h was bridged'],
    },
  }
}

function page(given: ReplayResult): string {
  const world = {
    eurPerMwh: Float64Array.from({ length: 288 }, (_, k) => (k === 7 ? Number.NaN : 40 * Math.sin(k / 9))),
    outdoorC: Float64Array.from({ length: 288 }, (_, k) => -5 + k / 50),
    band: { minC: 20, maxC: 23 },
    timeZone: ZONE,
  }
  return encodeReportHtml({
    report: buildReport(given),
    series: replaySeries(given.runs, world),
    description: 'A <b>street</b>',
    expectations: [{ field: 'days', expected: 'at least 9', actual: 3, isMet: false }],
  })
}

it('needs nothing but itself: no script, no address, no file', () => {
  const html = page(result({ heatKw: () => 9 }))
  expect(html).not.toMatch(/<script|https?:\/\/|src=|@import|url\(/)
  expect(html.match(/<svg /g)).toHaveLength(4)
})

it('draws prices below zero and gaps without a single NaN', () => {
  expect(page(result({}))).not.toMatch(/NaN|Infinity|undefined/)
})

it('shows text of others as text', () => {
  const html = page(result({}))
  expect(html).toContain('A &lt;b&gt;street&lt;/b&gt;')
  expect(html).toContain('standing in for market: &lt;down&gt;')
})

it('says what is simulated and what is synthetic, and what was mended', () => {
  const html = page(result({}))
  for (const text of [
    'simulated buildings',
    'synthetic prices',
    'synthetic weather',
    'a gap of 2 h was bridged',
  ]) {
    expect(html).toContain(text)
  }
})

it('shows a broken expectation', () => {
  expect(page(result({}))).toMatch(/at least 9.*✗ broken/)
})

it.each<{ change: Partial<RunSketch>; tone: string; says: RegExp }>([
  { change: { heatKw: () => 9 }, tone: 'good', says: /saved 10\.0 % of the bill in rooms as comfortable/ },
  {
    change: { heatKw: () => 9, indoorC: () => 19 },
    tone: 'mixed',
    says: /saved 10\.0 % of the bill in colder rooms/,
  },
  { change: { heatKw: () => 9, indoorC: () => 24 }, tone: 'mixed', says: /in warmer rooms/ },
  { change: { heatKw: () => 11 }, tone: 'bad', says: /cost 10\.0 % more than careful tuning/ },
])('calls it $tone: $says', ({ change, tone, says }) => {
  const { runs, ...rest } = result(change)
  // The second building's rooms are pinned by the sketch; the first decides.
  const alone = {
    asFound: runs.asFound.slice(0, 1),
    tunedDown: runs.tunedDown.slice(0, 1),
    controlled: runs.controlled.slice(0, 1),
  }
  expect(verdict(buildReport({ ...rest, runs: alone }))).toMatchObject({
    tone,
    headline: expect.stringMatching(says),
  })
})

it('warns of a bound that was beaten', () => {
  const beaten = { ...result({}), bound: { savingEur: 1, realisedShare: 1.2, modelRmseC: 0.1, how: 'x' } }
  expect(verdict(buildReport(beaten)).sentences.join(' ')).toContain('the bound is wrong')
})

it('joins rooms of a fleet: the coldest and warmest of all, the mean by zones', () => {
  const { runs } = result({ indoorC: () => 20 })
  const { rooms, heatKw } = replaySeries(runs, {
    eurPerMwh: new Float64Array(288),
    outdoorC: new Float64Array(288),
    band: { minC: 20, maxC: 23 },
    timeZone: ZONE,
  })
  expect(rooms.controlled.coldestC[5]).toBeCloseTo(19.5)
  expect(rooms.controlled.warmestC[5]).toBeCloseTo(22.5)
  expect(rooms.controlled.meanC[5]).toBeCloseTo((3 * 20 + 22) / 4)
  expect(heatKw.asFound[5]).toBe(20)
})

it.each([
  [1234567.8, 0, '1\u2009234\u2009568'],
  [-12.34, 1, '−12.3'],
  [-0.01, 1, '0.0'],
  [null, 1, '–'],
])('writes %s with %s decimals as "%s"', (value, decimals, text) => {
  expect(figure(value, decimals)).toBe(text)
})

it('puts a sign before changes that can be seen', () => {
  expect([signed(0.3, 1), signed(-0.3, 1), signed(0.01, 1)]).toEqual(['+0.3', '−0.3', '0.0'])
})

it.each([
  { least: -30, most: 10, count: 4 },
  { least: 0, most: 2351, count: 4 },
  { least: 5, most: 5, count: 3 },
  { least: -13.7, most: 1768, count: 5 },
])('spans $least to $most with a few round ticks', ({ least, most, count }) => {
  const ticks = roundTicks(least, most, count)
  expect(ticks[0]).toBeLessThanOrEqual(least)
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
  expect(ticks.length).toBeLessThanOrEqual(count + 3)
})
