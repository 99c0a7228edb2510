import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../src/adapters/duckdb/duckdb-recorder.ts'
import { parseExportRequest } from '../../../src/adapters/duckdb/export-request.ts'
import { exportStream } from '../../../src/adapters/duckdb/export-stream.ts'
import { type ExportOptions, runExport } from '../../../src/cli/export.ts'
import { A, NOW, sample } from '../../contract/recorder.ts'

const clock = { now: () => NOW, at: () => () => {} }
const log = pino({ level: 'silent' })

let folder = ''
let storePath = ''
let recorder: DuckdbRecorder
let server: Server | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatflex-cli-'))
  storePath = join(folder, 'store.duckdb')
  recorder = await createDuckdbRecorder({ path: storePath, clock, log })
  await recorder.keepSample(sample(A, NOW), NOW)
})
afterEach(async () => {
  server?.close()
  server = undefined
  await recorder.stop()
  await rm(folder, { recursive: true })
})

async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener).listen(0, '127.0.0.1')
  server = listening
  await new Promise((resolve) => listening.once('listening', resolve))
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

/** What a controller does with `GET /api/v1/export`. */
const controller: RequestListener = async ({ url = '' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const parsed = parseExportRequest(Object.fromEntries(searchParams))
  if (pathname !== '/api/v1/export' || !parsed.ok) response.writeHead(400).end()
  else (await exportStream(recorder, parsed.request)).pipe(response)
}

function heard(): Writable & { text: () => string } {
  const pieces: Buffer[] = []
  const write = (piece: Buffer, _: string, done: () => void) => {
    pieces.push(piece)
    done()
  }
  return Object.assign(new Writable({ write }), { text: () => Buffer.concat(pieces).toString() })
}

function exporting(more: Partial<ExportOptions> = {}) {
  const controllerUrl = 'http://127.0.0.1:1'
  const out = join(folder, 'out.csv')
  return runExport({
    asked: { table: 'telemetry' },
    out,
    storePath,
    controllerUrl,
    stdout: heard(),
    log,
    ...more,
  })
}

const HEAD = 'building,at,receivedAt,seq,intervalS,heatKw'

describe('heatflex export', () => {
  it('reads the store where no controller runs, and leaves it as it was', async () => {
    await recorder.stop()
    const before = readFileSync(storePath)
    expect(await exporting()).toEqual({ kind: 'written', by: 'store' })
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain(HEAD)
    expect(readFileSync(storePath).equals(before)).toBe(true)
  })

  it('writes to stdout and leaves it open', async () => {
    await recorder.stop()
    const stdout = heard()
    expect(await exporting({ out: '-', stdout })).toEqual({ kind: 'written', by: 'store' })
    expect(stdout.text().split('\n')[0]).toContain(HEAD)
    expect(stdout.writable).toBe(true)
  })

  it('asks the controller that has the store open', async () => {
    const controllerUrl = await serve(controller)
    const asked = { table: 'telemetry', from: '2024-01-05T12:00:00Z', building: 'a' }
    expect(await exporting({ controllerUrl, asked })).toEqual({ kind: 'written', by: 'controller' })
    expect(readFileSync(join(folder, 'out.csv'), 'utf8').split('\n')[1]).toContain(`a,${NOW},${NOW}`)
    const stdout = heard()
    await exporting({ controllerUrl, out: '-', stdout, asked: { ...asked, format: 'parquet' } })
    expect(stdout.text().slice(0, 4)).toBe('PAR1')
  })

  it('says who holds the store where no controller answers', async () => {
    const outcome = await exporting()
    expect(outcome).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('store.duckdb is held by this process'),
    })
    expect(outcome).toMatchObject({ why: expect.stringContaining('http://127.0.0.1:1/api/v1/export') })
  })

  it('leaves nothing behind where the controller breaks off', async () => {
    const controllerUrl = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('building,at\n', () => response.destroy())
    })
    expect(await exporting({ controllerUrl })).toMatchObject({ kind: 'failed' })
    expect((await readdir(folder)).filter((name) => name.startsWith('out'))).toEqual([])
  })

  it.each([
    [{ table: 'telemetry', from: 'yesterday' }, ['from: ']],
    [{ table: 'salaries', format: 'xls' }, ['table: ', 'format: ']],
  ])('names every fault of %j', async (asked, places) => {
    const outcome = await exporting({ asked })
    expect(outcome).toEqual({
      kind: 'bad-input',
      faults: places.map((place) => expect.stringContaining(place)),
    })
  })

  it('says that a file is no store, or that there is none', async () => {
    const other = join(folder, 'other.duckdb')
    expect(await exporting({ storePath: other })).toMatchObject({
      why: expect.stringContaining('no store at'),
    })
    writeFileSync(other, 'not a database')
    expect(await exporting({ storePath: other })).toMatchObject({ kind: 'bad-input' })
    expect(readFileSync(other, 'utf8')).toBe('not a database')
  })

  it('says that the target cannot be written', async () => {
    await recorder.stop()
    const out = join(folder, 'no', 'such', 'out.csv')
    expect(await exporting({ out })).toMatchObject({ kind: 'failed', why: expect.stringContaining(out) })
  })
})
