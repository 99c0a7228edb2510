import type { Planner } from '../controller/ports.ts'
import { createAnswersAwaited } from './answers-awaited.ts'

export interface WatchedPlanner extends Planner {
  /** Resolves with the next plan, made or failed; undefined where none is being made. */
  next(): Promise<void> | undefined
}

/** The same planner, so that who waits for its plans may sleep until one comes. */
export function watchPlanner(planner: Planner): WatchedPlanner {
  const answers = createAnswersAwaited()
  return {
    plan(jobs) {
      const plans = planner.plan(jobs)
      for (const plan of plans) answers.expect(plan)
      return plans
    },
    planFleet(job) {
      const plan = planner.planFleet(job)
      answers.expect(plan)
      return plan
    },
    next: answers.next,
    solverMs: () => planner.solverMs(),
    stop: () => planner.stop(),
  }
}
