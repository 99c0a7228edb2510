import type { Schedule } from '../../core/plan/plan-job.ts'
import type { ControllerState } from '../controller-state.ts'
import { memberDemand } from '../member-demand.ts'
import { learnerSteering } from '../member-learning.ts'
import { memberOutlook, planJob, steeringOf } from '../plan-member.ts'
import { yieldToHotWater } from '../yield-to-hot-water.ts'
import type { PlanWith } from './judge-order.ts'
import { networkPlaces } from './network-places.ts'

/** Each building by itself: what orders want of the flow is not met by these, only what they want of buildings. */
export function planAlone(state: ControllerState): PlanWith {
  return async (demand, now) => {
    const { members, outlook, setup } = state
    if (!outlook) return undefined
    const { control, production } = setup
    const jobs = members.flatMap((member) => {
      const steering = steeringOf(control, member, outlook, now)
      if (learnerSteering(member, steering, now, control.planFrom).kind !== 'plan') return []
      const { belief } = member.timeline
      const own = yieldToHotWater(belief, memberOutlook(member, outlook, now), member.building.comfort.minC)
      return demand.jobOf(member, planJob(member, own, now))
    })
    const schedules = await Promise.all(setup.planner.plan(jobs))
    const planned = new Map<string, Schedule>(schedules.map((schedule) => [schedule.building, schedule]))
    const places = networkPlaces(production?.network.branches ?? [])
    return {
      start: outlook.start,
      schedules,
      flowKw(branch) {
        const sum = new Float64Array(outlook.slots)
        for (const member of members) {
          if (!places.isUnder(member.building.branch, branch)) continue
          const { expectedKw } = memberDemand(member, outlook, now, planned.get(member.building.id) ?? null)
          for (let k = 0; k < sum.length; k++) sum[k]! += expectedKw[k]!
        }
        return sum
      },
    }
  }
}
