import { createRequire } from 'node:module'
import type { ModelData } from 'highs'

// Its types describe the CommonJS build, so that is the one to load.
const { default: loadHighs }: typeof import('highs') = createRequire(import.meta.url)('highs')
const highs = await loadHighs()

/** The optimum of a model and how long HiGHS ran for it, processor time in ms; undefined where HiGHS gives up. */
export function solveWithHighs(
  data: ModelData,
  qpIterations = 2 ** 31 - 1,
  options: Record<string, string | number> = {},
): { objective: number; ms: number } | undefined {
  const model = highs.createModel(data)
  try {
    // Its active set method cycles for ever on some of these problems, hence a limit that is no time.
    model.options.set({ output_flag: false, qp_iteration_limit: qpIterations, ...options })
    const before = process.cpuUsage()
    model.run()
    const { user, system } = process.cpuUsage(before)
    const ms = (user + system) / 1000
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined
    return { objective: model.getObjectiveValue(), ms }
  } catch {
    // Its active-set method refuses some of these problems by throwing; that is an answer, not a fault here.
    return undefined
  } finally {
    model.dispose()
  }
}
