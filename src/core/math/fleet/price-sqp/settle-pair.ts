import type { MemberPlans } from './member-plans.ts'
import type { SweepAim } from './member-sweeps.ts'
import type { PackedMembers } from './packed-members.ts'
import type { SweepDesk } from './sweep-desk.ts'
import type { MemberPair } from './sweep-groups.ts'

const BYTES = 8
// Behind the eight series of a building lies the heat of an earlier plan.
const EARLIER_ROW = 8
const COLD = 2
const COLD_STEPS = 60
// A start too near to its limits jams; the cold one then costs less than going on.
const WARM_STEPS = 20

export interface Settled {
  /** Newton steps of both. */
  readonly iterations: number
  /** How many of them did not arrive. */
  readonly lost: number
}

/** Writes a pair to place `i` of the desk, at the plans there are if it is to start warm. */
export function openPair(
  { module, n, doubles, at, first, second, pairAt }: SweepDesk,
  members: PackedMembers,
  plans: MemberPlans,
  [a, b]: MemberPair,
  i: number,
  warm: boolean,
): void {
  const address = pairAt(i)
  const [rated, paid] = [members.isRated(a) ? 1 : 0, members.isPaid(a) ? 1 : 0]
  members.write(a, doubles, address / BYTES, at.first / BYTES)
  members.write(b, doubles, address / BYTES + 1, at.second / BYTES)
  module.fill(address, a === b ? 1 : 0)
  const [one, two] = [plans.heat(a), plans.heat(b)]
  if (warm && one && two) {
    first.set(one, EARLIER_ROW * n)
    second.set(two, EARLIER_ROW * n)
    module.reopen(address, n, rated, paid, at.first, at.second)
  } else module.open(address, n, rated, paid, 0, at.first, at.second)
}

/** Brings a pair to its central point at the desk's prices; what does not arrive from where it was starts anew. */
export function settlePair(
  desk: SweepDesk,
  members: PackedMembers,
  plans: MemberPlans,
  pair: MemberPair,
  i: number,
  { share, distance }: SweepAim,
): Settled {
  const { module, at, lanes, lanesAt, pairAt } = desk
  const [a, b] = pair
  const isWarm = plans.heat(a) !== undefined && plans.heat(b) !== undefined
  const both = a === b ? 1 : 2
  let iterations = 0
  let lost = both
  for (const warm of isWarm ? [true, false] : [false]) {
    openPair(desk, members, plans, pair, i, warm)
    lanes[0] = plans.scaleEur[a]
    lanes[1] = plans.scaleEur[b]
    const [from, most] = warm ? [distance, WARM_STEPS] : [COLD, COLD_STEPS]
    module.settle(pairAt(i), at.prices, warm ? 1 : 0, from, share, most, lanesAt)
    iterations += lanes[2] + (both - 1) * lanes[3]
    lost = both - lanes[4] - (both - 1) * lanes[5]
    if (lost === 0) break
  }
  plans.scaleEur[a] = lanes[0]
  plans.scaleEur[b] = lanes[1]
  return { iterations, lost }
}

/** Keeps what a certified pair takes and what its gap is. */
export function keepPair(
  { module, n, at, first, second, lanes, lanesAt, pairAt }: SweepDesk,
  plans: MemberPlans,
  [a, b]: MemberPair,
  i: number,
): void {
  module.tell(pairAt(i), at.first, at.second, lanesAt)
  plans.keep(a, first.subarray(0, n))
  plans.keep(b, second.subarray(0, n))
  plans.gap[a] = lanes[0]
  plans.gap[b] = lanes[1]
}
