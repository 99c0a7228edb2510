import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadDense, loadFleetMembers } from '../src/adapters/workers/load-kernel.ts'
import type { FleetQp } from '../src/core/math/fleet/fleet-qp.ts'
import { type FleetEngine, solveFleetQp } from '../src/core/math/fleet/solve-fleet-qp.ts'
import { type StudyFleet, studyFleet } from '../tests/fixtures/solver/study-fleet.ts'
import { highsFleetModel } from '../tests/unit/core/math/fleet/highs-fleet-model.ts'
import { solveWithHighs } from '../tests/unit/core/math/solve-with-highs.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'
import type { FleetFigures } from './fleet-run.ts'

const SETTINGS = { gap: 1e-4, maxIterations: 60 }
const THREADS = 2
const SEEDS = [7, 8, 9]
// As the planner chooses.
const WORTH_SWEEPING = 3000
const SMALL = 20
const SMALL_ROUNDS = 15
const LP = 100
// An interior point stopped at our gap, and without the crossover that a plan does not need.
const HIGHS_IPX = { solver: 'ipm', run_crossover: 'off', ipm_optimality_tolerance: SETTINGS.gap }

const run = promisify(execFile)
const createMembers = loadFleetMembers()
const dense = loadDense()
const engineFor = ({ members }: FleetQp): FleetEngine => ({
  members: (network) => createMembers(members, network),
  dense,
})

async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Processor time of HiGHS, its run alone, over ours, in this thread and cold. */
async function ratioHighs(): Promise<Spread> {
  const ratios: number[] = []
  for (const seed of SEEDS) {
    const qp = studyFleet({ seed, form: 'lp' }, LP)
    const model = highsFleetModel(qp)
    await solveFleetQp(qp, SETTINGS, engineFor(qp))
    const ours = await cpuMs(() => solveFleetQp(qp, SETTINGS, engineFor(qp)))
    ratios.push((await cpuMs(() => solveWithHighs(model, undefined, HIGHS_IPX))) / ours)
  }
  return spreadOf(ratios)
}

/** A coupled street, in this thread and cold. */
async function smallMs(): Promise<Spread> {
  const qp = studyFleet({ seed: SEEDS[0] }, SMALL)
  const times: number[] = []
  for (let round = 0; round < 2 * SMALL_ROUNDS; round++) {
    const ms = await cpuMs(() => solveFleetQp(qp, SETTINGS, engineFor(qp)))
    if (round >= SMALL_ROUNDS) times.push(ms)
  }
  return spreadOf(times)
}

const measured = new Map<string, Promise<FleetFigures[]>>()

/** Each fleet in a process of its own, once for all of its figures. */
function figures(size: number, study: Omit<StudyFleet, 'seed'>): Promise<FleetFigures[]> {
  const key = JSON.stringify({ size, study })
  const known = measured.get(key) ?? runAll(size, study)
  measured.set(key, known)
  return known
}

async function runAll(size: number, study: Omit<StudyFleet, 'seed'>): Promise<FleetFigures[]> {
  const all: FleetFigures[] = []
  const file = fileURLToPath(new URL('./fleet-run.js', import.meta.url))
  for (const seed of size > 1000 ? SEEDS.slice(0, 1) : SEEDS) {
    const { stdout } = await run(process.execPath, [
      file,
      `${size}`,
      `${THREADS}`,
      JSON.stringify({ seed, ...study }),
      size >= WORTH_SWEEPING ? 'swept' : 'whole',
    ])
    all.push(JSON.parse(stdout))
  }
  return all
}

function benchesOf(size: number, name: string, study: Omit<StudyFleet, 'seed'>): Bench[] {
  const bench = (figure: string, unit: string, pick: (figures: FleetFigures) => number): Bench => ({
    name: `fleet.${size}${name}.${figure}`,
    unit,
    run: async () => spreadOf((await figures(size, study)).map(pick)),
  })
  return [
    bench('cold', 's', ({ coldMs }) => coldMs / 1000),
    bench('coldCpu', 's', ({ coldCpuMs }) => coldCpuMs / 1000),
    bench('replan', 's', ({ replanMs }) => replanMs / 1000),
    bench('iterations', '', ({ iterations }) => iterations[0]),
    bench('gap', 'of the bill', ({ gap }) => gap),
    bench('violation', 'of the cap', ({ violation }) => violation),
    bench('rss', 'MB', ({ rssMb }) => rssMb),
  ]
}

export const benches: readonly Bench[] = [
  {
    name: 'fleet.lp100.ratioHighs',
    unit: 'ratio',
    vs: 'HiGHS interior point (wasm), run only',
    run: ratioHighs,
  },
  { name: 'fleet.20.cpu', unit: 'ms', run: smallMs },
  ...benchesOf(1000, '', {}),
  ...benchesOf(1000, '-branches', { branches: 20 }),
  ...benchesOf(1000, '-late', { emitterHours: 0.7 }),
  ...benchesOf(10_000, '', {}),
  ...benchesOf(10_000, '-branches', { branches: 20 }),
  ...benchesOf(10_000, '-late', { emitterHours: 0.7 }),
  ...benchesOf(100_000, '', {}),
]
