import { Worker } from 'node:worker_threads'
import type { Identifier } from '../../controller/ports.ts'
import type { NightFitJob } from '../../core/state/night-fit.ts'
import type { Refit } from '../../core/thermal/identify/refit-building.ts'
import { workerFile } from './worker-file.ts'

interface Asked {
  readonly job: NightFitJob
  readonly resolve: (refit: Refit) => void
  readonly reject: (error: Error) => void
}

export class IdentifierError extends Error {
  override readonly name = 'IdentifierError'
}

/** Fits in up to `count` threads, which live only while there is work: it comes once a night. */
export function createFitPool(count: number): Identifier {
  const queue: Asked[] = []
  const threads = new Set<Worker>()
  let isStopped = false

  function work(): void {
    if (queue.length > 0 && threads.size < count) startThread()
  }

  function startThread(): void {
    const worker = new Worker(workerFile('fit-worker'))
    let current: Asked | undefined
    threads.add(worker)
    const next = () => {
      current = queue.shift()
      if (current) worker.postMessage(current.job)
      else void worker.terminate()
    }
    const fail = (error: Error) => {
      current?.reject(error)
      current = undefined
    }
    worker.on('message', (refit: Refit) => {
      current?.resolve(refit)
      next()
    })
    worker.on('error', (cause) => fail(new IdentifierError('a fit failed', { cause })))
    worker.on('exit', (code) => {
      threads.delete(worker)
      fail(new IdentifierError(`a fit's thread ended with code ${code}`))
      work()
    })
    next()
  }

  return {
    fit(job) {
      if (isStopped) return Promise.reject(new IdentifierError('no fit is made any more'))
      return new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject })
        work()
      })
    },
    async stop() {
      isStopped = true
      for (const { reject } of queue.splice(0)) reject(new IdentifierError('no fit is made any more'))
      await Promise.all([...threads].map((worker) => worker.terminate()))
    },
  }
}
