import type { Network, Place } from '../gates.ts'
import type { PackedMembers } from './packed-members.ts'

/** Two members that are swept together; one without a partner stands beside itself. */
export type MemberPair = readonly [first: number, second: number]

/** Members of one place and one kind. Each batch is picked in even steps, so that any of them speaks for all. */
export interface SweepGroup {
  readonly place: Place
  readonly count: number
  readonly batches: readonly (readonly MemberPair[])[]
}

/** Pairs whose memory is in use at a time: enough that what is done once a batch does not count. */
export const BATCH_PAIRS = 32

/** One that cannot be planned is left out. */
export function groupSweeps(members: PackedMembers, { places }: Network): SweepGroup[] {
  const groups = new Map<string, { place: Place; own: number[] }>()
  members.nodes.forEach((node, i) => {
    if (!members.isPlannable(i)) return
    const place = places[node]
    const kind = [members.isRated(i), members.isPaid(i)]
    const key = [place.gate, place.way.shift, place.way.scale, ...kind].join()
    const group = groups.get(key)
    if (group) group.own.push(i)
    else groups.set(key, { place, own: [i] })
  })
  return [...groups.values()].map(({ place, own }) => {
    return { place, count: own.length, batches: batchesOf(own) }
  })
}

function batchesOf(own: readonly number[]): MemberPair[][] {
  const many = Math.ceil(own.length / (2 * BATCH_PAIRS))
  return Array.from({ length: many }, (_, b) => {
    const picked = own.filter((_member, i) => i % many === b)
    const pairs = Math.ceil(picked.length / 2)
    return Array.from({ length: pairs }, (_pair, i): MemberPair => {
      const first = picked[2 * i]
      return [first, picked[2 * i + 1] ?? first]
    })
  })
}

/** Batches of the group that are asked for their answer: this share of them, in even steps, and at least one. */
export function askedBatches({ batches }: SweepGroup, share: number): Set<number> {
  const many = Math.max(1, Math.min(batches.length, Math.ceil(share * batches.length)))
  return new Set(Array.from({ length: many }, (_, i) => Math.floor(((i + 0.5) * batches.length) / many)))
}

export function countMembers(pairs: readonly MemberPair[]): number {
  return pairs.reduce((sum, [first, second]) => sum + (first === second ? 1 : 2), 0)
}
