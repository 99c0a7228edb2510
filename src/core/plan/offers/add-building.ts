import { CALL_WRITES } from '../../domain/flexibility.ts'
import { clippedNormal } from '../../math/normal.ts'
import { callEur, LONGEST_RECOVERY, type PriceSums, priceSums, reboundKwPerKw } from './call-cost.ts'
import { type CallReach, callReach, newCallReach, type Side, sideOf } from './call-reach.ts'
import type { FlexibleBuilding } from './flexible-building.ts'
import { type HeldResponse, heldResponse } from './held-response.ts'
import type { OfferSums } from './offer-sums.ts'

/** Kinds of offers in slots, and the sums that a building is added to. */
export interface OfferKind {
  readonly direction: 'down' | 'up'
  readonly slots: number
  readonly preparedSlots: number
  readonly noticeMinutes: number
  readonly sums: OfferSums
}

/** Adds what one building can give to every kind of offer. */
export function addBuilding(one: FlexibleBuilding, kinds: readonly OfferKind[], every: number): void {
  const n = one.heatKw.length
  const longest = kinds.reduce((most, { slots }) => Math.max(most, slots), 1)
  const prepared = kinds.reduce((most, kind) => Math.max(most, kind.preparedSlots), 0)
  const response = heldResponse(one.model, longest + prepared + LONGEST_RECOVERY)
  const prices = priceSums(one.eurPerKwh)
  const reach = newCallReach(longest)
  const askableUntil = firstWithout(one.writesLeft)
  for (const group of sameReach(kinds)) {
    const side = sideOf(one, group[0].direction)
    const ahead = group[0].preparedSlots
    for (let k = 0; k < n; k += every) {
      // A call that comes sooner than the notice leaves less time to prepare.
      const slots = one.writesLeft[k] > CALL_WRITES ? Math.min(ahead, k) : 0
      if (one.writesLeft[k] < CALL_WRITES) continue
      callReach(side, response, k, slots, one.rateKw, reach)
      for (const kind of group) {
        if (askableUntil[k] < Math.min(n, k + kind.slots)) continue
        addCall({ one, side, response, prices, reach }, kind, k, slots)
      }
    }
  }
}

/** From each slot on, the first without a write: who is protected before a call is over cannot give all of it. */
function firstWithout(writesLeft: Uint8Array): Int32Array {
  const first = new Int32Array(writesLeft.length)
  let next = writesLeft.length
  for (let k = writesLeft.length - 1; k >= 0; k--) {
    if (writesLeft[k] === 0) next = k
    first[k] = next
  }
  return first
}

/** Kinds that differ only in how long they last share the calculation. */
function sameReach(kinds: readonly OfferKind[]): OfferKind[][] {
  const groups = new Map<string, OfferKind[]>()
  for (const kind of kinds) {
    const key = `${kind.direction} ${kind.preparedSlots}`
    groups.set(key, [...(groups.get(key) ?? []), kind])
  }
  return [...groups.values()]
}

interface Giving {
  readonly one: FlexibleBuilding
  readonly side: Side
  readonly response: HeldResponse
  readonly prices: PriceSums
  readonly reach: CallReach
}

/** A step of the actuator is rounded to: uniform within half of it. */
const UNIFORM = 1 / 12

function addCall(
  { one, side, response, prices, reach }: Giving,
  kind: OfferKind,
  k: number,
  prepared: number,
): void {
  const { slots, sums } = kind
  const most = reach.byHeatKw[slots]
  const perK = side.kwPerK[k]
  const likely = Math.min(most, reach.byRoomKw[slots])
  if (!(likely > 0) || likely < one.deadbandK * perK) return
  const room = clippedNormal(reach.byRoomKw[slots], one.roomErrorK * reach.kwPerRoomK[slots], most)
  const { availability: share } = one
  // A cut-off normal's mean may lie above the limits themselves: no more than those is counted on.
  const ownKw = Math.min(room.mean, likely)
  const meanKw = share * ownKw
  const roundedKw = one.stepK * perK
  sums.meanKw[k] += meanKw
  sums.squares[k] += meanKw * meanKw
  sums.variance[k] +=
    share * (room.variance + UNIFORM * roundedKw * roundedKw) + share * (1 - share) * ownKw * ownKw
  sums.responseVariance[k] += side.errorShare * meanKw * (side.errorShare * meanKw)
  const call = {
    from: k,
    slots,
    prepared,
    preparation: preparationPerKw(reach, slots, likely),
    sign: side.direction === 'down' ? 1 : -1,
  } as const
  const rebound = reboundKwPerKw(response, call)
  sums.eur[k] += meanKw * callEur(prices, call, rebound)
  sums.reboundKw[k] += meanKw * rebound
}

/** Only as much preparation as the call needs: its worth grows with it at least in proportion. */
function preparationPerKw(reach: CallReach, slots: number, kw: number): number {
  const without = Math.max(0, reach.unpreparedKw[slots])
  const most = reach.byRoomKw[slots]
  if (kw <= without || most <= without) return 0
  return (reach.preparedKw[slots] * (kw - without)) / (most - without) / kw
}
