import { buildingObjective } from '../../building-objective.ts'
import type { BuildingQp } from '../../building-qp.ts'
import { dropMultipliers, rollOut, startAt, startCold } from '../../central-start.ts'
import { correctNewton } from '../../correct-newton.ts'
import { dualityGap } from '../../duality-gap.ts'
import { expectedBill, leastBill } from '../../expected-bill.ts'
import { factorNewton } from '../../factor-newton.ts'
import { followPath } from '../../follow-path.ts'
import { createReferenceKernel } from '../../kernel/reference-kernel.ts'
import { findRateLimits } from '../../rate-limits.ts'
import { notFinite, withinBounds } from '../../solve-building-qp.ts'
import { createWorkspace, type Workspace } from '../../workspace.ts'
import { solveAlone } from '../alone.ts'
import type { FleetMember } from '../fleet-qp.ts'
import type { Network } from '../gates.ts'
import { isPlannable } from '../plannable.ts'
import { addPriceResponse, symmetrise } from '../price-response.ts'
import { rollDirection } from '../tilt-newton.ts'
import { addUpstream, priceDownstream } from '../ways.ts'
import { pickCore } from './coreset.ts'
import { createMemberPlans, type MemberPlans } from './member-plans.ts'
import type { MemberSweeps, SweepAim } from './member-sweeps.ts'

const COLD = 2
const COLD_STEPS = 60
// A start too near to its limits jams; the cold one then costs less than going on.
const WARM_STEPS = 20

/** The reference: every building in this thread by the building solver's own steps, and all of them asked. */
export function createLocalSweeps(
  members: readonly FleetMember[],
  network: Network,
  earlier?: readonly (Float64Array | undefined)[],
): MemberSweeps {
  const { n, gates, places } = network
  const plans = createMemberPlans(members.length, n, earlier)
  const able = members.flatMap(({ qp }, i) => (isPlannable(qp) ? [i] : []))
  const ws = createWorkspace(n)
  return {
    alone: async (settings) => solveAlone(members, createReferenceKernel(), settings, earlier),
    core: async (count) =>
      pickCore(
        able.map((i) => members[i].node),
        (i) => members[able[i]],
        count,
      ),

    async sweep(prices, aim) {
      const heat = gates.map(() => new Float64Array(n))
      const drift = gates.map(() => new Float64Array(n))
      const answer = gates.map(() => new Float64Array(n * n))
      const way0 = new Float64Array(n)
      const sums = { objective: 0, gap: 0, ownBill: 0, leastBill: 0, iterations: 0, lost: 0 }
      if (aim.anew) plans.forget()
      for (const i of able) {
        const { gate, way } = places[members[i].node]
        const own = withinBounds(members[i].qp)
        const qp = { ...own, price: new Float64Array(n) }
        priceDownstream(way, prices[gate], qp.price)
        for (let k = 0; k < n; k++) qp.price[k] += own.price[k]
        const { iterations, arrived, rows } = settle(qp, ws, plans, i, aim)
        sums.iterations += iterations
        sums.lost += arrived ? 0 : 1
        factorNewton(qp, ws)
        addPriceResponse(qp, ws, way, answer[gate])
        addUpstream(way, ws.u.subarray(0, n), heat[gate])
        const gap = dualityGap(qp, ws)
        driftOf(qp, ws, (aim.nextShare * plans.scaleEur[i]) / rows, way0)
        addUpstream(way, way0, drift[gate])
        plans.gap[i] = gap / expectedBill(qp, ws)
        sums.gap += gap
        sums.objective += buildingObjective(own, ws).objective
        sums.leastBill += leastBill(qp, ws)
        for (let k = 0; k < n; k++) sums.ownBill += Math.abs(own.price[k]) * ws.u[k]
        plans.keep(i, ws.u.subarray(0, n))
      }
      for (const square of answer) symmetrise(square, n)
      return { heat, drift, answer, ...sums }
    },

    finish: async () =>
      members.map(({ qp }, i) => {
        const plan = plans.heat(i)
        if (!plan) return notFinite(n)
        findRateLimits(qp, ws)
        ws.u.set(plan)
        rollOut(qp, ws)
        const [u, ti, tm] = [plan.slice(), ws.ti.slice(0, n), ws.tm.slice(0, n)]
        const costs = buildingObjective(qp, { u, ti, tm })
        return { status: 'solved' as const, iterations: 0, u, ti, tm, gap: plans.gap[i], ...costs }
      }),
  }
}

/** To the central point, from the plan there is; what does not arrive from there starts anew. */
function settle(qp: BuildingQp, ws: Workspace, plans: MemberPlans, i: number, { share, distance }: SweepAim) {
  const plan = plans.heat(i)
  let iterations = 0
  let arrived = false
  let rows = 0
  for (const warm of plan ? [true, false] : [false]) {
    findRateLimits(qp, ws)
    if (warm && plan) startAt(qp, ws, plan)
    else startCold(qp, ws)
    rollOut(qp, ws)
    dropMultipliers(qp, ws)
    plans.scaleEur[i] ||= expectedBill(qp, ws)
    const scale = plans.scaleEur[i]
    const far = warm ? distance * scale : COLD * Math.max(scale, dualityGap(qp, ws))
    const aim = { costEur: share * scale, fromEur: far, most: warm ? WARM_STEPS : COLD_STEPS }
    const way = followPath(qp, ws, aim)
    iterations += way.iterations
    arrived = way.arrived
    rows = way.rows
    if (arrived) break
  }
  return { iterations, arrived, rows }
}

/** Of a factored building: what its heat changes by towards products of `mu` at unchanged prices. */
function driftOf(qp: BuildingQp, ws: Workspace, mu: number, change: Float64Array): void {
  correctNewton(qp, ws, mu, 0)
  rollDirection(qp, ws, change)
}
