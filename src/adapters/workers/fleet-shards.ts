import type { FleetMember } from '../../core/math/fleet/fleet-qp.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import { joinMembers } from '../../core/math/fleet/joined-members.ts'
import type { MemberRounds } from '../../core/math/fleet/member-rounds.ts'
import { joinSweeps } from '../../core/math/fleet/price-sqp/joined-sweeps.ts'
import type { MemberSweeps } from '../../core/math/fleet/price-sqp/member-sweeps.ts'
import { type AskedThread, createAskedThread } from './asked-thread.ts'
import { PlannerError } from './planner-error.ts'
import { type RoundValue, remoteMembers, type ShardAnswer, type ShardRequest } from './round-messages.ts'
import { remoteSweeps, type SweepValue } from './sweep-messages.ts'

/** Threads that keep a share of a fleet's buildings each. */
export interface FleetShards {
  /** Rounds with these members; all of them together reject `limitMs` from now on. */
  load(
    members: readonly FleetMember[],
    network: Network,
    earlier: readonly (Float64Array | undefined)[] | undefined,
    limitMs: number,
  ): Promise<MemberRounds>
  /** The same for a city: sweeps of these members. */
  gather(
    members: readonly FleetMember[],
    network: Network,
    earlier: readonly (Float64Array | undefined)[] | undefined,
    limitMs: number,
  ): Promise<MemberSweeps>
  stop(): Promise<void>
}

type Shard = AskedThread<ShardRequest, ShardAnswer>

// Buildings a message.
const PARCEL = 500

export function createFleetShards(count: number, file: string | URL = 'shard-worker'): FleetShards {
  const threads = Array.from({ length: count }, (_, shard) =>
    createAskedThread<ShardRequest, ShardAnswer>(file, { shard }),
  )
  const share = <T>(all: readonly T[], i: number) => {
    const size = Math.ceil(all.length / count)
    return all.slice(i * size, (i + 1) * size)
  }
  return {
    async load(members, network, earlier, limitMs) {
      const leftMs = countDown(limitMs)
      await Promise.all(
        threads.map((thread, i) => {
          const own = { members: share(members, i), earlier: earlier && share(earlier, i) }
          return thread.ask({ round: 'load', network, ...own }, leftMs())
        }),
      )
      return joinMembers(
        threads.map((thread) => remoteOn(thread, leftMs)),
        network,
      )
    },
    async gather(members, network, earlier, limitMs) {
      const leftMs = countDown(limitMs)
      await Promise.all(
        threads.map(async (thread, i) => {
          await gatherInto(thread, share(members, i), earlier && share(earlier, i), leftMs)
          await thread.ask({ round: 'settle', network }, leftMs())
        }),
      )
      return joinSweeps(
        threads.map((thread) => sweepsOn(thread, leftMs)),
        network,
      )
    },
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

function countDown(limitMs: number): () => number {
  const until = performance.now() + limitMs
  return () => Math.max(0, until - performance.now())
}

/** Some at a time, so that what is on its way is never a city at once. */
async function gatherInto(
  thread: Shard,
  members: readonly FleetMember[],
  earlier: readonly (Float64Array | undefined)[] | undefined,
  leftMs: () => number,
): Promise<void> {
  for (let i = 0; i === 0 || i < members.length; i += PARCEL) {
    const own = { members: members.slice(i, i + PARCEL), earlier: earlier?.slice(i, i + PARCEL) }
    await thread.ask({ round: 'gather', isFirst: i === 0, ...own }, leftMs())
  }
}

function sweepsOn(thread: Shard, leftMs: () => number): MemberSweeps {
  return remoteSweeps(async <V extends SweepValue>(request: Parameters<typeof thread.ask>[0]) => {
    return givenBy<V>(await thread.ask(request, leftMs()))
  })
}

function remoteOn(thread: Shard, leftMs: () => number): MemberRounds {
  return remoteMembers(async <V extends RoundValue>(request: Parameters<typeof thread.ask>[0]) => {
    return givenBy<V>(await thread.ask(request, leftMs()))
  })
}

function givenBy<V extends RoundValue | SweepValue>({ value }: ShardAnswer): V {
  // It died between two rounds, and another thread, which knows of no building, was asked.
  if (value === undefined) throw new PlannerError('died', 'a planner thread lost its buildings')
  // A thread answers a round with what that round gives.
  return value as V
}
