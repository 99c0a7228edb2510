import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { configuredProduction } from '../../../src/controller/configured-production.ts'
import { SourceFileError } from '../../../src/controller/source-file-error.ts'

const boiler = '{ kind: boiler, id: oil, capKw: 900, efficiency: 0.9, fuel: { eurPerMwh: 90 } }'

function read(text: string) {
  const outcome = parseConfig(`simulated: {}\n${text}`)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
  return configuredProduction(outcome.config)
}

function csvOf(rows: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'heatflex-load-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'network.csv')
  writeFileSync(path, `at,heatKw,outdoorC\n${rows.join('\n')}\n`)
  return path
}

it('is nothing where neither plant nor network is described', async () => {
  expect(await read('')).toBeUndefined()
})

it('gives a plant without pipes the way to its own door', async () => {
  expect(await read(`plant: { units: [${boiler}] }`)).toMatchObject({
    plant: { units: [{ id: 'oil', minKw: 0, fuel: { taxEurPerMwh: 0 } }] },
    network: { branches: [], objective: 'system' },
    emissions: { eurPerT: 0 },
  })
})

it('learns the demand that nobody steers from what was measured', async () => {
  const rows = Array.from({ length: 24 * 14 }, (_, hour) => {
    const outdoorC = -8 + (hour % 100) / 4
    const at = new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
    return `${at},${3000 + 150 * Math.max(0, 15 - outdoorC)},${outdoorC}`
  })
  const load = `{ kind: measured, csv: ${csvOf(rows)} }`
  const production = await read(`network: { uncontrolled: ${load}, branches: [{ id: east }] }`)
  expect(production?.network.uncontrolled).toMatchObject({ kind: 'signature', covers: 'total', belowC: 15 })
  expect(production?.network.uncontrolled).toHaveProperty('kwPerK', expect.closeTo(150, 6))
})

it.each([
  { why: /less than 7 days/, rows: ['2026-01-01T00:00Z,100,-5'] },
  { why: /decimal comma|cells where/, rows: ['2026-01-01T00:00Z,1,5,-5'] },
])('does not start on a measured load with $why', async ({ why, rows }) => {
  const started = read(`network: { uncontrolled: { kind: measured, csv: ${csvOf(rows)} } }`)
  await expect(started).rejects.toThrow(SourceFileError)
  await expect(started).rejects.toThrow(why)
})
