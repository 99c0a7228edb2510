import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/replay/report.ts'
import { runCommand, temporaryFolder } from '../fixtures/product.ts'
import { scenarioFile } from '../fixtures/replay.ts'

const COUNT = 6
const HARD_MIN_C = 18

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder('street')
})
afterAll(() => folder.remove())

/** A shipped scenario with fewer buildings, so that all of them are replayed in minutes. */
async function smaller(name: string): Promise<string> {
  const shipped = scenarioFile(name)
  const text = (await readFile(shipped, 'utf8'))
    .replace(/count: \d+/, `count: ${COUNT}`)
    .replaceAll('csv: series', `csv: ${join(dirname(shipped), 'series')}`)
  const path = join(folder.path, `${name}.yaml`)
  await writeFile(path, text)
  return path
}

describe('a shipped scenario, six buildings of it', () => {
  it.each(['street-winter', 'cold-snap', 'price-spike', 'dst-autumn', 'broken-sensors'])(
    '%s meets its own expectations and wrongs nobody',
    async (name) => {
      const out = join(folder.path, name)
      const { code, stderr } = await runCommand(folder.path, 'replay', await smaller(name), '--out', out)
      expect(code, stderr).toBe(0)
      const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))
      expect(report.buildings).toHaveLength(COUNT)
      const wronged = report.buildings.filter(
        ({ runs }) => runs.asFound.minIndoorC >= HARD_MIN_C && runs.controlled.minIndoorC < HARD_MIN_C,
      )
      expect(wronged.map(({ id, runs }) => `${id} ${runs.controlled.minIndoorC}`)).toEqual([])
      expect(report.runs.controlled.writesPerDay).toBeLessThanOrEqual(12)
      expect(report.runs.controlled.setpointsSent).toBeGreaterThan(0)
      expect(await readFile(join(out, 'junit.xml'), 'utf8')).not.toContain('<failure')
    },
  )
})
