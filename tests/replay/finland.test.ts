import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BuildingReport, Report, RunFigures } from '../../src/replay/report.ts'
import { type Ended, runCommand, temporaryFolder } from '../fixtures/product.ts'
import { recordedFinland, scenarioFile } from '../fixtures/replay.ts'

const HARD_MIN_C = 18
const why = recordedFinland() ? '' : ', skipped: ../shared/data/prices is not here'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let ended: Ended
let report: Report
const out = () => join(folder.path, 'out')

describe.skipIf(why)(`twenty buildings through Finland’s dearest fortnight${why}`, () => {
  beforeAll(async () => {
    folder = await temporaryFolder('finland')
    ended = await runCommand(folder.path, 'replay', scenarioFile('finland-2024-01'), '--out', out())
    report = JSON.parse(await readFile(join(out(), 'report.json'), 'utf8'))
    process.stdout.write(summary(report))
  })
  afterAll(() => folder.remove())

  it('meets the expectations of the scenario', () => {
    expect(ended.code, ended.stderr).toBe(0)
    expect(report.buildings).toHaveLength(20)
    expect(report.savings.dearestDay).toBe('2024-01-05')
  })

  it('writes the report for people and for machines', () => {
    expect(
      ['junit.xml', 'report.html', 'timings.json'].filter((name) => !existsSync(join(out(), name))),
    ).toEqual([])
  })

  it('saves against the curves as they were and against perfectly tuned ones', () => {
    const { asFound, tunedDown } = report.savings
    expect(asFound.wholePeriod.costPercent).toBeGreaterThan(0)
    expect(tunedDown.wholePeriod.costPercent).toBeGreaterThan(0)
    expect(asFound.withoutDearestDay.costPercent).toEqual(expect.any(Number))
    expect(tunedDown.withoutDearestDay.costPercent).toEqual(expect.any(Number))
  })

  it('realises most of what perfect foresight could save, and not more', () => {
    expect(report.bound?.realisedShare).toBeGreaterThanOrEqual(0.7)
    expect(report.bound?.realisedShare).toBeLessThanOrEqual(1)
  })

  it('takes no zone under 18 °C that its own curve keeps above', () => {
    const wronged = report.buildings.filter(
      ({ runs }) => runs.asFound.minIndoorC >= HARD_MIN_C && runs.controlled.minIndoorC < HARD_MIN_C,
    )
    expect(wronged.map(({ id, runs }) => `${id} ${runs.controlled.minIndoorC}`)).toEqual([])
  })

  it('is gentle with the devices', () => {
    const restless = report.buildings.filter(({ runs }) => runs.controlled.writesPerDay > 12)
    expect(restless.map(({ id, runs }) => `${id} ${runs.controlled.writesPerDay}`)).toEqual([])
  })

  it('is as warm as the tuned curves, to half a kelvin-hour', () => {
    const { controlled, tunedDown } = report.runs
    expect(controlled.underheatingKh).toBeLessThanOrEqual(tunedDown.underheatingKh + 0.5)
  })
})

function summary({ buildings, runs, bound }: Report): string {
  const head = 'controlled/tunedDown: least °C, coldest, p10, under and over the band in K·h, writes a day'
  const rows = buildings.map((building) => row(building.id, building.runs))
  const share = `realised ${bound?.realisedShare ?? 'nothing'}`
  return `${[head, ...rows, row('mean', runs), share].join('\n')}\n`
}

function row(name: string, { controlled, tunedDown }: BuildingReport['runs']): string {
  const both = (field: keyof RunFigures) => `${controlled[field]}/${tunedDown[field]}`
  const comfort = (['minIndoorC', 'coldestZoneKh', 'p10ZoneKh'] as const).map(both)
  const band = (['underheatingKh', 'overheatingKh'] as const).map(both)
  return [name, ...comfort, ...band, controlled.writesPerDay].join('  ')
}
