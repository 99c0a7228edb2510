import { parentPort } from 'node:worker_threads'
import type { MemberRounds } from '../../core/math/fleet/member-rounds.ts'
import { loadFleetMembers } from './load-kernel.ts'
import { playRound, type ShardAnswer, type ShardRequest } from './round-messages.ts'

const createMembers = loadFleetMembers()
let members: MemberRounds | undefined

parentPort?.on('message', async (request: ShardRequest) => {
  if (request.round === 'load') members = createMembers(request.members, request.network, request.earlier)
  const value = request.round === 'load' || !members ? undefined : await playRound(members, request)
  parentPort?.postMessage({ id: request.id, value } satisfies ShardAnswer)
})
