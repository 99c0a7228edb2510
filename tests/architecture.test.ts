import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { doorFaults } from './fixtures/architecture/doors.ts'
import { nameFaults } from './fixtures/architecture/file-names.ts'
import { findCycles } from './fixtures/architecture/find-cycles.ts'
import {
  castsThroughUnknown,
  hasDefaultExport,
  impurities,
  isBarrel,
  unportablePowers,
} from './fixtures/architecture/forbidden.ts'
import { readSource, readTree, type SourceFile } from './fixtures/architecture/read-source.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const product = readTree(root, ['src', 'simulators'])
const everything = [...product, ...readTree(root, ['tests', 'bench'])]

// It wakes by the real clock what it then drives by the one handed in.
const ALIVE = new Set(['simulators/fleet-process.ts'])
const isTold = ({ path }: SourceFile) =>
  path.startsWith('src/core/') || (path.startsWith('simulators/') && !ALIVE.has(path))

describe('the house as it stands', () => {
  it('is read whole', () => {
    expect(product.length).toBeGreaterThan(200)
    expect(product.flatMap(({ imports }) => imports).length).toBeGreaterThan(600)
  })

  it('opens its doors one way', () => expect(doorFaults(product)).toEqual([]))
  it('has no cycle of imports', () => expect(findCycles(everything)).toEqual([]))
  it('is told the time and its luck in core and simulators', () =>
    expect(product.filter(isTold).flatMap(impurities)).toEqual([]))
  it('raises to powers alike on every Node', () => expect(product.flatMap(unportablePowers)).toEqual([]))
  it('never casts through unknown', () => expect(product.flatMap(castsThroughUnknown)).toEqual([]))
  it('names its files for what they hold', () =>
    expect(nameFaults(everything.map(({ path }) => path))).toEqual([]))
  it('exports by name', () => {
    const tools = new Set(['src/console/vite.config.ts'])
    expect(everything.filter((file) => hasDefaultExport(file) && !tools.has(file.path))).toEqual([])
  })
  it('has no barrels', () => expect(product.filter(isBarrel).map(({ path }) => path)).toEqual([]))
})

describe('the linter', () => {
  it('refuses unportable powers in the product, and there alone', () => {
    const house = mkdtempSync(join(tmpdir(), 'heatflex-lint-'))
    for (const file of [
      'biome.json',
      '.gitignore',
      'scripts/portable-powers.grit',
      'src/a.ts',
      'tests/a.ts',
    ]) {
      mkdirSync(dirname(join(house, file)), { recursive: true })
      if (file.endsWith('a.ts'))
        writeFileSync(join(house, file), 'export const a = (x: number) => [x ** 1.3, x ** 2]\n')
      else copyFileSync(join(root, file), join(house, file))
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint'],
      {
        cwd: house,
        encoding: 'utf8',
      },
    )
    rmSync(house, { recursive: true })
    const places = [...(stdout + stderr).matchAll(/^(\S+) plugin /gm)].map(([, place]) => place)
    expect(places).toEqual(['src/a.ts:1:34'])
  })
})

