import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDuckdbRecorder,
  type DuckdbRecorderOptions,
} from '../../src/adapters/duckdb/duckdb-recorder.ts'
import type { StoreLog } from '../../src/adapters/duckdb/open-database.ts'
import type { Recorder } from '../../src/controller/ports.ts'
import { A, lease, NOW, sample } from '../contract/recorder.ts'

const RUNNER = fileURLToPath(new URL('../fixtures/run-typescript.mjs', import.meta.url))
const WRITER = fileURLToPath(new URL('../fixtures/store-writer.ts', import.meta.url))
const clock = { now: () => NOW, at: () => () => {} }
const log = pino({ level: 'silent' })
const open = (path: string, more: Partial<DuckdbRecorderOptions> = {}) =>
  createDuckdbRecorder({ path, clock, log, ...more })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatflex-fail-'))
})
afterAll(() => rm(folder, { recursive: true }))

function overwrite(path: string, from: number, length: number): void {
  writeSync(openSync(path, 'r+'), Buffer.alloc(length, 0xee), 0, length, from)
}

/** A store with something in the file and something in its log. */
async function filledStore(name: string): Promise<string> {
  const path = join(folder, name)
  const recorder = await open(path)
  await recorder.keepLeases([lease(A, 1)])
  await recorder.stop()
  const again = await open(path, { checkpointMb: 1e6 })
  await again.keepLeases([lease(A, 2)])
  copyFileSync(path, `${path}.copy`)
  copyFileSync(`${path}.wal`, `${path}.copy.wal`)
  await again.stop()
  return `${path}.copy`
}

async function foreignStore(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}

describe('a store that is not as it was left', () => {
  it.each([
    ['garbage', 'corrupt', async (path: string) => writeFileSync(path, 'x'.repeat(20_000))],
    [
      'a database of SQLite',
      'foreign',
      async (path: string) => writeFileSync(path, 'SQLite format 3\0'.padEnd(8192)),
    ],
    [
      'a database of others',
      'foreign',
      (path: string) => foreignStore(path, 'CREATE TABLE theirs (x INTEGER)'),
    ],
    [
      'a store of a later version',
      'foreign',
      (path: string) => foreignStore(path, 'CREATE TABLE "heatflexStore" AS SELECT 99 AS version'),
    ],
    ['a log without its database', 'corrupt', async (path: string) => writeFileSync(`${path}.wal`, 'x')],
  ] as const)('refuses %s as %s and leaves it alone', async (name, kind, make) => {
    const path = join(folder, `${name}.duckdb`)
    await make(path)
    const bytes = () => (existsSync(path) ? readFileSync(path, 'latin1') : undefined)
    const left = bytes()
    await expect(open(path)).rejects.toMatchObject({ name: 'RecorderError', kind })
    await expect(open(path)).rejects.toThrow(`opening the store ${path}`)
    expect(bytes() === left).toBe(true)
  })

  it.each([
    ['header', async (path: string) => overwrite(path, 0, 4096)],
    ['root', async (path: string) => overwrite(path, 4096, 8192)],
    ['log', async (path: string) => overwrite(`${path}.wal`, 120, 200)],
    ['end', async (path: string) => truncateSync(path, 20_000)],
  ] as const)(
    'sets a store with a broken %s aside only where told to, and starts anew',
    async (name, breakIt) => {
      const path = await filledStore(`${name}.duckdb`)
      await breakIt(path)
      const broken = readFileSync(path)
      await expect(open(path)).rejects.toMatchObject({ name: 'RecorderError', kind: 'corrupt' })

      const recorder = await open(path, { onDamaged: 'set-aside' })
      await recorder.keepSample(sample(A, 1), 1)
      expect((await recorder.recover()).leases.size).toBe(0)
      await recorder.stop()
      expect(readFileSync(`${path}.corrupt-1`).equals(broken)).toBe(true)
      expect(existsSync(`${path}.corrupt-1.wal`)).toBe(true)
    },
  )

  it('numbers what it sets aside', async () => {
    const path = join(folder, 'often.duckdb')
    for (const n of [1, 2, 3]) {
      writeFileSync(path, `garbage ${n}`)
      await (await open(path, { onDamaged: 'set-aside' })).stop()
      expect(readFileSync(`${path}.corrupt-${n}`, 'utf8')).toBe(`garbage ${n}`)
    }
  })

  it('takes the empty file of a process that died while making it for a new store', async () => {
    const path = join(folder, 'empty.duckdb')
    writeFileSync(path, '')
    await (await open(path)).stop()
  })

  it('goes back to the beliefs of the turn before where the last are unreadable', async () => {
    const path = join(folder, 'beliefs.duckdb')
    const recorder = await open(path)
    await recorder.keepTurn(1_000, new Map([[A, 'first']]))
    await recorder.keepTurn(2_000, new Map([[A, 'second']]))
    truncateSync(`${path}.turn-2000`, 10)
    const { beliefs, lastTurnAt } = await recorder.recover()
    expect([lastTurnAt, beliefs.get(A)]).toEqual([1_000, { at: 1_000, json: 'first' }])
    await recorder.stop()
  })
})

