import type { BuildingQpResult } from '../building-qp.ts'
import type { BuildingKernel } from '../kernel/building-kernel.ts'
import { writeHead, writeRows } from '../kernel/pair-memory.ts'
import { notFinite } from '../solve-building-qp.ts'
import { solveAlone } from './alone.ts'
import type { FleetModule } from './fleet-module.ts'
import type { FleetMember } from './fleet-qp.ts'
import type { Network, Place } from './gates.ts'
import type { MemberRounds } from './member-rounds.ts'
import { isPlannable } from './plannable.ts'
import { addAnswerUpstream, addUpstream, isHere, priceDownstream } from './ways.ts'

const BYTES = 8
const PAGE_BYTES = 65_536

// Numbers behind a plan's series.
const BEHIND = 7
// The answer of so few buildings, or of one that jumps, is calculated in double precision.
const FEW = 8
// The same where heat jumps with its price, for want of a ramp term.
const FEW_FLAT = 64

/** Members of one place and one kind, two by two. */
interface Group {
  readonly place: Place
  readonly rated: boolean
  readonly paid: boolean
  readonly members: number[]
  at: number
  pairs: number
}

/** Compiled rounds: every building stays in the module's memory. One that cannot be planned is left out. */
export function createKernelMembers(
  module: FleetModule,
  members: readonly FleetMember[],
  network: Network,
  kernel: BuildingKernel,
  earlier?: readonly (Float64Array | undefined)[],
): MemberRounds {
  const { n, gates } = network
  const groups = groupMembers(members, network)
  const at = placeGroups(module, groups, n)
  const doubles = new Float64Array(module.memory.buffer)
  const view = (address: number, count: number) => doubles.subarray(address / BYTES, address / BYTES + count)
  const [prices, heat, change, sums] = [
    view(at.prices, n),
    view(at.heat, n),
    view(at.change, n),
    view(at.sums, 4),
  ]
  const answer = view(at.answer, n * n)
  const precision =
    members.length <= (members.some(isFlat) ? FEW_FLAT : FEW) ? 'answerDouble' : 'answerSingle'
  const answers = gates.map(() => new Float64Array(n * n))
  const perGate = () => gates.map(() => new Float64Array(n))

  function openGroup({ members: own, rated, paid, at: first, pairs }: Group, asWarm: boolean): void {
    const stride = module.strideBytes(n)
    for (let i = 0; i < pairs; i++) {
      const address = first + i * stride
      const [a, b] = [own[2 * i], own[2 * i + 1] ?? own[2 * i]]
      const plans = [earlier?.[a], earlier?.[b]]
      const warm =
        asWarm && plans.every((plan) => plan !== undefined && plan.length > 0 && plan.every(Number.isFinite))
      writeHead(members[a].qp, doubles, address / BYTES)
      writeHead(members[b].qp, doubles, address / BYTES + 1)
      writeRows(members[a].qp, warm ? plans[0] : undefined, doubles, at.first / BYTES)
      writeRows(members[b].qp, warm ? plans[1] : undefined, doubles, at.second / BYTES)
      module.fill(address, a === b ? 1 : 0)
      module.open(address, n, rated ? 1 : 0, paid ? 1 : 0, warm ? 1 : 0, at.first, at.second)
    }
  }

  /** Runs a round group by group, each at its own price, and sums what it gives at the gates. */
  function atPlaces(given: readonly Float64Array[], round: (group: Group) => void): void {
    for (const group of groups) {
      priceDownstream(group.place.way, given[group.place.gate], prices)
      round(group)
    }
  }

  function collect(place: Place, from: Float64Array, to: readonly Float64Array[]): void {
    addUpstream(place.way, from, to[place.gate])
    from.fill(0)
  }

  function steepest(given: readonly Float64Array[], round: 'predictAll' | 'directAll'): number {
    let most = 0
    atPlaces(given, ({ at: first, pairs }) => {
      most = Math.max(most, module[round](first, n, pairs, at.prices))
    })
    return most
  }

  function heatNow(): Float64Array[] {
    const total = perGate()
    for (const { place, at: first, pairs } of groups) {
      module.sumHeat(first, n, pairs, at.heat)
      collect(place, heat, total)
    }
    return total
  }

  return {
    alone: async (settings) => solveAlone(members, kernel, settings, earlier),

    async open(warm) {
      for (const group of groups) openGroup(group, warm)
      return { heat: heatNow() }
    },

    async centre(given, distance) {
      sums.fill(0)
      atPlaces(given, ({ at: first, pairs }) => {
        module.centreAll(first, n, pairs, at.prices, distance, at.sums)
      })
      return { rows: sums[0], weightedRows: sums[1], scaleEur: sums[2] }
    },

    async factor(given, step) {
      const [totalHeat, totalChange] = [perGate(), perGate()]
      const begun = gates.map(() => false)
      sums.fill(0)
      atPlaces(given, ({ place, at: first, pairs }) => {
        module.factorAll(first, n, pairs, at.prices, step, at.heat, at.change, at.sums)
        collect(place, heat, totalHeat)
        collect(place, change, totalChange)
        module[precision](first, n, pairs, at.scratch, at.lanes, at.answer)
        // Most gates have one group, at the gate itself.
        if (isHere(place.way) && !begun[place.gate]) answers[place.gate].set(answer)
        else {
          if (!begun[place.gate]) answers[place.gate].fill(0)
          addAnswerUpstream(place.way, answer, answers[place.gate], n)
        }
        begun[place.gate] = true
        answer.fill(0)
      })
      begun.forEach((has, i) => {
        if (!has) answers[i].fill(0)
      })
      return { heat: totalHeat, change: totalChange, answer: answers, products: sums[0] }
    },

    predict: async (given) => steepest(given, 'predictAll'),

    async correct({ target, trust }) {
      const total = perGate()
      for (const { place, at: first, pairs } of groups) {
        module.correctAll(first, n, pairs, target, trust, at.change)
        collect(place, change, total)
      }
      return total
    },

    direct: async (given) => steepest(given, 'directAll'),

    async certify(given) {
      sums.fill(0)
      atPlaces(given, ({ at: first, pairs }) => {
        module.certifyAll(first, n, pairs, at.prices, at.sums)
      })
      return { heat: heatNow(), objective: sums[0], gap: sums[1], ownBill: sums[2], leastBill: sums[3] }
    },

    async finish() {
      const results = members.map(() => notFinite(0))
      const stride = module.strideBytes(n)
      for (const { members: own, at: first, pairs } of groups) {
        for (let i = 0; i < pairs; i++) {
          module.close(first + i * stride, at.first, at.second)
          const [a, b] = [own[2 * i], own[2 * i + 1]]
          results[a] = readResult(n, view(at.first, 3 * n + BEHIND))
          if (b !== undefined) results[b] = readResult(n, view(at.second, 3 * n + BEHIND))
        }
      }
      return results.map((result) => (result.u.length > 0 ? result : notFinite(n)))
    },
  }
}

