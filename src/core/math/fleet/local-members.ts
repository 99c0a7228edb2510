import { advance } from '../advance.ts'
import { buildingObjective } from '../building-objective.ts'
import type { BuildingQp, BuildingQpResult } from '../building-qp.ts'
import { centre, dropMultipliers, rollOut, startCold, startWarm } from '../central-start.ts'
import { correctNewton } from '../correct-newton.ts'
import { dualityGap } from '../duality-gap.ts'
import { expectedBill, leastBill } from '../expected-bill.ts'
import { factorNewton } from '../factor-newton.ts'
import { findDirection } from '../find-direction.ts'
import { createReferenceKernel } from '../kernel/reference-kernel.ts'
import { affineSteepness } from '../predict-affine.ts'
import { findRateLimits } from '../rate-limits.ts'
import { notFinite, withinBounds } from '../solve-building-qp.ts'
import { createWorkspace, type Workspace } from '../workspace.ts'
import { solveAlone } from './alone.ts'
import type { FleetMember } from './fleet-qp.ts'
import type { Network, Place } from './gates.ts'
import type { MemberRounds } from './member-rounds.ts'
import { isPlannable } from './plannable.ts'
import { addPriceResponse, symmetrise } from './price-response.ts'
import { rollDirection, tiltNewton } from './tilt-newton.ts'
import { addUpstream, priceDownstream } from './ways.ts'

interface Local {
  readonly place: Place
  readonly own: BuildingQp
  /** The same at the price it meets now: its own and its gate's. */
  readonly qp: BuildingQp
  readonly ws: Workspace
  scaleEur: number
  rows: number
}

/** The reference: every building in this thread, by the building solver's own steps. One that cannot be planned is left out. */
export function createLocalMembers(
  members: readonly FleetMember[],
  network: Network,
  earlier?: readonly (Float64Array | undefined)[],
): MemberRounds {
  const { n, gates, places } = network
  const locals = members.map((member) =>
    isPlannable(member.qp) ? createLocal(member, places[member.node]) : undefined,
  )
  const present = locals.filter((local) => local !== undefined)
  const scratch = new Float64Array(n)
  const answer = gates.map(() => new Float64Array(n * n))
  const perGate = () => gates.map(() => new Float64Array(n))

  function heatOf(): Float64Array[] {
    const heat = perGate()
    for (const { place, ws } of present) addUpstream(place.way, ws.u.subarray(0, n), heat[place.gate])
    return heat
  }

  function changeOf(): Float64Array[] {
    const change = perGate()
    for (const { place, qp, ws } of present) {
      rollDirection(qp, ws, scratch)
      addUpstream(place.way, scratch, change[place.gate])
    }
    return change
  }

  function meet(prices: readonly Float64Array[]): void {
    for (const { place, own, qp } of present) {
      priceDownstream(place.way, prices[place.gate], qp.price)
      for (let k = 0; k < n; k++) qp.price[k] += own.price[k]
    }
  }

  function tilt({ place, qp, ws }: Local, change: readonly Float64Array[]): void {
    priceDownstream(place.way, change[place.gate], scratch)
    tiltNewton(qp, ws, scratch)
  }

  return {
    alone: async (settings) => solveAlone(members, createReferenceKernel(), settings, earlier),

    async open(warm) {
      locals.forEach((local, i) => {
        if (!local) return
        findRateLimits(local.qp, local.ws)
        const plan = warm ? earlier?.[i] : undefined
        if (plan?.length && plan.every(Number.isFinite)) startWarm(local.qp, local.ws, plan)
        else startCold(local.qp, local.ws)
        rollOut(local.qp, local.ws)
      })
      return { heat: heatOf() }
    },

    async centre(prices, distance) {
      meet(prices)
      const sums = { rows: 0, weightedRows: 0, scaleEur: 0 }
      for (const local of present) {
        const { qp, ws } = local
        dropMultipliers(qp, ws)
        local.scaleEur = expectedBill(qp, ws)
        local.rows = centre(qp, ws, (distance * Math.max(local.scaleEur, dualityGap(qp, ws))) / (8 * n))
        sums.rows += local.rows
        sums.weightedRows += local.rows * local.scaleEur
        sums.scaleEur += local.scaleEur
        stand(ws)
      }
      return sums
    },

    async factor(prices, step) {
      let products = 0
      for (const { qp, ws, scaleEur } of present) products += advance(qp, ws, step) / scaleEur
      meet(prices)
      for (const square of answer) square.fill(0)
      for (const { place, qp, ws } of present) {
        factorNewton(qp, ws)
        addPriceResponse(qp, ws, place.way, answer[place.gate])
      }
      for (const square of answer) symmetrise(square, n)
      return { heat: heatOf(), change: changeOf(), answer, products }
    },

    async predict(change) {
      let steepest = 0
      for (const local of present) {
        tilt(local, change)
        steepest = Math.max(steepest, affineSteepness(local.qp, local.ws))
      }
      return steepest
    },

    async correct({ target, trust }) {
      for (const { qp, ws, scaleEur } of present) correctNewton(qp, ws, target * scaleEur, trust)
      return changeOf()
    },

    async direct(change) {
      let steepest = 0
      for (const local of present) {
        tilt(local, change)
        const { ofPlan, ofMultipliers } = findDirection(local.qp, local.ws)
        steepest = Math.max(steepest, ofPlan, ofMultipliers)
      }
      return steepest
    },

    async certify(prices) {
      meet(prices)
      const sums = { objective: 0, gap: 0, ownBill: 0, leastBill: 0 }
      for (const { own, qp, ws } of present) {
        sums.objective += buildingObjective(own, ws).objective
        sums.gap += dualityGap(qp, ws)
        sums.leastBill += leastBill(qp, ws)
        for (let k = 0; k < n; k++) sums.ownBill += Math.abs(own.price[k]) * ws.u[k]
      }
      return { heat: heatOf(), ...sums }
    },

    async finish() {
      return locals.map((local) => (local ? resultOf(local) : notFinite(n)))
    },
  }
}

function createLocal({ qp }: FleetMember, place: Place): Local {
  const own = withinBounds(qp)
  return {
    ...{ place, own, qp: { ...own, price: own.price.slice() } },
    ...{ ws: createWorkspace(qp.n), scaleEur: 1, rows: 0 },
  }
}

/** No direction yet. */
function stand({ c1, c2, c3, c4, c5, c6, c7, c8, c9, du, dsl, dsh, peak }: Workspace): void {
  for (const row of [c1, c2, c3, c4, c5, c6, c7, c8, c9, du, dsl, dsh]) row.fill(0)
  peak.d = 0
  peak.c = 0
}

function resultOf({ own, qp, ws }: Local): BuildingQpResult {
  const gap = dualityGap(qp, ws) / expectedBill(qp, ws)
  const [u, ti, tm] = [ws.u.slice(0, qp.n), ws.ti.slice(0, qp.n), ws.tm.slice(0, qp.n)]
  return { status: 'solved', iterations: 0, u, ti, tm, gap, ...buildingObjective(own, { u, ti, tm }) }
}
