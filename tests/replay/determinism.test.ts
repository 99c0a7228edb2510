import { execFile, execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { streamKey, uniform } from '../../simulators/chance.ts'
import { buildReport } from '../../src/replay/build-report.ts'
import { encodeReport } from '../../src/replay/report.ts'
import type { ReplayOptions } from '../../src/replay/run-replay.ts'
import { runCommand, temporaryFolder } from '../fixtures/product.ts'
import { readScenario, replayHere } from '../fixtures/replay.ts'

const SHORT = `
name: short
seed: 5
start: '2024-01-15T00:00:00+02:00'
days: 1
warmUpDays: 1
fleet: { count: 3, models: prior, residents: true }
prices: synthetic
weather: synthetic
faults:
  - { kind: dropout, share: 0.2, from: '2024-01-15T06:00:00+02:00', until: '2024-01-15T18:00:00+02:00' }
`
const cli = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url))

async function reportText(options: Partial<ReplayOptions> = {}): Promise<string> {
  const { result } = await replayHere(readScenario(SHORT), options)
  return encodeReport(buildReport(result))
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let scenario: string
let first: string
beforeAll(async () => {
  folder = await temporaryFolder('determinism')
  scenario = join(folder.path, 'short.yaml')
  await writeFile(scenario, SHORT)
  first = await replayed('first')
})
afterAll(() => folder.remove())

/** Through the built command. */
async function replayed(name: string): Promise<string> {
  const ended = await runCommand(folder.path, 'replay', scenario, '--out', name)
  expect(ended.code, ended.stderr).toBe(0)
  return readFile(join(folder.path, name, 'report.json'), 'utf8')
}

describe('a scenario replayed again', () => {
  it('is about buildings that were steered', () => {
    expect(JSON.parse(first).runs.controlled.setpointsSent).toBeGreaterThan(100)
  })

  it('gives the same bytes', async () => {
    expect(await replayed('second')).toBe(first)
  })

  it('gives the same bytes from the sources, with another number of planner threads', async () => {
    expect(await reportText({ workers: 3 })).toBe(first)
  })

  it('gives the same bytes when every message is up to 20 ms late', async () => {
    const key = streamKey('delays')
    let chunks = 0
    const brokerDelayMs = () => uniform(key, chunks++) * 20
    expect(await reportText({ brokerDelayMs })).toBe(first)
    expect(chunks).toBeGreaterThan(1000)
  })

  it('gives other figures for another seed', async () => {
    const { result } = await replayHere(readScenario(SHORT.replace('seed: 5', 'seed: 6')))
    expect(JSON.parse(encodeReport(buildReport(result))).runs).not.toEqual(JSON.parse(first).runs)
  })

  it('gives the same bytes on Node 24', async ({ skip }) => {
    const node = fetchedNode('24')
    if (!node) return skip('Node 24 cannot be fetched here')
    const out = join(folder.path, 'node-24')
    await mkdir(out)
    await promisify(execFile)(node, [cli, 'replay', scenario, '--out', out])
    expect(await readFile(join(out, 'report.json'), 'utf8')).toBe(first)
  })
})

/** The path of another version of Node, from the registry or npm's cache. */
function fetchedNode(version: string): string | undefined {
  try {
    const args = ['-y', '-p', `node@${version}`, 'node', '-p', 'process.execPath']
    const path = execFileSync('npx', args, { encoding: 'utf8', timeout: 120_000, stdio: 'pipe' }).trim()
    const found = execFileSync(path, ['--version'], { encoding: 'utf8' })
    return found.startsWith(`v${version}.`) ? path : undefined
  } catch {
    // Without a network there is none: the test says that it was skipped.
    return undefined
  }
}
