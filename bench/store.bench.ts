import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createDuckdbRecorder, type DuckdbRecorder } from '../src/adapters/duckdb/duckdb-recorder.ts'
import { parseBuildingId } from '../src/core/domain/building-id.ts'
import type { Sample } from '../src/core/domain/telemetry.ts'

interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

const clock = { now: () => 0, at: () => () => {} }
const log = pino({ level: 'silent' })
const building = parseBuildingId('bench')!
const COMMITS = 60

let at = 0
/** A building with a meter and ten dwellings. */
function sample(): Sample {
  at += 1000
  const zones = Array.from({ length: 10 }, (_, zone) => [
    `flat-${zone}`,
    { indoorC: 20 + ((at / 1000 + zone) % 30) / 10 },
  ])
  const readings = {
    heatKw: at % 97,
    energyKwh: at / 1000,
    supplyC: 45.5,
    returnC: 33.25,
    outdoorC: -7.5,
    indoorC: 21.2,
  }
  return { building, at, intervalS: 900, readings: { ...readings, zones: Object.fromEntries(zones) } }
}

/** Milliseconds from the first `keepSample` to the promise of the last. */
async function commitMs(recorder: DuckdbRecorder, rows: number): Promise<number> {
  const samples = Array.from({ length: rows }, sample)
  const started = performance.now()
  const kept = samples.map((one) => recorder.keepSample(one, one.at))
  await recorder.flush()
  await Promise.all(kept)
  return performance.now() - started
}

async function measure(rows: number, where: 'disk' | 'memory'): Promise<Spread> {
  const folder = await mkdtemp(join(tmpdir(), 'heatflex-bench-'))
  const path = where === 'disk' ? join(folder, 'store.duckdb') : ':memory:'
  const recorder = await createDuckdbRecorder({ path, clock, log, commitEveryMs: 'manual' })
  for (let n = 0; n < 5; n++) await commitMs(recorder, rows)
  const took: number[] = []
  for (let n = 0; n < COMMITS; n++) took.push(await commitMs(recorder, rows))
  await recorder.stop()
  await rm(folder, { recursive: true })
  took.sort((a, b) => a - b)
  return { median: took[COMMITS / 2]!, min: took[0]!, max: took[COMMITS - 1]! }
}

/** What one group commit costs: encoding, appending, COMMIT and, on disk, its fsync. */
export const benches = [
  { name: 'store.commit20.disk', unit: 'ms', run: () => measure(20, 'disk') },
  { name: 'store.commit1000.disk', unit: 'ms', run: () => measure(1000, 'disk') },
  { name: 'store.commit20.memory', unit: 'ms', run: () => measure(20, 'memory') },
  { name: 'store.commit1000.memory', unit: 'ms', run: () => measure(1000, 'memory') },
] as const
