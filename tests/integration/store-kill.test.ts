import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDuckdbRecorder } from '../../src/adapters/duckdb/duckdb-recorder.ts'
import { A, NOW } from '../contract/recorder.ts'

const RUNNER = fileURLToPath(new URL('../fixtures/run-typescript.mjs', import.meta.url))
const WRITER = fileURLToPath(new URL('../fixtures/store-writer.ts', import.meta.url))
const clock = { now: () => NOW, at: () => () => {} }
const log = pino({ level: 'silent' })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatflex-kill-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Promised {
  readonly samples: readonly number[]
  readonly leases: readonly number[]
  readonly turns: readonly number[]
}

/** Lets the writer make `lines` promises and kills it in the middle of the next. */
async function writeUntilKilled(path: string, first: number, lines: number): Promise<Promised> {
  const child = spawn(process.execPath, [RUNNER, WRITER, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Record<string, number[]> = { sample: [], lease: [], turn: [] }
  let left = lines
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', n] = line.split(' ')
    said[what]!.push(Number(n))
    if (--left === 0) child.kill('SIGKILL')
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return { samples: said['sample']!, leases: said['lease']!, turns: said['turn']! }
}

it('has everything it promised after each of six deaths in the middle of writing', async () => {
  const path = join(folder, 'store.duckdb')
  const promised = new Set<number>()
  for (const lines of [1, 400, 1_500, 2_500, 3_100, 5_000]) {
    const first = promised.size === 0 ? 0 : Math.max(...promised) + 1_000
    const said = await writeUntilKilled(path, first, lines)
    for (const n of said.samples) promised.add(n)

    const recorder = await createDuckdbRecorder({ path, clock, log })
    const found = new Set((await recorder.samples(A, { from: 0, to: NOW })).map(({ at }) => at))
    const recovered = await recorder.recover()
    await recorder.stop()

    expect([...promised].filter((n) => !found.has(n))).toEqual([])
    expect(recovered.leases.get(A)?.seq ?? -1).toBeGreaterThanOrEqual(Math.max(-1, ...said.leases))
    expect(recovered.lastTurnAt ?? -1).toBeGreaterThanOrEqual(Math.max(-1, ...said.turns))
  }
  expect(promised.size).toBeGreaterThan(10_000)
})
