import type { BuildingQpResult } from '../../building-qp.ts'
import type { BuildingKernel, KernelSettings } from '../../kernel/building-kernel.ts'
import { notFinite } from '../../solve-building-qp.ts'
import { solveAlone } from '../alone.ts'
import type { FleetModule } from '../fleet-module.ts'
import type { Network } from '../gates.ts'
import { addAnswerUpstream, addUpstream, priceDownstream } from '../ways.ts'
import { pickCore } from './coreset.ts'
import { createMemberPlans, type MemberPlans } from './member-plans.ts'
import type { MemberSweeps, SweepAim, Swept } from './member-sweeps.ts'
import type { PackedMembers } from './packed-members.ts'
import { keepPair, openPair, settlePair } from './settle-pair.ts'
import { createSweepDesk, type SweepDesk } from './sweep-desk.ts'
import { askedBatches, countMembers, groupSweeps, type MemberPair, type SweepGroup } from './sweep-groups.ts'

// Members that are unpacked at a time.
const CHUNK = 256

/** Compiled sweeps, and the plans that they leave. */
export interface KernelSweeps extends MemberSweeps {
  readonly plans: MemberPlans
}

/** One batch of buildings at a time is in the module's memory; all others are their problem and their heat. */
export function createKernelSweeps(
  module: FleetModule,
  members: PackedMembers,
  network: Network,
  kernel: BuildingKernel,
  earlier?: readonly (Float64Array | undefined)[],
): KernelSweeps {
  const { n, gates } = network
  const { nodes } = members
  const plans = createMemberPlans(nodes.length, n, earlier)
  const groups = groupSweeps(members, network)
  const desk = createSweepDesk(module, n)
  return {
    plans,
    alone: async (settings) => aloneByChunks(members, kernel, settings, earlier),
    core: async (count) => coreOf(members, count),

    async sweep(prices, aim) {
      const heat = gates.map(() => new Float64Array(n))
      const drift = gates.map(() => new Float64Array(n))
      const answer = gates.map(() => new Float64Array(n * n))
      let [iterations, lost] = [0, 0]
      if (aim.anew) plans.forget()
      desk.sums.fill(0)
      for (const group of groups) {
        const { gate, way } = group.place
        priceDownstream(way, prices[gate], desk.prices)
        const settled = sweepGroup(desk, members, plans, group, { ...aim, asked: aim.asked / nodes.length })
        iterations += settled.iterations
        lost += settled.lost
        addUpstream(way, desk.heat, heat[gate])
        addUpstream(way, desk.drift, drift[gate])
        addAnswerUpstream(way, desk.answer, answer[gate], n)
      }
      const [objective, gap, ownBill, leastBill] = desk.sums
      return { heat, drift, answer, objective, gap, ownBill, leastBill, iterations, lost } satisfies Swept
    },

    finish: async () => nodes.map((_, i) => planOf(desk, members, plans, i)),
  }
}

/** Leaves heat and answer of the whole group at the desk; `asked` is a share here. */
function sweepGroup(
  desk: SweepDesk,
  members: PackedMembers,
  plans: MemberPlans,
  group: SweepGroup,
  aim: SweepAim,
) {
  const { heat, drift, answer } = desk
  const asked = askedBatches(group, aim.asked)
  let [iterations, lost, speakers] = [0, 0, 0]
  for (const sum of [heat, drift, answer]) sum.fill(0)
  group.batches.forEach((pairs, b) => {
    pairs.forEach((pair, i) => {
      const settled = settlePair(desk, members, plans, pair, i, aim)
      iterations += settled.iterations
      lost += settled.lost
    })
    desk.addUp(pairs.length)
    pairs.forEach((pair, i) => {
      keepPair(desk, plans, pair, i)
    })
    if (!asked.has(b)) return
    desk.askAll(pairs.length, aim.nextShare)
    speakers += countMembers(pairs)
  })
  const scale = group.count / speakers
  for (let i = 0; i < answer.length; i++) answer[i] *= scale
  for (let k = 0; k < drift.length; k++) drift[k] *= scale
  return { iterations, lost }
}

/** A plan that was kept, as a result. */
function planOf(desk: SweepDesk, members: PackedMembers, plans: MemberPlans, i: number): BuildingQpResult {
  const { module, n, at, first, pairAt } = desk
  if (!plans.heat(i)) return notFinite(n)
  const pair: MemberPair = [i, i]
  openPair(desk, members, plans, pair, 0, true)
  module.close(pairAt(0), at.first, at.second)
  const [, , , , objective, slackLo, slackHi] = first.subarray(3 * n)
  const [u, ti, tm] = [first.slice(0, n), first.slice(n, 2 * n), first.slice(2 * n, 3 * n)]
  return { status: 'solved', iterations: 0, u, ti, tm, gap: plans.gap[i], objective, slackLo, slackHi }
}

function aloneByChunks(
  members: PackedMembers,
  kernel: BuildingKernel,
  settings: KernelSettings,
  earlier?: readonly (Float64Array | undefined)[],
): BuildingQpResult[] {
  const results: BuildingQpResult[] = []
  for (let i = 0; i < members.nodes.length; i += CHUNK) {
    const some = members.nodes.slice(i, i + CHUNK).map((_, j) => members.member(i + j))
    results.push(...solveAlone(some, kernel, settings, earlier?.slice(i, i + CHUNK)))
  }
  return results
}

function coreOf({ nodes, isPlannable, member }: PackedMembers, count: number) {
  const able = nodes.flatMap((_, i) => (isPlannable(i) ? [i] : []))
  return pickCore(
    able.map((i) => nodes[i]),
    (i) => member(able[i]),
    count,
  )
}