describe('a store that is not ours to write', () => {
  it('names the process that holds it', async () => {
    const path = join(folder, 'held.duckdb')
    const child = spawn(process.execPath, [RUNNER, WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await once(child.stdout, 'data')
      const failure = await open(path, { onDamaged: 'set-aside' }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'RecorderError', kind: 'locked' })
      expect(failure).toMatchObject({ holder: expect.stringContaining(`(process ${child.pid})`) })
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('is opened once in a process, and again when it was closed', async () => {
    const path = join(folder, 'twice.duckdb')
    const recorder = await open(path)
    await expect(open(path)).rejects.toMatchObject({ kind: 'locked' })
    await recorder.stop()
    await (await open(path)).stop()
  })

  it('says that a folder is a file', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(open(join(folder, 'file', 'store.duckdb'))).rejects.toMatchObject({ name: 'RecorderError' })
  })

  it('says that the folder is read-only', async (test) => {
    const place = join(folder, 'read-only')
    await mkdir(place)
    if (!mounted(place, 'size=1m,ro')) return test.skip('a read-only file system needs root and mount')
    try {
      await expect(open(join(place, 'store.duckdb'))).rejects.toMatchObject({ kind: 'read-only' })
    } finally {
      execFileSync('umount', [place])
    }
  })
})

function mounted(place: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('a full disk', () => {
  it.for([
    { what: 'the log cannot grow', checkpointMb: 1e6, event: 'disk nearly full, store left unfolded' },
    { what: 'the log cannot be folded', checkpointMb: 0.001, event: 'store opened again' },
  ])(
    'loses nothing it promised and goes on when there is room: $what',
    async ({ checkpointMb, event }, test) => {
      const place = await mkdtemp(join(folder, 'full-'))
      if (!mounted(place, 'size=6m')) return test.skip('a small disk needs root and mount')
      try {
        const events: string[] = []
        const path = join(place, 'store.duckdb')
        const recorder = await open(path, { checkpointMb, commitEveryMs: 0, log: listener(events) })
        const promised: number[] = []
        const keepNext = keeper(recorder, promised)
        await times(20, keepNext)
        writeFileSync(join(place, 'filler'), Buffer.alloc(freeBytes(place) - 600_000))
        const failures = await untilThreeFailed(keepNext)
        expect(failures).toEqual(failures.map(() => expect.objectContaining({ kind: 'disk-full' })))

        await rm(join(place, 'filler'))
        await times(20, keepNext)
        expect(await keptAts(recorder)).toEqual(expect.arrayContaining(promised))
        await recorder.stop()
        expect(events).toContain(event)

        const again = await open(path)
        expect(await keptAts(again)).toEqual(expect.arrayContaining(promised))
        await again.stop()
      } finally {
        execFileSync('umount', [place])
      }
    },
  )
})

function keeper(recorder: Recorder, promised: number[]): () => Promise<void> {
  let next = 0
  return async () => {
    const at = next++
    await recorder.keepSample(sample(A, at, 21, { readings: { heatSource: noise(at) } }), at)
    promised.push(at)
  }
}

async function times(count: number, run: () => Promise<void>): Promise<void> {
  for (let n = 0; n < count; n++) await run()
}

async function untilThreeFailed(run: () => Promise<void>): Promise<readonly unknown[]> {
  const failures: unknown[] = []
  while (failures.length < 3) await run().catch((error: unknown) => failures.push(error))
  return failures
}

async function keptAts(recorder: Recorder): Promise<readonly number[]> {
  return (await recorder.samples(A, { from: 0, to: NOW })).map(({ at }) => at)
}

function listener(events: string[]): StoreLog {
  const hear = (_fields: unknown, message?: string) => void events.push(message ?? '')
  return { info: hear, warn: hear, error: hear }
}

/** 5 kB that nothing can make smaller. */
function noise(n: number): string {
  return createHash('shake256', { outputLength: 3_750 }).update(String(n)).digest('base64')
}

function freeBytes(place: string): number {
  const [, line = ''] = execFileSync('df', ['--output=avail', '-B1', place], { encoding: 'utf8' }).split('\n')
  return Number(line)
}
