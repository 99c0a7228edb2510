import type { BaselineError } from '../../core/domain/order.ts'
import { baselineError, type ScoredPlan } from '../../core/verify/baseline-error.ts'
import type { Member } from '../member.ts'
import type { MeteredHeat } from './settle-orders.ts'

/** How far the meters of the last hours were from what plans had expected of them. */
export interface PlanMisses {
  /** Once a slot: the one that ended. */
  note(facts: MissFacts): void
  /** Of all buildings on these branches together; '' are those on none. Undefined where too little is known. */
  error(isThere: (branch: string | undefined) => boolean): BaselineError | undefined
}

export interface MissFacts {
  readonly members: readonly Member[]
  readonly metered: (member: Member) => MeteredHeat | undefined
  /** What the meter was to show in that slot, by the plan that the building had. */
  readonly plannedKw: (member: Member) => number
}

/** Six hours: long enough to see a bias, short enough to be of this weather. */
const REMEMBERED = 24

export function createPlanMisses(): PlanMisses {
  /** Oldest first; a slot's sums by branch. */
  const slots: ReadonlyMap<string | undefined, ScoredPlan>[] = []
  return {
    note(facts) {
      slots.push(scoredByBranch(facts))
      if (slots.length > REMEMBERED) slots.shift()
    },
    error(isThere) {
      return baselineError(
        slots.flatMap((byBranch) => {
          const here = [...byBranch].flatMap(([branch, scored]) => (isThere(branch) ? [scored] : []))
          return here.length > 0 ? [here.reduce(added)] : []
        }),
      )
    },
  }
}

/** Those that were heard: for who was silent nothing is compared. */
function scoredByBranch({ members, metered, plannedKw }: MissFacts) {
  const byBranch = new Map<string | undefined, ScoredPlan>()
  for (const member of members) {
    const heat = metered(member)
    if (!heat) continue
    const one = { plannedKw: plannedKw(member), meteredKw: heat.totalKw }
    const { branch } = member.building
    const before = byBranch.get(branch)
    byBranch.set(branch, before ? added(before, one) : one)
  }
  return byBranch
}

function added(a: ScoredPlan, b: ScoredPlan): ScoredPlan {
  return { plannedKw: a.plannedKw + b.plannedKw, meteredKw: a.meteredKw + b.meteredKw }
}
