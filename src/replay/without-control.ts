import { offsetReach } from '../core/dispatch/dispatch-building.ts'
import type { BuildingRun } from './accumulate.ts'
import type { Baselines } from './baseline-job.ts'
import { billed, heatPrice } from './billed.ts'
import type { BuildingBound } from './bound.ts'
import type { JobPool } from './job-pool.ts'
import type { Scenario } from './scenario.ts'
import { physicsJob, type Scene, sendable } from './street.ts'

export interface WithoutControl {
  readonly baselines: Promise<readonly Baselines[]>
  /** Started when it is called: after the baselines. */
  readonly bounds: () => Promise<readonly BuildingBound[] | undefined>
}

/**
 * Baselines and bound, physics alone. Nobody foresees a broken meter, nor whom a cap, an order or a plant's costs ask:
 * with faults, an outage, caps, orders, calls or a plant that plans serve there is no bound on the bill.
 */
export function liveWithoutControl(scene: Scene, pool: JobPool): WithoutControl {
  const { scenario, world, street } = scene
  const jobs = street.map(({ spec }) => physicsJob(scene, spec))
  const baselines = pool.map('baselines', jobs)
  const isForeseeable =
    scenario.faults.length === 0 &&
    !scenario.outage &&
    !isCapped(scenario) &&
    !isForPlant(scenario) &&
    scenario.orders.length === 0 &&
    !scenario.calls
  const bounds = async (): Promise<readonly BuildingBound[] | undefined> => {
    const known = await baselines
    if (!isForeseeable) return undefined
    const inputs = street.map(({ building }, i) => ({
      input: {
        run: jobs[i]!.run,
        tunedShiftK: known[i]!.tunedDown.shiftK,
        asFoundMinC: known[i]!.asFound.minIndoorC,
        eurPerKwh: heatPrice(scene, building),
        offsets: offsetReach(building),
      },
      weather: sendable(world),
    }))
    return pool.map('bound', inputs)
  }
  return { baselines, bounds }
}

function isCapped({ network, capShareOfAsFoundPeak }: Scenario): boolean {
  const caps = [network?.capKw, ...(network?.branches ?? []).map(({ capKw }) => capKw)]
  return Object.keys(capShareOfAsFoundPeak).length > 0 || caps.some((capKw) => capKw !== undefined)
}

/** Whether plans go by what heat costs to make, and not by what it is paid. */
function isForPlant({ plant, network }: Scenario): boolean {
  return plant !== undefined && network?.objective !== 'owner'
}

/** Nobody sets anything. */
export const UNTOLD = { setpointsSent: 0, writes: 0 }

export function asFoundRuns(scene: Scene, baselines: readonly Baselines[]): BuildingRun[] {
  return baselines.map(({ asFound }, i) => billed(scene, scene.street[i]!, { trace: asFound, ...UNTOLD }))
}
