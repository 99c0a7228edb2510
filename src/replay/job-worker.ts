import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { type JobName, runJob } from './jobs.ts'

// The controlled run is one long chain, these jobs fill the gaps in it. Only Linux has priorities by thread.
const BEHIND = 10
if (process.platform === 'linux') setPriority(0, BEHIND)

parentPort?.on('message', ({ id, name, input }: { id: number; name: JobName; input: never }) => {
  const began = performance.now()
  const output = runJob(name, input)
  parentPort?.postMessage({ id, output, ms: performance.now() - began })
})
