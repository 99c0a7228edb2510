import { Worker } from 'node:worker_threads'
import { workerFile } from './worker-file.ts'

export class PlannerError extends Error {
  override readonly name = 'PlannerError'
}

interface Numbered {
  readonly id: number
}

/** Of a union, each of its kinds. */
type Unnumbered<Q> = Q extends unknown ? Omit<Q, 'id'> : never

interface Waiting<A> {
  resolve(answer: A): void
  reject(error: Error): void
}

/** A thread that answers each request by its number; one that dies is replaced, and what it was asked rejects. */
export interface AskedThread<Q extends Numbered, A extends Numbered> {
  ask(request: Unnumbered<Q>): Promise<A>
  stop(): Promise<void>
}

export function createAskedThread<Q extends Numbered, A extends Numbered>(
  file: string | URL,
  workerData?: object,
): AskedThread<Q, A> {
  const waiting = new Map<number, Waiting<A>>()
  let nextId = 0
  let isStopped = false
  let worker = start()

  function start(): Worker {
    const thread = new Worker(typeof file === 'string' ? workerFile(file) : file, { workerData })
    thread.on('message', (answer: A) => {
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    })
    let isDead = false
    const die = (error: Error) => {
      if (isDead) return
      isDead = true
      fail(error)
      if (!isStopped) worker = start()
    }
    // An error is the end: what is asked before the exit is told must not go to the dying.
    thread.on('error', (cause) => die(new PlannerError('a planner thread failed', { cause })))
    thread.on('exit', (code) => die(new PlannerError(`a planner thread ended with code ${code}`)))
    return thread
  }

  function fail(error: Error): void {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  return {
    ask(request) {
      if (isStopped) return Promise.reject(new PlannerError('no plan is made any more'))
      const id = nextId++
      return new Promise<A>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker.postMessage({ ...request, id })
      })
    },
    async stop() {
      isStopped = true
      await worker.terminate()
    },
  }
}
