import type { Planner } from '../controller/ports.ts'

export interface WatchedPlanner extends Planner {
  /** Resolves with the next plan, made or failed; undefined where none is being made. */
  next(): Promise<void> | undefined
}

/** The same planner, so that who waits for its plans may sleep until one comes. */
export function watchPlanner(planner: Planner): WatchedPlanner {
  let underWay = 0
  let waiting: (() => void)[] = []
  const answered = () => {
    underWay--
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  return {
    plan(jobs) {
      const plans = planner.plan(jobs)
      underWay += plans.length
      for (const plan of plans) void plan.then(answered, answered)
      return plans
    },
    next() {
      if (underWay === 0) return undefined
      return new Promise((resolve) => waiting.push(resolve))
    },
    solverMs: () => planner.solverMs(),
    stop: () => planner.stop(),
  }
}
