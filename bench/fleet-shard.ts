import { parentPort, workerData } from 'node:worker_threads'
import { loadFleetMembers, loadFleetSweeps } from '../src/adapters/workers/load-kernel.ts'
import { playRound, type RoundRequest } from '../src/adapters/workers/round-messages.ts'
import { playSweep, type SweepRequest } from '../src/adapters/workers/sweep-messages.ts'
import type { FleetMember } from '../src/core/math/fleet/fleet-qp.ts'
import type { Network } from '../src/core/math/fleet/gates.ts'
import type { MemberRounds } from '../src/core/math/fleet/member-rounds.ts'
import type { KernelSweeps } from '../src/core/math/fleet/price-sqp/kernel-sweeps.ts'
import { createMemberPacker, type PackedMembers } from '../src/core/math/fleet/price-sqp/packed-members.ts'
import {
  disturbed,
  type StudyFleet,
  type StudyTotals,
  studyMembers,
  studyTotals,
  sumTotals,
} from '../tests/fixtures/solver/study-fleet.ts'

/** A thread of the bench that makes its own buildings, since a city is not sent but lives where it is planned. */
export interface ShardData {
  readonly study: StudyFleet
  readonly from: number
  readonly to: number
}

export type BenchRequest =
  | RoundRequest
  | SweepRequest
  | { readonly id: number; readonly round: 'totals' }
  /** Makes the buildings; `again`, disturbed and with the plans there are. Before any time is taken. */
  | { readonly id: number; readonly round: 'make'; readonly again: boolean; readonly swept: boolean }
  | { readonly id: number; readonly round: 'keep'; readonly network: Network; readonly swept: boolean }

// Buildings made at a time, so that a city is never there but packed.
const PARCEL = 500

const { study, from, to }: ShardData = workerData
const createMembers = loadFleetMembers()
const createSweeps = loadFleetSweeps()
let plans: (Float64Array | undefined)[] | undefined
let made: readonly FleetMember[] | PackedMembers | undefined
let members: MemberRounds | undefined
let sweeps: KernelSweeps | undefined

function* parcels(again: boolean): Generator<readonly FleetMember[]> {
  for (let i = from; i < to; i += PARCEL) {
    const made = studyMembers(study, i, Math.min(to, i + PARCEL))
    yield again ? disturbed(made, from + 1) : made
  }
}

function totals(): StudyTotals {
  const parts: StudyTotals[] = []
  for (const parcel of parcels(false)) parts.push(studyTotals(study, parcel))
  return sumTotals(parts)
}

function make(again: boolean, swept: boolean): void {
  members = undefined
  sweeps = undefined
  made = undefined
  if (!again) plans = undefined
  if (swept) {
    const packer = createMemberPacker()
    for (const parcel of parcels(again)) packer.add(parcel)
    made = packer.packed()
  } else made = [...parcels(again)].flat()
}

function keep(network: Network, swept: boolean): void {
  if (!made) throw new Error('no buildings were made')
  if (swept && 'nodes' in made && createSweeps) sweeps = createSweeps(made, network, plans)
  else members = createMembers('nodes' in made ? unpacked(made) : made, network, plans)
}

function unpacked({ nodes, member }: PackedMembers): FleetMember[] {
  return nodes.map((_, i) => member(i))
}

/** The plans stay here, as they would with whoever sends them on. */
async function keepPlans(): Promise<readonly []> {
  plans = sweeps
    ? Array.from({ length: to - from }, (_, i) => sweeps?.plans.heat(i))
    : (await members?.finish())?.map(({ u }) => u)
  return []
}

async function answer(request: BenchRequest) {
  if ('sweep' in request) return request.sweep === 'finish' ? keepPlans() : playSweep(sweeps!, request)
  switch (request.round) {
    case 'totals':
      return totals()
    case 'make':
      return make(request.again, request.swept)
    case 'keep':
      return keep(request.network, request.swept)
    case 'finish':
      return keepPlans()
    default:
      return playRound(members!, request)
  }
}

parentPort?.on('message', async (request: BenchRequest) => {
  parentPort?.postMessage({ id: request.id, value: await answer(request) })
})
