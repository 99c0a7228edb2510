import type { BuildingQp, BuildingQpResult, BuildingQpSettings } from '../building-qp.ts'
import type { BuildingTask } from '../building-task.ts'
import { hasFiniteScalars } from '../finite-qp.ts'
import type { BuildingModules } from './building-module.ts'
import { createPairMemory, type PairAnswer, type PairMemory } from './pair-memory.ts'
import { createReferenceKernel } from './reference-kernel.ts'

export type KernelSettings = Pick<BuildingQpSettings, 'gap' | 'maxIterations'>

export interface BuildingKernel {
  /** One result a task, in their order; a building's is the same to the bit whatever else is solved with it. */
  solve(tasks: readonly BuildingTask[], settings: KernelSettings): BuildingQpResult[]
}

// A start too near to the limits jams; the cold one then costs less than going on.
const WARM_ITERATIONS = 12

interface Work {
  readonly task: BuildingTask
  spent: number
  result: BuildingQpResult | undefined
}

/** The compiled solver; what it cannot certify the reference solves. */
export function createBuildingKernel(
  modules: BuildingModules,
  reference: BuildingKernel = createReferenceKernel(),
): BuildingKernel {
  const plain = createPairMemory(modules.plain)
  const full = createPairMemory(modules.full)
  const memoryOf = ({ emitter, peak }: BuildingQp) => (emitter || peak ? full : plain)
  return {
    solve(tasks, { gap, maxIterations }) {
      const works = tasks.map((task): Work => ({ task, spent: 0, result: undefined }))
      const able = works.filter(({ task }) => task.qp.n > 0 && hasFiniteScalars(task.qp))
      const warm = able.filter(({ task }) => isWarm(task))
      solvePairs(warm, memoryOf, { gap, maxIterations: Math.min(WARM_ITERATIONS, maxIterations) }, true)
      const cold = able.filter(({ result }) => result === undefined)
      solvePairs(cold, memoryOf, { gap, maxIterations }, false)
      return works.map(({ task, result }) => result ?? reference.solve([task], { gap, maxIterations })[0])
    },
  }
}

function isWarm({ warmStart }: BuildingTask): boolean {
  return warmStart !== undefined && warmStart.length > 0 && warmStart.every(Number.isFinite)
}

/** Two by two; whose partner is missing is put beside itself. */
function solvePairs(
  works: readonly Work[],
  memoryOf: (qp: BuildingQp) => PairMemory,
  settings: KernelSettings,
  warm: boolean,
) {
  for (const alike of alikes(works).values()) {
    for (let k = 0; k < alike.length; k += 2) {
      const first = alike[k]
      const second = alike[k + 1] ?? first
      const answers = memoryOf(first.task.qp).solve(first.task, second.task, settings, warm)
      accept(first, answers[0], settings.gap)
      if (second !== first) accept(second, answers[1], settings.gap)
    }
  }
}

/** Lanes run in step, so both must have the same steps, states and inequalities. */
function alikes(works: readonly Work[]): Map<string, Work[]> {
  const groups = new Map<string, Work[]>()
  for (const work of works) {
    const { n, rateKw, emitter, peak } = work.task.qp
    const key = [n, Number.isFinite(rateKw), peak !== undefined, (emitter ?? peak) !== undefined].join()
    const group = groups.get(key)
    if (group) group.push(work)
    else groups.set(key, [work])
  }
  return groups
}

/** Keeps an answer that proves itself; NaN never does. */
function accept(work: Work, answer: PairAnswer, gap: number): void {
  const { solved, ...plan } = answer
  work.spent += plan.iterations
  if (!solved || !(plan.gap <= gap) || !Number.isFinite(plan.objective)) return
  work.result = { ...plan, status: 'solved', iterations: work.spent }
}
