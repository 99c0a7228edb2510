import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFleetState } from '../../simulators/fleet-state.ts'
import { temporaryFolder } from '../fixtures/product.ts'

const RUNNER = fileURLToPath(new URL('../fixtures/run-typescript.mjs', import.meta.url))
const WRITER = fileURLToPath(new URL('../fixtures/street-writer.ts', import.meta.url))
const DEATHS = 5

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder('street-kill')
})
afterAll(() => folder.remove())

/** Lets the writer write three states, kills it within the next and gives the last that it said was written. */
async function writeUntilKilled(path: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [RUNNER, WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let last = 0
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line)
    if (last === 3) void pause(afterMs).then(() => child.kill('SIGKILL'))
  }
  if (child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return last
}

it('leaves a whole state, the last or the one under way, wherever a kill -9 meets its writing', async () => {
  const path = join(folder.path, 'street.json')
  for (let n = 0; n < DEATHS; n++) {
    const last = await writeUntilKilled(path, n)
    const read = await readFleetState(path)
    expect(read.kind).toBe('state')
    expect([last, last + 1]).toContain(read.kind === 'state' ? read.state.at : undefined)
  }
})

it('is not misled by what a killed writer left half written', async () => {
  const path = join(folder.path, 'street.json')
  const before = await readFleetState(path)
  writeFileSync(`${path}.draft`, '{"version":1,"at":9')
  expect(await readFleetState(path)).toEqual(before)
})
