import {
  FLEET_FAULTS,
  FLEET_OUTCOMES,
  type FleetFault,
  type FleetMishapKind,
  type FleetOutcome,
} from '../core/domain/fleet-outcome.ts'
import type { FleetJob, FleetPlan } from '../core/plan/fleet-job.ts'
import type { Trouble } from './trouble.ts'

/** How the plans of the fleet came out since the start: counted, and what an operator should know is said. */
export interface PlanOutcomes {
  /** Whether there is a plan to go by; where there is none, that is said. */
  made(job: FleetJob, plan: FleetPlan): boolean
  failed(error: unknown): void
  readonly byOutcome: Readonly<Record<FleetOutcome, number>>
  readonly byFault: Readonly<Record<FleetFault, number>>
}

export class FleetPlanError extends Error {
  override readonly name = 'FleetPlanError'
}

/** A plan's own rounding breaks a cap by less. */
const BROKEN_RATIO = 1e-3
/** So many buildings are named. */
const NAMED = 20

export function createPlanOutcomes(trouble: Pick<Trouble, 'note' | 'warn'>): PlanOutcomes {
  const byOutcome = zeros(FLEET_OUTCOMES)
  const byFault = zeros(FLEET_FAULTS)

  function notPlanned(outcome: 'not-finite' | 'failed', error: unknown): void {
    byOutcome[outcome]++
    trouble.note(error, 'fleet not planned')
  }

  function warn(job: FleetJob, { certificate, mishaps = [] }: FleetPlan): void {
    for (const { what, detail } of mishaps) {
      byFault[what]++
      if (isLoss(what)) trouble.warn('fleet planned without its threads', { mishap: what, detail })
    }
    const { status, gap, iterations, excluded, violation, co2ExcessKg } = certificate
    if (status === 'max-iterations') trouble.warn('fleet plan not proven', { gap, iterations })
    if (excluded.length > 0) {
      byFault['left-out']++
      const named = excluded.slice(0, NAMED)
      trouble.warn('buildings left out of the fleet plan', { buildings: excluded.length, named })
    }
    const worst = violation.reduce((most, share) => Math.max(most, share), 0)
    if (worst > BROKEN_RATIO) {
      byFault['cap-broken']++
      trouble.warn('cap cannot be kept', { excessRatio: worst, places: violation.filter(isBroken).length })
    }
    if (co2ExcessKg > BROKEN_RATIO * job.co2CapKg) {
      byFault['co2-cap-broken']++
      trouble.warn('emissions cannot be kept under their cap', { excessKg: co2ExcessKg })
    }
  }

  return {
    made(job, plan) {
      const { status } = plan.certificate
      if (status === 'not-finite') {
        notPlanned(status, new FleetPlanError('the fleet’s numbers could not be calculated with'))
        return false
      }
      byOutcome[status === 'solved' ? 'proven' : 'unproven']++
      warn(job, plan)
      return true
    },
    failed: (error) => notPlanned('failed', error),
    byOutcome,
    byFault,
  }
}

const isBroken = (share: number) => share > BROKEN_RATIO

/** What found no proof was only the first of several ways. */
function isLoss(what: FleetMishapKind): boolean {
  return what !== 'shard-unproven' && what !== 'kernel-unproven'
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
}
