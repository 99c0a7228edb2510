import type { BuildingRun } from './accumulate.ts'
import { billed } from './billed.ts'
import type { ControlledSetup } from './controlled-run.ts'
import type { JobPool } from './job-pool.ts'
import type { BesideRuns } from './lives.ts'
import { equalCutLimits } from './network/equal-cut.ts'
import type { NetworkTruth } from './network/network-truth.ts'
import type { FleetRuns } from './savings.ts'
import { physicsJob, type Scene } from './street.ts'
import { UNTOLD } from './without-control.ts'

export interface BesideGround {
  readonly scene: Scene
  readonly runs: FleetRuns
  readonly truth: NetworkTruth | undefined
  readonly pool: JobPool
  readonly say: (line: string) => void
}

type Live = (how: Partial<ControlledSetup>) => Promise<readonly BuildingRun[]>

/** The lives that a scenario wants beside the three of every replay; one with orders is always lived without them too. */
export async function liveBeside(ground: BesideGround, live: Live): Promise<BesideRuns> {
  const { scenario } = ground.scene
  const wanted = new Set(scenario.beside)
  if (scenario.orders.length > 0 || scenario.calls) wanted.add('uncalled')
  const lived = async (
    name: Parameters<typeof wanted.has>[0],
    run: () => Promise<readonly BuildingRun[] | undefined>,
  ) => {
    if (!wanted.has(name)) return undefined
    ground.say(`the same days: ${name}`)
    return await run()
  }
  return {
    equalCut: await lived('equal-cut', () => liveEqualCut(ground)),
    uncoordinated: await lived('uncoordinated', () => live({ production: undefined })),
    uncalled: await lived('uncalled', () => live({})),
  }
}

async function liveEqualCut({ scene, runs, truth, pool }: BesideGround) {
  if (!truth) return undefined
  const limits = equalCutLimits(runs.asFound, truth.placed, truth.branches, truth.asFound.branches)
  const jobs = scene.street.map(({ spec }, i) => ({ ...physicsJob(scene, spec), limitKw: limits[i]! }))
  const traces = await pool.map('limited', jobs)
  return traces.map((trace, i) => billed(scene, scene.street[i]!, { trace, ...UNTOLD }))
}
