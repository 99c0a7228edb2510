import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/replay/report.ts'
import { runCommand, temporaryFolder } from '../fixtures/product.ts'
import { scenarioFile } from '../fixtures/replay.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder('street')
})
afterAll(() => folder.remove())

describe('a shipped scenario', () => {
  it.each([
    ['street-winter', 20],
    ['cold-snap', 12],
    ['price-spike', 12],
    ['dst-autumn', 8],
    ['broken-sensors', 12],
  ])('%s meets its own expectations and wrongs nobody', async (name, count) => {
    const out = join(folder.path, name)
    const { code, stderr } = await runCommand(folder.path, 'replay', scenarioFile(name), '--out', out)
    expect(code, stderr).toBe(0)
    const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
    expect(report.buildings).toHaveLength(count)
    const wronged = report.buildings.filter(
      ({ runs }) => runs.asFound.minIndoorC >= 18 && runs.controlled.minIndoorC < 18,
    )
    expect(wronged.map(({ id, runs }) => `${id} ${runs.controlled.minIndoorC}`)).toEqual([])
    expect(report.runs.controlled.writesPerDay).toBeLessThanOrEqual(12)
    expect(report.runs.controlled.setpointsSent).toBeGreaterThan(0)
    expect(await readFile(join(out, 'junit.xml'), 'utf8')).not.toContain('<failure')
  })
})
