import { type Instant, SLOT_MS, slotStart } from '../../core/domain/instant.ts'
import type { Network } from '../../core/domain/network.ts'
import type { ControllerState } from '../controller-state.ts'
import type { Member } from '../member.ts'
import { memberDemand } from '../member-demand.ts'
import { networkPlaces } from '../orders/network-places.ts'
import type { PlannedFlows } from '../plan-together.ts'
import { isOnNetwork } from '../plant-outlook.ts'
import type { Commitment } from './commitment.ts'

/** What the caps of the network commit to now, where the last plan comes near to them. */
export type CapCommitments = (now: Instant) => readonly Commitment[]

/** A cap that a plan keeps this share away from needs nobody to look after it. */
const NEAR_SHARE = 0.05

/** A place with a cap; the plant's own has no branch. */
interface CappedPlace {
  readonly branch: string | undefined
  readonly capKw: number
}

/** What the plan behind the caps expects of the meters under each, kW a slot. */
interface Planned {
  readonly flows: PlannedFlows
  readonly meteredKw: ReadonlyMap<CappedPlace, Float64Array>
}

export function createCapCommitments(state: ControllerState): CapCommitments {
  const { members, setup, misses } = state
  const places = networkPlaces(setup.production?.network.branches ?? [])
  const capped = cappedPlaces(setup.production?.network)
  const isThere = (member: Member, { branch }: CappedPlace) =>
    isOnNetwork(member.building) && places.isUnder(member.building.branch, branch)
  let planned: Planned | undefined

  /** Once a plan: buildings that are planned anew between turns answer to what this one left them. */
  function meteredKw(flows: PlannedFlows, place: CappedPlace, now: Instant): Float64Array | undefined {
    const { outlook } = state
    if (planned?.flows !== flows) {
      if (outlook?.start !== flows.start) return undefined
      const sumAt = (one: CappedPlace) =>
        sumOf(
          members.flatMap((member) =>
            isThere(member, one) ? [memberDemand(member, outlook, now).expectedKw] : [],
          ),
          outlook.slots,
        )
      const near = capped.filter((one) => isNearSoon(flows, one, now))
      planned = { flows, meteredKw: new Map(near.map((one) => [one, sumAt(one)])) }
    }
    return planned.meteredKw.get(place)
  }

  function commitment(flows: PlannedFlows, place: CappedPlace, now: Instant): readonly Commitment[] {
    const k = Math.floor((now - flows.start) / SLOT_MS)
    const node = nodeOf(flows, place)
    const expectedKw = meteredKw(flows, place, now)?.[k]
    const flowKw = node === undefined ? undefined : flows.plan.flowKw[node]?.[k]
    if (node === undefined || expectedKw === undefined || flowKw === undefined || !isNear(flows, place, k))
      return []
    const missKw = misses?.aheadKw((branch) => places.isUnder(branch || undefined, place.branch), now) ?? 0
    const from = slotStart(now)
    return [
      {
        id: place.branch === undefined ? 'cap' : `cap:${place.branch}`,
        behind: 'network',
        kind: 'cap',
        from,
        until: from + SLOT_MS,
        side: 'at-most',
        // What is usually missed is in the flow, and in the meters.
        committedKw: expectedKw + missKw + place.capKw - flowKw,
        aimedKw: expectedKw + Math.max(0, flows.capKw[node]![k]! - flowKw),
        includes: (member) => isThere(member, place),
      },
    ]
  }

  return (now) => {
    const { flows } = state
    return flows?.hasFlows ? capped.flatMap((place) => commitment(flows, place, now)) : []
  }
}

function cappedPlaces(network: Network | undefined): readonly CappedPlace[] {
  const { capKw, branches = [] } = network ?? {}
  const places = [{ branch: undefined, capKw }, ...branches.map(({ id, capKw }) => ({ branch: id, capKw }))]
  return places.flatMap(({ branch, capKw }) => (capKw === undefined ? [] : [{ branch, capKw }]))
}

function nodeOf({ nodeOf }: PlannedFlows, { branch }: CappedPlace): number | undefined {
  return branch === undefined ? 0 : nodeOf.get(branch)
}

/** Slots that a plan is gone by until another replaces it. */
const SOON = 4

function isNearSoon(flows: PlannedFlows, place: CappedPlace, now: Instant): boolean {
  const first = Math.floor((now - flows.start) / SLOT_MS)
  return Array.from({ length: SOON }, (_, k) => first + k).some((k) => isNear(flows, place, k))
}

/** By what plans are kept under, which is somewhat less than the cap. */
function isNear(flows: PlannedFlows, place: CappedPlace, k: number): boolean {
  const node = nodeOf(flows, place) ?? -1
  const [flowKw, capKw] = [flows.plan.flowKw[node]?.[k], flows.capKw[node]?.[k]]
  return flowKw !== undefined && capKw !== undefined && flowKw >= (1 - NEAR_SHARE) * capKw
}

function sumOf(rows: readonly Float64Array[], slots: number): Float64Array {
  const sum = new Float64Array(slots)
  for (const row of rows) for (let k = 0; k < slots; k++) sum[k]! += row[k]!
  return sum
}
