import { parentPort } from 'node:worker_threads'
import { type NightFitJob, nightFit } from '../../core/state/night-fit.ts'

parentPort?.on('message', (job: NightFitJob) => {
  parentPort?.postMessage(nightFit(job))
})
