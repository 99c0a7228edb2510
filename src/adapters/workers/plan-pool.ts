import { Worker } from 'node:worker_threads'
import type { Planner } from '../../controller/ports.ts'
import type { PlanJob, Schedule } from '../../core/plan/plan-job.ts'
import type { PlanRequest } from './plan-worker.ts'
import { workerFile } from './worker-file.ts'

interface Answer {
  readonly id: number
  readonly plans: readonly Schedule[]
  readonly ms: number
}

interface Thread {
  worker: Worker
  readonly waiting: Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>
}

// Small enough that the loop has work while the thread has too, large enough to be worth a message.
const PARCEL = 4

export class PlannerError extends Error {
  override readonly name = 'PlannerError'
}

/** Plans in `count` threads, so that the loop stays free; a thread that dies is replaced, its jobs reject. */
export function createPlanPool(count: number): Planner {
  let stopped = false
  let nextId = 0
  let solverMs = 0
  const threads = Array.from({ length: count }, () => startThread())

  function startThread(): Thread {
    const thread: Thread = { worker: new Worker(workerFile('plan-worker')), waiting: new Map() }
    const fail = (error: Error) => {
      for (const { reject } of thread.waiting.values()) reject(error)
      thread.waiting.clear()
    }
    thread.worker.on('message', (answer: Answer) => {
      thread.waiting.get(answer.id)?.resolve(answer)
      thread.waiting.delete(answer.id)
    })
    thread.worker.on('error', (cause) => fail(new PlannerError('a planner thread failed', { cause })))
    thread.worker.on('exit', (code) => {
      fail(new PlannerError(`a planner thread ended with code ${code}`))
      if (!stopped) threads[threads.indexOf(thread)] = startThread()
    })
    return thread
  }

  async function ask(thread: Thread, jobs: readonly PlanJob[]): Promise<readonly Schedule[]> {
    const id = nextId++
    const answer = await new Promise<Answer>((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject })
      thread.worker.postMessage({ id, jobs } satisfies PlanRequest)
    })
    solverMs += answer.ms
    return answer.plans
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
    solverMs: () => solverMs,
    async stop() {
      stopped = true
      await Promise.all(threads.map((thread) => thread.worker.terminate()))
    },
  }
}
