import type { ControllerState } from '../controller-state.ts'
import { planTogether } from '../plan-together.ts'
import type { PlanWith } from './judge-order.ts'

/** The whole fleet planned as the next turn would plan it; undefined where no plan comes about. */
export function planWith(state: ControllerState): PlanWith {
  return async (demand, now) => {
    const { members, outlook, setup, flows: before, meter, misses, outcomes } = state
    if (!outlook) return undefined
    const { planner, control: limits } = setup
    const production = meter?.production() ?? setup.production
    const ties = { members, production, demand, wantsFlows: true, before, misses }
    const terms = { planner, limits, ties, outcomes }
    const { planned, flows } = await planTogether(terms, members, outlook, now)
    if (!flows) return undefined
    const nothing = new Float64Array(outlook.slots)
    return {
      start: outlook.start,
      schedules: planned.map(({ schedule }) => schedule),
      flowKw(branch) {
        const node = branch === undefined ? 0 : flows.nodeOf.get(branch)
        return (node === undefined ? undefined : flows.plan.flowKw[node]) ?? nothing
      },
    }
  }
}
