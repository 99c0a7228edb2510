import { Worker } from 'node:worker_threads'
import type { JobName, Jobs } from './jobs.ts'

/** Threads for a replay's physics: each job runs alone, answers come in the order of the jobs. */
export interface JobPool {
  map<N extends JobName>(name: N, inputs: readonly Jobs[N]['input'][]): Promise<Jobs[N]['output'][]>
  /** Time spent working, ms, over all threads. */
  readonly ms: number
  stop(): Promise<void>
}

// Threads run JavaScript alone: code that runs from its sources, as tests do, starts the built script.
const script = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/src/replay/job-worker.js', import.meta.url)
  : new URL('./job-worker.js', import.meta.url)

export function createJobPool(threads: number): JobPool {
  const workers = Array.from({ length: threads }, () => new Worker(script))
  let ms = 0
  return {
    async map<N extends JobName>(name: N, inputs: readonly Jobs[N]['input'][]) {
      const outputs: Jobs[N]['output'][] = []
      let next = 0
      const drain = async (worker: Worker) => {
        while (next < inputs.length) {
          const id = next++
          const done = await ask(worker, { id, name, input: inputs[id] })
          outputs[id] = done.output as Jobs[N]['output']
          ms += done.ms
        }
      }
      await Promise.all(workers.map(drain))
      return outputs
    },
    get ms() {
      return ms
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function ask(worker: Worker, message: object): Promise<{ output: unknown; ms: number }> {
  return new Promise((resolve, reject) => {
    const onError = (error: unknown) => reject(error instanceof Error ? error : new Error(String(error)))
    worker.once('error', onError)
    worker.once('message', (answer: { output: unknown; ms: number }) => {
      worker.off('error', onError)
      resolve(answer)
    })
    worker.postMessage(message)
  })
}
