import { SLOT_MS } from '../core/domain/instant.ts'
import type { PlaceView, TogetherView } from '../core/domain/views.ts'
import type { PlannedFlows } from './plan-together.ts'

/** For people: what is proven of the fleet's plan, and what it asks of plant and branches. */
export function togetherView(flows: PlannedFlows | undefined): TogetherView | null {
  if (!flows) return null
  const { start, nodeOf, capKw, plan, isPriced, hasFlows } = flows
  const { status, gap, violation, excluded } = plan.certificate
  if (status === 'not-finite') return null
  const branchAt = new Map(Array.from(nodeOf, ([branch, node]) => [node, branch]))
  const places = capKw.map((cap, i): PlaceView => {
    return {
      branch: branchAt.get(i) ?? null,
      flowKw: hasFlows ? rounded(plan.flowKw[i]!, 10) : null,
      capKw: leastCap(cap),
      violation: violation[i] ?? 0,
      marginalEurPerMwh: isPriced ? rounded(plan.nodeEurPerKwh[i]!, 1e5).map((eur) => 1000 * eur) : null,
    }
  })
  return { start, stepMs: SLOT_MS, status, gap, excluded, places }
}

function leastCap(capKw: Float64Array): number | null {
  const least = capKw.reduce((low, kw) => Math.min(low, kw), Number.POSITIVE_INFINITY)
  return Number.isFinite(least) ? least : null
}

const rounded = (row: Float64Array, per: number) => Array.from(row, (value) => Math.round(value * per) / per)
