import type { BuildingQp } from '../src/core/math/building-qp.ts'
import { solveBuildingQp } from '../src/core/math/solve-building-qp.ts'
import { createWorkspace } from '../src/core/math/workspace.ts'
import { highsModel } from '../tests/unit/core/math/highs-model.ts'
import { type RandomBuilding, randomBuilding } from '../tests/unit/core/math/random-building.ts'
import { solveWithHighs } from '../tests/unit/core/math/solve-with-highs.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

const STEPS = 192
const WARM_UP = 300
const REPEATS = 3
const OURS_A_ROUND = 5
const ROUNDS = 15
const BUILDINGS = 200
// Ten times what its active set needs where it does not cycle.
const QP_ITERATIONS = 20_000

const workspace = createWorkspace(STEPS)

function plans(form: RandomBuilding['form'], count: number) {
  return Array.from({ length: count }, (_, i) => randomBuilding({ seed: i + 1, form }))
}

function solveMs(qp: BuildingQp): number {
  const started = performance.now()
  solveBuildingQp(qp, workspace)
  return performance.now() - started
}

/** HiGHS against us, building by building in turn, the time of its run alone against all of ours. */
async function ratio(form: RandomBuilding['form'], count: number): Promise<Spread> {
  for (const qp of plans(form, WARM_UP)) solveMs(qp)
  return spreadOf(plans(form, count).flatMap((qp) => ratioOn(qp) ?? []))
}

/** Undefined where HiGHS gives up. */
function ratioOn(qp: BuildingQp): number | undefined {
  const model = highsModel(qp)
  const theirs: number[] = []
  const ours: number[] = []
  for (let round = 0; round < REPEATS; round++) {
    const solved = solveWithHighs(model, QP_ITERATIONS)
    if (solved === undefined) return undefined
    theirs.push(solved.ms)
    for (let n = 0; n < OURS_A_ROUND; n++) ours.push(solveMs(qp))
  }
  return spreadOf(theirs).median / spreadOf(ours).median
}

/** Cold plans of 48 h a second of processor time. */
async function rate(): Promise<Spread> {
  const fleet = plans('qp', BUILDINGS)
  for (const qp of fleet) solveMs(qp)
  const rates = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage()
    for (const qp of fleet) solveBuildingQp(qp, workspace)
    const { user, system } = process.cpuUsage(before)
    return BUILDINGS / ((user + system) / 1e6)
  })
  return spreadOf(rates)
}

export const benches: readonly Bench[] = [
  {
    name: 'building.ratioHighsLp',
    unit: 'ratio',
    vs: 'HiGHS simplex (wasm), run only',
    run: () => ratio('lp', 15),
  },
  {
    name: 'building.ratioHighsQp',
    unit: 'ratio',
    vs: 'HiGHS QP active set (wasm), run only',
    run: () => ratio('qp', 9),
  },
  { name: 'building.rate', unit: 'schedules/s/core', run: rate },
]
