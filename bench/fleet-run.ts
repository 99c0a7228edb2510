import { createAskedThread } from '../src/adapters/workers/asked-thread.ts'
import { loadDense, loadFleetMembers } from '../src/adapters/workers/load-kernel.ts'
import { type RoundValue, remoteMembers } from '../src/adapters/workers/round-messages.ts'
import { remoteSweeps, type SweepValue } from '../src/adapters/workers/sweep-messages.ts'
import type { FleetQpResult } from '../src/core/math/fleet/fleet-qp.ts'
import type { Network } from '../src/core/math/fleet/gates.ts'
import { joinMembers } from '../src/core/math/fleet/joined-members.ts'
import { joinSweeps } from '../src/core/math/fleet/price-sqp/joined-sweeps.ts'
import { type CityEngine, type FleetEngine, solveFleetQp } from '../src/core/math/fleet/solve-fleet-qp.ts'
import {
  type StudyFleet,
  type StudyTotals,
  studyPlant,
  sumTotals,
} from '../tests/fixtures/solver/study-fleet.ts'
import type { BenchRequest, ShardData } from './fleet-shard.ts'

/** One fleet in a process of its own, so that what it takes of memory is its own: fleet-run.js SIZE THREADS STUDY [swept]. */
export interface FleetFigures {
  readonly coldMs: number
  /** Of all threads together. */
  readonly coldCpuMs: number
  readonly replanMs: number
  readonly iterations: readonly [cold: number, replan: number]
  readonly gap: number
  readonly violation: number
  readonly rssMb: number
  readonly status: string
}

interface Answer {
  readonly id: number
  readonly value: RoundValue | SweepValue | StudyTotals | undefined
}

const [size, count] = [Number(process.argv[2]), Number(process.argv[3])]
const study: StudyFleet = JSON.parse(process.argv[4])
const isSwept = process.argv[5] === 'swept'
// As in the planner.
const SAFEGUARD_MOST = 30_000
const createMembers = loadFleetMembers()
const SETTINGS = { gap: 1e-4, maxIterations: 60 }
const WARM_UP = 200

await measure(WARM_UP)
console.log(JSON.stringify(await measure(size)))

async function measure(many: number): Promise<FleetFigures> {
  const threads = Array.from({ length: count }, (_, i) =>
    createAskedThread<BenchRequest, Answer>(new URL('./fleet-shard.js', import.meta.url), {
      ...{ study, from: Math.floor((i * many) / count), to: Math.floor(((i + 1) * many) / count) },
    } satisfies ShardData),
  )
  const totals = await Promise.all(
    threads.map(async (thread) => (await thread.ask({ round: 'totals' })).value),
  )
  const qp = { ...studyPlant(study, sumTotals(totals as StudyTotals[])), members: [] }
  const dense = loadDense()

  const make = (again: boolean) =>
    Promise.all(threads.map((thread) => thread.ask({ round: 'make', again, swept: isSwept })))

  function engine(): FleetEngine {
    const keep = (network: Network, swept: boolean) =>
      Promise.all(threads.map((thread) => thread.ask({ round: 'keep', network, swept })))
    const city: CityEngine = {
      async sweeps(network) {
        await keep(network, true)
        const remotes = threads.map((thread) =>
          remoteSweeps(async <V extends SweepValue>(request: Parameters<typeof thread.ask>[0]) => {
            return (await thread.ask(request)).value as V
          }),
        )
        return joinSweeps(remotes, network)
      },
      core: createMembers,
      isSafeguarded: many <= SAFEGUARD_MOST,
    }
    return {
      dense,
      async members(network) {
        await keep(network, false)
        const remotes = threads.map((thread) =>
          remoteMembers(async <V extends RoundValue>(request: Parameters<typeof thread.ask>[0]) => {
            return (await thread.ask(request)).value as V
          }),
        )
        return joinMembers(remotes, network)
      },
      ...(isSwept && { city }),
    }
  }

  await make(false)
  const cpu = process.cpuUsage()
  const started = performance.now()
  const cold = await solveFleetQp(qp, SETTINGS, engine())
  const coldMs = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  const warmStart = { nodePrice: cold.nodePrice, u: [] }
  await make(true)
  const again = performance.now()
  const replan = await solveFleetQp(qp, { ...SETTINGS, warmStart }, engine())
  const replanMs = performance.now() - again
  await Promise.all(threads.map((thread) => thread.stop()))
  const worst = (pick: (result: FleetQpResult) => number) => Math.max(pick(cold), pick(replan))
  return {
    ...{
      coldMs,
      coldCpuMs: (user + system) / 1000,
      replanMs,
      iterations: [cold.iterations, replan.iterations],
      status: cold.status + replan.status,
    },
    gap: worst(({ gap }) => gap),
    violation: worst(({ violation }) => Math.max(...violation)),
    rssMb: process.resourceUsage().maxRSS / 1024,
  }
}
