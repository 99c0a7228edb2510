import type { FleetMember } from '../../core/math/fleet/fleet-qp.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import { joinMembers } from '../../core/math/fleet/joined-members.ts'
import type { MemberRounds } from '../../core/math/fleet/member-rounds.ts'
import { type AskedThread, createAskedThread } from './asked-thread.ts'
import { PlannerError } from './planner-error.ts'
import { type RoundValue, remoteMembers, type ShardAnswer, type ShardRequest } from './round-messages.ts'

/** Threads that keep a share of a fleet's buildings each. */
export interface FleetShards {
  /** Rounds with these members; all of them together reject `limitMs` from now on. */
  load(
    members: readonly FleetMember[],
    network: Network,
    earlier: readonly (Float64Array | undefined)[] | undefined,
    limitMs: number,
  ): Promise<MemberRounds>
  stop(): Promise<void>
}

type Shard = AskedThread<ShardRequest, ShardAnswer>

export function createFleetShards(count: number, file: string | URL = 'shard-worker'): FleetShards {
  const threads = Array.from({ length: count }, (_, shard) =>
    createAskedThread<ShardRequest, ShardAnswer>(file, { shard }),
  )
  return {
    async load(members, network, earlier, limitMs) {
      const until = performance.now() + limitMs
      const leftMs = () => Math.max(0, until - performance.now())
      const size = Math.ceil(members.length / count)
      const share = <T>(all: readonly T[], i: number) => all.slice(i * size, (i + 1) * size)
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
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

function remoteOn(thread: Shard, leftMs: () => number): MemberRounds {
  return remoteMembers(async <V extends RoundValue>(request: Parameters<typeof thread.ask>[0]) => {
    const { value } = await thread.ask(request, leftMs())
    // It died between two rounds, and another thread, which knows of no building, was asked.
    if (value === undefined) throw new PlannerError('died', 'a planner thread lost its buildings')
    // A thread answers a round with what that round gives.
    return value as V
  })
}
