import { Worker } from 'node:worker_threads'
import { PlannerError } from './planner-error.ts'
import { workerFile } from './worker-file.ts'

interface Numbered {
  readonly id: number
}

/** Of a union, each of its kinds. */
type Unnumbered<Q> = Q extends unknown ? Omit<Q, 'id'> : never

interface Waiting<A> {
  resolve(answer: A): void
  reject(error: Error): void
  readonly timer: NodeJS.Timeout
}

/**
 * A thread that answers each request by its number. Where it dies, or one answer takes longer than `limitMs`, all that
 * it was asked rejects, and the next request starts another: one that cannot live is not started over and over.
 */
export interface AskedThread<Q extends Numbered, A extends Numbered> {
  ask(request: Unnumbered<Q>, limitMs?: number): Promise<A>
  stop(): Promise<void>
}

// Nobody waits for ever, whatever was asked.
const LONGEST_MS = 600_000

export function createAskedThread<Q extends Numbered, A extends Numbered>(
  file: string | URL,
  workerData?: object,
): AskedThread<Q, A> {
  const waiting = new Map<number, Waiting<A>>()
  let nextId = 0
  let isStopped = false
  let worker: Worker | undefined = start()

  function start(): Worker {
    const thread = new Worker(typeof file === 'string' ? workerFile(file) : file, { workerData })
    thread.on('message', (answer: A) => {
      taken(answer.id)?.resolve(answer)
    })
    // An error is the end: what is asked before the exit is told must not go to the dying.
    thread.on('error', (cause) => end(thread, new PlannerError('died', 'a planner thread failed', { cause })))
    thread.on('exit', (code) =>
      end(thread, new PlannerError('died', `a planner thread ended with code ${code}`)),
    )
    return thread
  }

  function taken(id: number): Waiting<A> | undefined {
    const asked = waiting.get(id)
    clearTimeout(asked?.timer)
    waiting.delete(id)
    return asked
  }

  function end(thread: Worker, error: PlannerError): void {
    if (thread !== worker) return
    worker = undefined
    for (const id of [...waiting.keys()]) taken(id)?.reject(error)
  }

  function giveUp(thread: Worker, limitMs: number): void {
    end(thread, new PlannerError('silent', `a planner thread gave no answer in ${Math.round(limitMs)} ms`))
    void thread.terminate()
  }

  return {
    ask(request, limitMs = LONGEST_MS) {
      if (isStopped) return Promise.reject(new PlannerError('stopped', 'no plan is made any more'))
      const id = nextId++
      worker ??= start()
      const thread = worker
      return new Promise<A>((resolve, reject) => {
        waiting.set(id, { resolve, reject, timer: setTimeout(() => giveUp(thread, limitMs), limitMs) })
        thread.postMessage({ ...request, id })
      })
    },
    async stop() {
      isStopped = true
      await worker?.terminate()
    },
  }
}
