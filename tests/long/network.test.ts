import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/replay/report.ts'
import { type Ended, runCommand, temporaryFolder } from '../fixtures/product.ts'
import { scenarioFile } from '../fixtures/replay.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder('network')
})
afterAll(() => folder.remove())

/** A shipped scenario on fewer buildings and days; what it expects of itself stays. */
async function smaller(name: string, count: number, days: number): Promise<{ ended: Ended; report: Report }> {
  const shipped = scenarioFile(name)
  const text = (await readFile(shipped, 'utf8'))
    .replace(/count: \d+/, `count: ${count}`)
    .replace(/^days: \d+$/m, `days: ${days}`)
    .replaceAll('csv: series', `csv: ${join(dirname(shipped), 'series')}`)
  const path = join(folder.path, `${name}.yaml`)
  await writeFile(path, text)
  const out = join(folder.path, name)
  const ended = await runCommand(folder.path, 'replay', path, '--out', out)
  return { ended, report: JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) }
}

describe('a branch at design cold, forty buildings of it', () => {
  let ended: Ended
  let report: Report
  beforeAll(async () => {
    const replayed = await smaller('morning-peak', 40, 1)
    ended = replayed.ended
    report = replayed.report
  })
  const north = () => {
    const branch = report.network?.branches['north']
    if (!branch) throw new Error('no branch in the report')
    return branch
  }

  it('meets what the scenario expects of itself: the cap holds, also afterwards', () => {
    expect(ended.code, ended.stderr).toBe(0)
    expect(north().exceedingQuarterHours).toBeGreaterThan(4)
  })

  it('leaves rooms less too cold than cutting all buildings alike', () => {
    const { controlled, equalCut } = north().lives
    expect(controlled?.underheatingKh).toBeLessThan(equalCut?.underheatingKh ?? 0)
  })
})

describe('a hundred buildings under one price, twenty of them', () => {
  it('peak lower planned together than one by one', async () => {
    const { ended, report } = await smaller('coincidence', 20, 2)
    expect(ended.code, ended.stderr).toBe(0)
    const { controlled, uncoordinated } = report.network?.plant ?? {}
    expect(controlled?.peakKw).toBeLessThan(uncoordinated?.peakKw ?? 0)
  })
})

describe('a network with a cap and an order, replayed again', () => {
  it('gives the same bytes', async () => {
    const path = join(folder.path, 'small.yaml')
    await writeFile(path, SMALL)
    const reports = []
    for (const out of ['first', 'second']) {
      const ended = await runCommand(folder.path, 'replay', path, '--out', join(folder.path, out))
      expect(ended.code, ended.stderr).toBe(0)
      reports.push(await readFile(join(folder.path, out, 'report.json'), 'utf8'))
    }
    expect(JSON.parse(reports[0] ?? '{}').orders.accepted).toBe(1)
    expect(reports[1]).toBe(reports[0])
  })
})

describe('a cap on a branch with a quarter of its buildings gone in the morning', () => {
  it('holds to within two percent: the others take their share between plans', async () => {
    const path = join(folder.path, 'gone.yaml')
    await writeFile(path, GONE)
    const out = join(folder.path, 'gone')
    const ended = await runCommand(folder.path, 'replay', path, '--out', out)
    expect(ended.code, ended.stderr).toBe(0)
    const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
    const cap = report.network?.branches['north']?.lives.controlled?.cap
    expect(report.network?.branches['north']?.exceedingQuarterHours).toBeGreaterThan(12)
    expect(cap?.heldShare).toBeGreaterThanOrEqual(0.95)
    // By plans of every quarter-hour alone it was 3 %.
    expect(cap?.worstExceedance).toBeLessThan(0.02)
    expect(cap?.aboveAfter).toBe(0)
  })
})

const GONE = `
name: gone
seed: 5
start: '2024-01-15T00:00:00+02:00'
days: 1
warmUpDays: 1
fleet: { count: 12, models: prior, branches: { north: 1 } }
network:
  branches:
    - { id: north, lossRatio: 0.05, delayMinutes: 0 }
  objective: owner
capShareOfAsFoundPeak: { north: 0.85 }
faults:
  - { kind: offline, buildings: { share: 0.25 }, from: '2024-01-15T06:05:00+02:00', until: '2024-01-15T09:00:00+02:00' }
prices: synthetic
weather: synthetic
`

const SMALL = `
name: small
seed: 5
start: '2024-01-15T00:00:00+02:00'
days: 1
warmUpDays: 1
fleet: { count: 6, models: prior, branches: { north: 1, south: 1 } }
network:
  branches:
    - { id: north, lossRatio: 0.05, delayMinutes: 15 }
    - { id: south, lossRatio: 0.04, delayMinutes: 0 }
  objective: owner
capShareOfAsFoundPeak: { north: 0.95 }
orders:
  - kind: reduce
    kw: 20
    from: '2024-01-15T12:00:00+02:00'
    until: '2024-01-15T14:00:00+02:00'
    announcedAt: '2024-01-15T09:00:00+02:00'
prices: synthetic
weather: synthetic
`
