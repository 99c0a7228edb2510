import { loadBuildingKernel } from '../src/adapters/workers/load-kernel.ts'
import type { BuildingTask } from '../src/core/math/building-task.ts'
import { type StudyKind, studyBuilding, studyWeek } from '../tests/fixtures/solver/study-building.ts'
import { highsModel } from '../tests/unit/core/math/highs-model.ts'
import { solveWithHighs } from '../tests/unit/core/math/solve-with-highs.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

type Kind = Omit<StudyKind, 'seed'>

const SETTINGS = { gap: 1e-4, maxIterations: 40 }
const LATE: Kind = { emitterHours: 0.7 }
const WEEKS = 10
const A_WEEK = 20
const WARM_UP_ROUNDS = 10
const ROUNDS = 15
const REPEATS = 3
// Long enough for the processor's own account of time.
const OURS_US = 20_000
// Ten times what its active set needs where it does not cycle.
const QP_ITERATIONS = 20_000

const kernel = loadBuildingKernel()

/** Two hundred buildings in ten weeks, neighbours in the same one. */
function study(kind: Kind): BuildingTask[] {
  return Array.from({ length: WEEKS }, (_, w) => {
    const week = studyWeek(w + 1)
    return Array.from({ length: A_WEEK }, (_, i) => ({
      qp: studyBuilding({ ...kind, seed: (w + 1) * 100_003 + i }, week),
    }))
  }).flat()
}

function warmUp(tasks: readonly BuildingTask[]): void {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) kernel.solve(tasks, SETTINGS)
}

function cpuUs(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** HiGHS against us, building by building in turn: the time of its run alone against all of ours, cold. */
async function ratio(kind: Kind, count: number): Promise<Spread> {
  const tasks = study(kind)
  warmUp(tasks)
  for (let k = 0; k < 2; k++) solveWithHighs(highsModel(tasks[k].qp), QP_ITERATIONS)
  const every = tasks.length / count
  // We solve two at a time, so a building comes with its neighbour.
  const pairs = Array.from({ length: count }, (_, i) =>
    tasks.slice(2 * Math.floor((i * every) / 2)).slice(0, 2),
  )
  return spreadOf(pairs.flatMap((pair) => ratioOn(pair) ?? []))
}

/** Undefined where HiGHS gives up. */
function ratioOn(pair: readonly BuildingTask[]): number | undefined {
  const model = highsModel(pair[0].qp)
  const theirsUs: number[] = []
  const oursUs: number[] = []
  for (let round = 0; round < REPEATS; round++) {
    const solved = solveWithHighs(model, QP_ITERATIONS)
    if (solved === undefined) return undefined
    theirsUs.push(1000 * solved.ms)
    oursUs.push(ourUs(pair))
  }
  return spreadOf(theirsUs).median / spreadOf(oursUs).median
}

/** Processor time of one of a pair, from as many as fill a while. */
function ourUs(pair: readonly BuildingTask[]): number {
  let solved = 0
  let us = 0
  while (us < OURS_US) {
    us += cpuUs(() => {
      for (let n = 0; n < 50; n++) kernel.solve(pair, SETTINGS)
    })
    solved += 50 * pair.length
  }
  return us / solved
}

/** Cold plans of 48 h a second of processor time, each certified. */
async function rate(kind: Kind): Promise<Spread> {
  const tasks = study(kind)
  warmUp(tasks)
  const rates = Array.from({ length: ROUNDS }, () => {
    let isCertified = true
    const us = cpuUs(() => {
      isCertified = kernel.solve(tasks, SETTINGS).every(({ gap }) => gap <= SETTINGS.gap)
    })
    if (!isCertified) throw new Error('a plan came without its gap')
    return tasks.length / (us / 1e6)
  })
  return spreadOf(rates)
}

const SIMPLEX = 'HiGHS simplex (wasm), run only'
const ACTIVE_SET = 'HiGHS QP active set (wasm), run only'
const RATE = 'schedules/s/core'

export const benches: readonly Bench[] = [
  { name: 'building.ratioHighsLp', unit: 'ratio', vs: SIMPLEX, run: () => ratio({ form: 'lp' }, 60) },
  { name: 'building.ratioHighsQp', unit: 'ratio', vs: ACTIVE_SET, run: () => ratio({ form: 'qp' }, 10) },
  { name: 'building.rate', unit: RATE, run: () => rate({}) },
  {
    name: 'building.ratioHighsLpLate',
    unit: 'ratio, emitters 0.7 h late',
    vs: SIMPLEX,
    run: () => ratio({ ...LATE, form: 'lp' }, 60),
  },
  { name: 'building.rateLate', unit: `${RATE}, emitters 0.7 h late`, run: () => rate(LATE) },
]
