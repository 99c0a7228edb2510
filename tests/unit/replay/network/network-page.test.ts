import { expect, it } from 'vitest'
import { localMidnight } from '../../../../src/core/domain/local-time.ts'
import { buildReport, type ReplayResult } from '../../../../src/replay/build-report.ts'
import { networkTruth } from '../../../../src/replay/network/network-truth.ts'
import { replaySeries } from '../../../../src/replay/page/replay-series.ts'
import { verdict } from '../../../../src/replay/page/verdict.ts'
import { encodeReportHtml } from '../../../../src/replay/report-html.ts'
import { sketchRun } from '../../../fixtures/building-run.ts'

const ZONE = 'Europe/Helsinki'
const START = localMidnight(Date.parse('2024-01-29T12:00:00Z'), ZONE)
const SLOTS = 192

/** Two buildings that peak from 6 to 10 in the morning, at most `peakKw` each. */
function fleet(peakKw: number, indoorC = 21) {
  const isMorning = (k: number) => k % 96 >= 24 && k % 96 < 40
  return ['a', 'b'].map((id) =>
    sketchRun({
      id,
      start: START,
      slots: SLOTS,
      heatKw: (k) => (isMorning(k) ? peakKw : 60),
      indoorC: (k) => (isMorning(k) ? indoorC : 21),
    }),
  )
}

function result(controlledKw: number): ReplayResult {
  const asFound = fleet(100)
  const provenance = { source: 'synthetic', kind: 'synthetic', issuedAt: START } as const
  const ground = {
    branches: [{ id: 'north', lossRatio: 0, delayMinutes: 0 }],
    placed: asFound.map(({ building }) => ({ id: building.id, branch: 'north', isOnNetwork: true })),
    capShares: { north: 0.9 },
    start: START,
    weather: { start: START, outdoorC: new Float64Array(SLOTS).fill(-26) },
  }
  return {
    name: 'made-up',
    seed: 1,
    start: START,
    days: 2,
    timeZone: ZONE,
    runs: { asFound, tunedDown: asFound, controlled: fleet(controlledKw) },
    beside: { equalCut: fleet(90, 19.5) },
    network: networkTruth(ground, asFound),
    tunedDown: new Map(),
    bound: null,
    provenance: {
      ...{ fleet: 'simulated', prices: provenance, weather: provenance, co2: 'none', forecast: 'medium' },
      ...{ tariff: 'flat', baselines: 'made up', notes: [] },
    },
  }
}

it('says how a cap was kept, against the curves as found and against cutting all alike', () => {
  const report = buildReport(result(89))
  const north = report.network?.branches['north']
  expect(north).toMatchObject({ buildings: 2, capKw: 180, exceedingQuarterHours: 32 })
  expect(north?.lives.asFound?.cap).toMatchObject({ heldShare: 0 })
  expect(north?.lives.asFound?.cap?.worstExceedance).toBeCloseTo(1 / 9)
  expect(north?.lives.controlled?.cap).toMatchObject({ heldShare: 1, worstExceedance: 0, aboveAfter: 0 })
  expect(north?.lives.equalCut?.addedUnderheatingKh).toBeCloseTo(4)
  expect(north?.lives.equalCut?.colderKh).toBeCloseTo(12)
  expect(north?.lives.equalCut?.colderGini).toBeCloseTo(0)
  expect(report.beside?.equalCut?.underheatingKh).toBeCloseTo(4)
  expect(report.network?.plant.controlled?.peakKw).toBeCloseTo(178)
})

it.each([
  { kw: 89, tone: 'good', share: '100.0 %' },
  { kw: 95, tone: 'bad', share: '0.0 %' },
])('calls a cap $tone that is held in $share', ({ kw, tone, share }) => {
  const said = verdict(buildReport(result(kw)))
  expect(said.tone).toBe(tone)
  expect(said.headline).toContain(`north under its cap in ${share}`)
})

it('draws each branch with its cap and says what it cost the rooms', () => {
  const given = result(89)
  const page = encodeReportHtml({
    report: buildReport(given),
    series: replaySeries(
      given.runs,
      {
        ...{ eurPerMwh: new Float64Array(SLOTS).fill(40), outdoorC: new Float64Array(SLOTS).fill(-26) },
        ...{ band: { minC: 20, maxC: 23 }, timeZone: ZONE },
      },
      given,
    ),
    description: undefined,
    expectations: [],
  })
  expect(page.match(/<svg /g)).toHaveLength(5)
  expect(page).toContain('cap 180 kW')
  expect(page).toContain('4.00 with all buildings cut alike')
  expect(page).not.toMatch(/NaN|Infinity|undefined/)
})