describe('each rule', () => {
  it.each([
    ['src/core/domain/a.ts', "import { b } from '../math/b.ts'"],
    ['src/core/domain/a.ts', "import type { B } from '../thermal/b.ts'"],
    ['src/core/math/a.ts', "import { readFileSync } from 'node:fs'"],
    ['src/core/state/a.ts', "import { z } from 'zod'"],
    ['src/core/plan/a.ts', "import { observe } from '../state/observe.ts'"],
    ['src/core/ingest/a.ts', "export { observe } from '../state/observe.ts'"],
    ['src/core/ingest/a.ts', "export * from '../../adapters/mqtt/listen.ts'"],
    ['src/adapters/http/a.ts', "import { b } from '../mqtt/b.ts'"],
    ['src/adapters/http/a.ts', "import { b } from '../../core/plan/b.ts'"],
    ['src/adapters/files/a.ts', "const b = await import('../mqtt/b.ts')"],
    ['src/controller/intake-loop.ts', "import { b } from '../adapters/mqtt/b.ts'"],
    ['src/controller/intake-loop.ts', "import type { B } from '../adapters/mqtt/b.ts'"],
    ['src/controller/intake-loop.ts', "import { pino } from 'pino'"],
    ['src/controller/ports.ts', "import { makePlan } from '../core/plan/plan-job.ts'"],
    ['src/console/a.ts', "import type { FleetView } from '../core/domain/views.ts'"],
    ['simulators/a.ts', "import { predict } from '../src/core/thermal/predict.ts'"],
    ['simulators/a.ts', "import { receive } from '../src/controller/ports.ts'"],
    ['simulators/a.ts', "import type { Belief } from '../src/core/state/belief.ts'"],
    ['src/replay/a.ts', "import { b } from '../../tests/fixtures/b.ts'"],
    ['src/cli/a.ts', "import { b } from '../../bench/b.ts'"],
    ['src/attic/a.ts', ''],
  ])('shuts the door in %s on `%s`', (path, text) => {
    expect(doorFaults([readSource(path, text)])).toHaveLength(1)
  })

  it.each([
    ['src/core/domain/a.ts', "import { b } from './b.ts'"],
    ['src/core/state/a.ts', "import { predict } from '../thermal/predict.ts'"],
    ['src/controller/app.ts', "import { listen } from '../adapters/mqtt/listen.ts'"],
    ['src/controller/ports.ts', "import type { PlanJob } from '../core/plan/plan-job.ts'"],
    ['src/controller/desk.ts', "import type { Logger } from 'pino'"],
    ['src/adapters/workers/a.ts', "import { planBuilding } from '../../core/plan/plan-building.ts'"],
    ['simulators/a.ts', "import { type Clock } from '../src/controller/ports.ts'"],
    ['src/cli/a.ts', "import { runFleet } from '../../simulators/fleet-process.ts'"],
  ])('opens the door in %s to `%s`', (path, text) => {
    expect(doorFaults([readSource(path, text)])).toEqual([])
  })

  it.each([
    ['Date.now()', 1],
    ["Date['now']()", 1],
    ['new Date()', 1],
    ['Date(at)', 1],
    ['Math.random()', 1],
    ['performance.now()', 1],
    ['setTimeout(run, 5)', 1],
    ['const wait = setInterval', 1],
    ['process.hrtime()', 1],
    ["import { setTimeout as wait } from 'node:timers/promises'", 1],
    ['new Date(at).getUTCMonth()', 0],
    ['Date.UTC(2024, 0, 1)', 0],
    ['building.performance', 0],
    ["const words = { performance: 1, 'Date.now': 2 } // Math.random()", 0],
  ])('knows who asks for time or luck: `%s`', (text, faults) => {
    expect(impurities(readSource('src/core/a.ts', text))).toHaveLength(faults)
  })

  it.each([
    ['x ** 1.3', 1],
    ['x ** n', 1],
    ['2 ** -1', 1],
    ['x **= 0.5', 1],
    ['Math.pow(x, 2)', 1],
    ["Math['pow'](x, 2)", 1],
    ['const { pow } = Math', 1],
    ['x ** 2', 0],
    ['/** x ** n */ const a = "x ** n"', 0],
  ])('knows a power that two Nodes may round apart: `%s`', (text, faults) => {
    expect(unportablePowers(readSource('src/a.ts', text))).toHaveLength(faults)
  })

  it('finds a cycle of three, and none that types close', () => {
    const ring = (last: string) => [
      readSource('src/a.ts', "import { b } from './b.ts'"),
      readSource('src/b.ts', "import { c } from './c.ts'"),
      readSource('src/c.ts', last),
    ]
    expect(findCycles(ring("import { a } from './a.ts'"))).toEqual([
      'src/a.ts → src/b.ts → src/c.ts → src/a.ts',
    ])
    expect(findCycles(ring("import type { A } from './a.ts'"))).toEqual([])
  })

  it('knows default exports, barrels, casts and empty names', () => {
    expect(hasDefaultExport(readSource('a.ts', 'export default 1'))).toBe(true)
    expect(hasDefaultExport(readSource('a.ts', 'const a = 1\nexport { a as default }'))).toBe(true)
    expect(hasDefaultExport(readSource('a.ts', 'export const a = 1'))).toBe(false)
    expect(isBarrel(readSource('a.ts', "export * from './b.ts'\nexport { c } from './c.ts'"))).toBe(true)
    expect(isBarrel(readSource('a.ts', "export * from './b.ts'\nexport const c = 1"))).toBe(false)
    expect(castsThroughUnknown(readSource('a.ts', 'const a = b as unknown as string'))).toHaveLength(1)
    expect(castsThroughUnknown(readSource('a.ts', 'const a = b as string'))).toEqual([])
    const names = [
      'src/planFleet.ts',
      'src/utils/a.ts',
      'src/http/index.ts',
      'src/plan-fleet.ts',
      'src/a.bench.ts',
    ]
    expect(nameFaults(names)).toEqual(['src/planFleet.ts', 'src/utils/a.ts', 'src/http/index.ts'])
  })
})
