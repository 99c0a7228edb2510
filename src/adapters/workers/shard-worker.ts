import { parentPort } from 'node:worker_threads'
import type { MemberRounds } from '../../core/math/fleet/member-rounds.ts'
import type { MemberSweeps } from '../../core/math/fleet/price-sqp/member-sweeps.ts'
import { createMemberPacker, type MemberPacker } from '../../core/math/fleet/price-sqp/packed-members.ts'
import { loadFleetMembers, loadFleetSweeps } from './load-kernel.ts'
import { playRound, type ShardAnswer, type ShardRequest } from './round-messages.ts'
import { playSweep } from './sweep-messages.ts'

const createMembers = loadFleetMembers()
const createSweeps = loadFleetSweeps()
let members: MemberRounds | undefined
let sweeps: MemberSweeps | undefined
let packer: MemberPacker | undefined
let earlier: (Float64Array | undefined)[] = []

async function answer(request: ShardRequest): Promise<ShardAnswer['value']> {
  if ('sweep' in request) return sweeps && (await playSweep(sweeps, request))
  switch (request.round) {
    case 'load':
      members = undefined
      sweeps = undefined
      members = createMembers(request.members, request.network, request.earlier)
      return undefined
    case 'gather': {
      if (request.isFirst) {
        members = undefined
        sweeps = undefined
        packer = createMemberPacker()
        earlier = []
      }
      packer?.add(request.members)
      earlier.push(...(request.earlier ?? request.members.map(() => undefined)))
      return undefined
    }
    case 'settle':
      if (packer && createSweeps) sweeps = createSweeps(packer.packed(), request.network, earlier)
      packer = undefined
      earlier = []
      return undefined
    default:
      return members && (await playRound(members, request))
  }
}

parentPort?.on('message', async (request: ShardRequest) => {
  parentPort?.postMessage({ id: request.id, value: await answer(request) } satisfies ShardAnswer)
})