/** Without a ramp term heat jumps at a price. */
function isFlat({ qp }: FleetMember): boolean {
  return !(qp.wr > 0)
}

function groupMembers(members: readonly FleetMember[], { places }: Network): Group[] {
  const groups = new Map<string, Group>()
  members.forEach(({ qp, node }, i) => {
    if (!isPlannable(qp)) return
    const place = places[node]
    const rated = Number.isFinite(qp.rateKw)
    const paid = qp.peak !== undefined && qp.peak.eurPerKw > 0
    const key = `${place.gate} ${place.way.shift} ${place.way.scale} ${rated} ${paid}`
    const group = groups.get(key)
    if (group) group.members.push(i)
    else groups.set(key, { place, rated, paid, members: [i], at: 0, pairs: 0 })
  })
  return [...groups.values()]
}

/** Gives every group its memory, and says where the rest lies. */
function placeGroups(module: FleetModule, groups: readonly Group[], n: number) {
  let next = module.heapBase()
  const take = (bytes: number) => {
    const at = next
    next += Math.ceil(bytes / 16) * 16
    return at
  }
  const at = {
    first: take(module.rowsBytes(n) + BEHIND * BYTES),
    second: take(module.rowsBytes(n) + BEHIND * BYTES),
    prices: take(n * BYTES),
    heat: take(n * BYTES),
    change: take(n * BYTES),
    sums: take(4 * BYTES),
    scratch: take(module.scratchBytes(n)),
    lanes: take(module.sumsBytes(n)),
    answer: take(n * n * BYTES),
  }
  const shared = next
  for (const group of groups) {
    group.pairs = Math.ceil(group.members.length / 2)
    group.at = take(group.pairs * module.strideBytes(n))
  }
  const missing = next - module.memory.buffer.byteLength
  if (missing > 0) module.memory.grow(Math.ceil(missing / PAGE_BYTES))
  // An earlier fleet may have left its numbers where sums are to begin.
  new Float64Array(module.memory.buffer).fill(0, at.first / BYTES, shared / BYTES)
  return at
}

/** Heat, Ti, Tm, and behind them gap, bill, two of no meaning here, objective, and what breaks the band. */
function readResult(n: number, rows: Float64Array): BuildingQpResult {
  const [gap, bill, , , objective, slackLo, slackHi] = rows.subarray(3 * n)
  const [u, ti, tm] = [rows.slice(0, n), rows.slice(n, 2 * n), rows.slice(2 * n, 3 * n)]
  return { status: 'solved', iterations: 0, u, ti, tm, gap: gap / bill, objective, slackLo, slackHi }
}
