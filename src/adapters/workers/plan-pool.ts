import type { Planner } from '../../controller/ports.ts'
import type { FleetPlan } from '../../core/plan/fleet-job.ts'
import type { PlanJob, Schedule } from '../../core/plan/plan-job.ts'
import { type AskedThread, createAskedThread } from './asked-thread.ts'
import type { FleetRequest, FleetWorkerData } from './fleet-worker.ts'
import { PATIENCE, type Patience, patienceMs } from './patience.ts'
import type { PlanRequest } from './plan-worker.ts'

interface PlanAnswer {
  readonly id: number
  readonly plans: readonly Schedule[]
  readonly ms: number
}

interface FleetAnswer {
  readonly id: number
  readonly plan: FleetPlan
  readonly ms: number
}

// Small enough that the loop has work while the thread has too, large enough to be worth a message.
const PARCEL = 4

/** As usual where left out. */
export interface PlanPoolParts {
  readonly patience?: Patience
  /** What the fleet's thread runs, and those that share a large fleet. */
  readonly fleetFile?: URL
  readonly shardFile?: URL
  /** Fewer buildings are planned in one thread. */
  readonly worthSharing?: number
  /** Fewer are solved together and not searched for their prices. */
  readonly worthSweeping?: number
}

// Fewer buildings are sooner solved than shared.
const WORTH_SHARING = 200
// Where the two methods take about the same time.
const WORTH_SWEEPING = 3000

/** Plans in `count` threads, so that the loop stays free, and the fleet as one in a thread of its own. */
export function createPlanPool(count: number, parts: PlanPoolParts = {}): Planner {
  const { patience = PATIENCE, fleetFile = 'fleet-worker', shardFile } = parts
  const { worthSharing = WORTH_SHARING, worthSweeping = WORTH_SWEEPING } = parts
  const threads = Array.from({ length: count }, () =>
    createAskedThread<PlanRequest, PlanAnswer>('plan-worker'),
  )
  let fleetThread: AskedThread<FleetRequest, FleetAnswer> | undefined
  let solverMs = 0

  async function ask(thread: AskedThread<PlanRequest, PlanAnswer>, jobs: readonly PlanJob[]) {
    const { plans, ms } = await thread.ask({ jobs }, patienceMs(patience, jobs.length))
    solverMs += ms
    return plans
  }

  return {
    plan(jobs) {
      const plans: Promise<Schedule>[] = []
      for (let first = 0, turn = 0; first < jobs.length; first += PARCEL, turn++) {
        const parcel = jobs.slice(first, first + PARCEL)
        const answer = ask(threads[turn % threads.length]!, parcel)
        for (let k = 0; k < parcel.length; k++) plans.push(answer.then((made) => made[k]!))
      }
      return plans
    },
    async planFleet(job) {
      fleetThread ??= createAskedThread<FleetRequest, FleetAnswer>(fleetFile, {
        ...{ threads: count, worthSharing, worthSweeping, patience, shardFile: shardFile?.href },
      } satisfies FleetWorkerData)
      const { plan, ms } = await fleetThread.ask({ job }, patienceMs(patience, job.members.length))
      solverMs += ms
      return plan
    },
    solverMs: () => solverMs,
    async stop() {
      await Promise.all([...threads, ...(fleetThread ? [fleetThread] : [])].map((thread) => thread.stop()))
    },
  }
}
