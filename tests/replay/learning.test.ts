import { beforeAll, describe, expect, it } from 'vitest'
import { streamKey, uniform } from '../../simulators/chance.ts'
import { buildReport } from '../../src/replay/build-report.ts'
import { encodeReport, type Report } from '../../src/replay/report.ts'
import type { ReplayOptions } from '../../src/replay/run-replay.ts'
import type { Scenario } from '../../src/replay/scenario.ts'
import { readScenario, recordedFinland, replayHere, shippedScenario } from '../fixtures/replay.ts'

const why = recordedFinland() ? '' : ', skipped: ../shared/data/prices is not here'

/** Few enough buildings and days for a test; they hold the dearest day. */
const FEW = { count: 3, days: 5 }
const MOST_POINTS_LOST = 2

describe.skipIf(why)(`buildings that learn, beside models fitted in advance${why}`, () => {
  let learned: Report
  let fitted: Report

  async function lived(models: Scenario['fleet']['models']): Promise<Report> {
    const scenario = await shippedScenario('finland-2024-01-learning')
    const fleet = { ...scenario.fleet, count: FEW.count, models }
    return buildReport((await replayHere({ ...scenario, fleet, days: FEW.days })).result)
  }

  beforeAll(async () => {
    learned = await lived('learn')
    fitted = await lived('fitted')
    const [a, b] = [learned, fitted].map(saved)
    process.stdout.write(`saved against tuned down: learning ${a} %, fitted in advance ${b} %\n`)
  })

  it('understands what it steers, and says how many', () => {
    expect(learned.provenance.fleet).toMatch(/learned from their own telemetry.* [23] of 3 are understood/)
  })

  it('loses at most two percentage points of the saving', () => {
    expect(saved(fitted) - saved(learned)).toBeLessThanOrEqual(MOST_POINTS_LOST)
    expect(saved(learned)).toBeGreaterThan(0)
  })

  it('takes no zone under 18 °C that its own curve keeps above, and is gentle with the devices', () => {
    for (const { runs } of learned.buildings) {
      if (runs.asFound.minIndoorC >= 18) expect(runs.controlled.minIndoorC).toBeGreaterThanOrEqual(18)
      expect(runs.controlled.writesPerDay).toBeLessThanOrEqual(12)
    }
  })
})

function saved({ savings }: Report): number {
  return savings.tunedDown.wholePeriod.costPercent ?? Number.NaN
}

const SHORT = `
name: short-learning
seed: 5
start: '2024-01-15T00:00:00+02:00'
days: 1
warmUpDays: 6
fleet: { count: 2, models: learn }
prices: synthetic
weather: synthetic
`

describe('what is learned in a replay', () => {
  const reportText = async (options: Partial<ReplayOptions> = {}) =>
    encodeReport(buildReport((await replayHere(readScenario(SHORT), options)).result))

  it('is the same whatever the number of threads, and when every message is up to 20 ms late', async () => {
    const first = await reportText()
    expect(first).toContain('are understood at the end')
    const key = streamKey('delays')
    let chunks = 0
    const brokerDelayMs = () => uniform(key, chunks++) * 20
    expect(await reportText({ workers: 3, brokerDelayMs })).toBe(first)
  })
})
