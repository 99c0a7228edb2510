import type { FleetMember } from '../../core/math/fleet/fleet-qp.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import { joinMembers } from '../../core/math/fleet/joined-members.ts'
import type { MemberRounds } from '../../core/math/fleet/member-rounds.ts'
import { type AskedThread, createAskedThread } from './asked-thread.ts'
import { type RoundValue, remoteMembers, type ShardAnswer, type ShardRequest } from './round-messages.ts'

/** Threads that keep a share of a fleet's buildings each. */
export interface FleetShards {
  load(
    members: readonly FleetMember[],
    network: Network,
    earlier?: readonly (Float64Array | undefined)[],
  ): Promise<MemberRounds>
  stop(): Promise<void>
}

export function createFleetShards(count: number): FleetShards {
  const threads = Array.from({ length: count }, () =>
    createAskedThread<ShardRequest, ShardAnswer>('shard-worker'),
  )
  return {
    async load(members, network, earlier) {
      const size = Math.ceil(members.length / count)
      const share = <T>(all: readonly T[], i: number) => all.slice(i * size, (i + 1) * size)
      await Promise.all(
        threads.map((thread, i) => {
          const own = { members: share(members, i), earlier: earlier && share(earlier, i) }
          return thread.ask({ round: 'load', network, ...own })
        }),
      )
      return joinMembers(threads.map(remoteOn), network)
    },
    async stop() {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

function remoteOn(thread: AskedThread<ShardRequest, ShardAnswer>): MemberRounds {
  return remoteMembers(async <V extends RoundValue>(request: Parameters<typeof thread.ask>[0]) => {
    const { value } = await thread.ask(request)
    // A thread answers a round with what that round gives.
    return value as V
  })
}
