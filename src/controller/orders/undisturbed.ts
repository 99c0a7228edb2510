import type { BuildingId } from '../../core/domain/building-id.ts'
import {
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  SLOT_HOURS,
  SLOT_MS,
  slotStart,
} from '../../core/domain/instant.ts'
import type { AcceptedOrder } from '../../core/domain/order.ts'
import { type Burden, bear, NO_BURDEN } from '../../core/plan/orders/fairness.ts'
import type { PlanJob, Schedule } from '../../core/plan/plan-job.ts'
import type { Member } from '../member.ts'
import type { PlannedFleet, PlanWith } from './judge-order.ts'
import type { OrderDemand } from './order-demand.ts'

/** What would be now without orders, as it is known now: the weather turns and people come after a baseline is frozen. */
export interface Undisturbed {
  /** At each regular turn, before it plans: plans once more without orders, from rooms as they would be. */
  look(orders: readonly AcceptedOrder[], now: Instant): Promise<void>
  /** Flow into a branch, or out of the plant, and its steered meters together; undefined where nobody looked. */
  flows(branch: string | undefined): UndisturbedFlows | undefined
}

export interface UndisturbedFlows {
  readonly start: Instant
  readonly flowKw: Float64Array
  readonly meteredKw: Float64Array
}

export interface UndisturbedSetup {
  readonly members: readonly Member[]
  readonly planWith: PlanWith
  readonly meteredKw: (
    schedules: readonly Schedule[],
    branch: string | undefined,
    now: Instant,
  ) => Float64Array
}

interface Looked {
  readonly at: Instant
  readonly planned: PlannedFleet
  readonly heatKw: ReadonlyMap<BuildingId, Float64Array>
}

export function createUndisturbed({ members, planWith, meteredKw }: UndisturbedSetup): Undisturbed {
  /** How far orders have taken each building's rooms from where they would be. */
  const departures = new Map<Member, Burden>()
  let looked: Looked | undefined

  function depart(now: Instant): void {
    if (!looked) return
    for (let at = slotStart(looked.at); at < slotStart(now); at += SLOT_MS) {
      const k = (at - looked.planned.start) / SLOT_MS
      for (const member of members) {
        const without = looked.heatKw.get(member.building.id)?.[k]
        const { plan } = member
        const withOrders = plan?.heatKw[(at - plan.start) / SLOT_MS]
        // By plans on both sides: what models have wrong is wrong in both.
        const moreKw = without === undefined || withOrders === undefined ? 0 : withOrders - without
        departures.set(member, bear(departures.get(member) ?? NO_BURDEN, member.model, moreKw, SLOT_HOURS))
      }
    }
  }

  return {
    async look(orders, now) {
      if (!orders.some((order) => isCounted(order, now))) {
        departures.clear()
        looked = undefined
        return
      }
      depart(now)
      const planned = await planWith(withoutOrders(departures), now)
      if (!planned) return
      const heatKw = new Map(planned.schedules.map((schedule) => [schedule.building, schedule.heatKw]))
      looked = { at: now, planned, heatKw }
    },
    flows(branch) {
      if (!looked) return undefined
      const { at, planned } = looked
      return {
        start: planned.start,
        flowKw: planned.flowKw(branch),
        meteredKw: meteredKw(planned.schedules, branch, at),
      }
    },
  }
}

/** Nothing is prepared longer before; until then the frozen baseline serves. */
const AHEAD_MS = 6 * HOUR_MS

/** Orders that are counted from what would have been, from their preparation to their end. */
function isCounted({ kind, from, until }: AcceptedOrder, now: Instant): boolean {
  const isNear = now >= from - AHEAD_MS && now < until + MINUTE_MS
  return (kind === 'reduce' || kind === 'increase') && isNear
}

function withoutOrders(departures: ReadonlyMap<Member, Burden>): OrderDemand {
  return {
    isWanted: true,
    jobOf: (member, job) => returned(job, departures.get(member) ?? NO_BURDEN),
    weightOf: () => 1,
    limits: () => [],
  }
}

function returned(job: PlanJob, { airK, massK }: Burden): PlanJob {
  return { ...job, airC: job.airC - airK, massC: job.massC - massK }
}
