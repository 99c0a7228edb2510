import { parentPort, workerData } from 'node:worker_threads'
import { loadFleetMembers } from '../src/adapters/workers/load-kernel.ts'
import { playRound, type RoundRequest } from '../src/adapters/workers/round-messages.ts'
import type { FleetMember } from '../src/core/math/fleet/fleet-qp.ts'
import type { Network } from '../src/core/math/fleet/gates.ts'
import type { MemberRounds } from '../src/core/math/fleet/member-rounds.ts'
import {
  disturbed,
  type StudyFleet,
  studyMembers,
  studyTotals,
} from '../tests/fixtures/solver/study-fleet.ts'

/** A thread of the bench that makes its own buildings, since a city is not sent but lives where it is planned. */
export interface ShardData {
  readonly study: StudyFleet
  readonly from: number
  readonly to: number
}

export type BenchRequest =
  | RoundRequest
  | { readonly id: number; readonly round: 'totals' | 'disturb' }
  | { readonly id: number; readonly round: 'keep'; readonly network: Network; readonly again: boolean }

const { study, from, to }: ShardData = workerData
const createMembers = loadFleetMembers()
let buildings: readonly FleetMember[] = studyMembers(study, from, to)
let plans: readonly Float64Array[] | undefined
let members: MemberRounds | undefined

async function answer(request: BenchRequest) {
  switch (request.round) {
    case 'totals':
      return studyTotals(study, buildings)
    case 'disturb':
      buildings = disturbed(buildings, from + 1)
      return undefined
    case 'keep':
      members = undefined
      members = createMembers(buildings, request.network, request.again ? plans : undefined)
      return undefined
    case 'finish':
      // The plans stay here, as they would with whoever sends them on.
      plans = (await members!.finish()).map(({ u }) => u)
      return []
    default:
      return playRound(members!, request)
  }
}

parentPort?.on('message', async (request: BenchRequest) => {
  parentPort?.postMessage({ id: request.id, value: await answer(request) })
})
