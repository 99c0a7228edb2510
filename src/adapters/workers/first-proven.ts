import type { FleetQpResult } from '../../core/math/fleet/fleet-qp.ts'
import type { FleetMishap } from '../../core/plan/fleet-job.ts'
import { PlannerError } from './planner-error.ts'

/** One way to solve a fleet. */
export interface Attempt {
  /** Whose mishap it is; the last resort has none to tell. */
  readonly by: 'shard' | 'kernel' | undefined
  run(): Promise<FleetQpResult>
}

export interface Proven {
  readonly result: FleetQpResult
  readonly mishaps: readonly FleetMishap[]
}

/**
 * One way after the other until a plan is proven; else the plan with the smallest gap, which says so itself. Rejects
 * where none gives a plan at all.
 */
export async function firstProven(attempts: readonly Attempt[]): Promise<Proven> {
  const mishaps: FleetMishap[] = []
  let best: FleetQpResult | undefined
  let cause: unknown
  for (const { by, run } of attempts) {
    try {
      const result = await run()
      best = best && best.gap <= result.gap ? best : result
      if (result.status === 'solved') break
      // Numbers that nobody can calculate with are no solver's mishap.
      if (by && result.status === 'max-iterations') mishaps.push(unproven(by, result))
    } catch (error) {
      cause = error
      if (by) mishaps.push(fallen(by, error))
    }
  }
  if (!best) throw new PlannerError('died', 'no solver gave a plan of the fleet', { cause })
  return { result: best, mishaps }
}

function unproven(by: 'shard' | 'kernel', { gap, iterations }: FleetQpResult): FleetMishap {
  return { what: `${by}-unproven`, detail: `a gap of ${gap.toExponential(1)} after ${iterations} iterations` }
}

function fallen(by: 'shard' | 'kernel', error: unknown): FleetMishap {
  const detail = messages(error)
  if (by === 'shard' && error instanceof PlannerError && error.why === 'silent') {
    return { what: 'shard-silent', detail }
  }
  return { what: `${by}-died`, detail }
}

/** With the cause, which is what there is to mend. */
function messages(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${messages(error.cause)}`
}
