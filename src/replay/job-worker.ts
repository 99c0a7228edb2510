import { parentPort } from 'node:worker_threads'
import { type JobName, runJob } from './jobs.ts'

parentPort?.on('message', ({ id, name, input }: { id: number; name: JobName; input: never }) => {
  const began = performance.now()
  const output = runJob(name, input)
  parentPort?.postMessage({ id, output, ms: performance.now() - began })
})
