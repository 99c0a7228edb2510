import { networkLimit, type Said } from '../core/dispatch/move-reason.ts'
import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { PlantTerms } from '../core/plan/production/plant-job.ts'
import type { Member } from './member.ts'
import { networkPlaces } from './orders/network-places.ts'
import type { PlannedFlows } from './plan-together.ts'
import { isOnNetwork } from './plant-outlook.ts'

/** A plan this near to a cap is held down by it. */
const FULL_SHARE = 0.995

/** How a lease is explained that takes less because a pipe on the way is full; undefined where none is. */
export function fullPipes(
  production: PlantTerms | undefined,
  flows: PlannedFlows | undefined,
  now: Instant,
  timeZone: string,
): (member: Member) => Said | undefined {
  if (!production || !flows?.hasFlows) return () => undefined
  const { branches } = production.network
  const places = networkPlaces(branches)
  const full = [undefined, ...branches.map(({ id }) => id)].flatMap((branch) => {
    const node = branch === undefined ? 0 : flows.nodeOf.get(branch)
    const until = node === undefined ? undefined : fullUntil(flows, node, now)
    return until === undefined ? [] : [{ branch, until }]
  })
  return ({ building }) => {
    const here = full.filter(({ branch }) => places.isUnder(building.branch, branch))
    if (here.length === 0 || !isOnNetwork(building)) return undefined
    return networkLimit(Math.max(...here.map(({ until }) => until)), timeZone)
  }
}

/** Until when the flow into a node is at its cap, from now on; undefined where it is not now. */
function fullUntil({ start, plan, capKw }: PlannedFlows, node: number, now: Instant): Instant | undefined {
  const first = Math.floor((now - start) / SLOT_MS)
  let k = first
  while ((plan.flowKw[node]?.[k] ?? 0) >= FULL_SHARE * (capKw[node]?.[k] ?? Number.POSITIVE_INFINITY)) k++
  return k > first ? start + k * SLOT_MS : undefined
}
