import { describe, expect, it } from 'vitest'
import { loadDense, loadFleetMembers } from '../../../../../src/adapters/workers/load-kernel.ts'
import type { BuildingQp } from '../../../../../src/core/math/building-qp.ts'
import type { FleetQp, FleetQpResult } from '../../../../../src/core/math/fleet/fleet-qp.ts'
import type { Network } from '../../../../../src/core/math/fleet/gates.ts'
import { joinMembers } from '../../../../../src/core/math/fleet/joined-members.ts'
import { solveFleetQp } from '../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { solveWithHighs } from '../solve-with-highs.ts'
import { highsFleetModel } from './highs-fleet-model.ts'
import { type RandomFleet, randomFleet } from './random-fleet.ts'

const SETTINGS = { gap: 1e-5, maxIterations: 60 }
const createMembers = loadFleetMembers()
const dense = loadDense()
const compiled = ({ members }: FleetQp) => ({
  members: (network: Network) => createMembers(members, network),
  dense,
})
const billOf = ({ upper, lower, gap }: FleetQpResult) => (upper - lower) / gap
const most = (values: readonly number[]) => Math.max(0, ...values)

/** Buildings that pay their own price, on a branch with a cap. */
function streetWithoutPlant(size: number): FleetQp {
  const qp = randomFleet({ seed: 16, size, n: 96, branches: 1, branchShare: 0.5, peakEurPerKw: 0 })
  const price = qp.sources[3].eurPerKw
  return {
    ...{
      ...qp,
      sources: [],
      members: qp.members.map(({ qp: own, node }) => ({ qp: { ...own, price }, node })),
    },
    nodes: qp.nodes.map((node, i) => (i > 0 ? node : { ...node, capKw: node.capKw.map(() => Infinity) })),
  }
}

const coupled: readonly Omit<RandomFleet, 'form'>[] = [
  { seed: 1, size: 2, n: 48 },
  { seed: 2, size: 3, n: 96, orderShare: 0.2 },
  { seed: 3, size: 4, n: 48, branches: 3, branchShare: 0.4, lossRatio: 0.3, delaySteps: 5 },
  { seed: 4, size: 3, n: 48, co2Share: 0.6 },
  { seed: 5, size: 6, n: 48, branches: 4, branchShare: 0.3, orderShare: 0.2, co2Share: 0.4, fixedShare: 0.5 },
  { seed: 6, size: 5, n: 48, capShare: 0.3, peakEurPerKw: 0 },
  { seed: 7, size: 12, n: 24, branches: 6, branchShare: 0.35, delaySteps: 5 },
]

describe('a fleet against HiGHS', () => {
  it.each(coupled)('finds the optimum of the coupled linear programme $seed', async (options) => {
    const qp = randomFleet({ ...options, form: 'lp' })
    const theirs = solveWithHighs(highsFleetModel(qp))
    expect(theirs).toBeDefined()
    for (const ours of [await solveFleetQp(qp, SETTINGS), await solveFleetQp(qp, SETTINGS, compiled(qp))]) {
      expect(ours.status).toBe('solved')
      expect(ours.iterations).toBeLessThanOrEqual(45)
      const bill = billOf(ours)
      expect((ours.upper - theirs!.objective) / bill).toBeLessThanOrEqual(SETTINGS.gap + 1e-6)
      expect((ours.upper - theirs!.objective) / bill).toBeGreaterThan(-1e-6)
      expect(ours.lower).toBeLessThanOrEqual(theirs!.objective + 1e-6 * bill)
      expect(most(ours.violation)).toBeLessThanOrEqual(1e-6)
    }
  })
})

describe('a fleet', () => {
  it('says by how much each limit at a price is missed: an order that is too dear to meet, and one that is not', async () => {
    const qp = randomFleet({ seed: 2, size: 3, n: 96, orderShare: 0.2 })
    const [limit] = qp.limits
    if (!limit) throw new Error('the fleet has an order')
    const limits = [
      { ...limit, kw: limit.kw.map((kw) => (Number.isFinite(kw) ? 0.1 * kw : kw)), eurPerKw: 1e-4 },
      { ...limit, kw: limit.kw.map(() => 1e6) },
    ]
    const { members, limitExcessKw } = await solveFleetQp({ ...qp, limits })
    const excess = limits[0]!.kw.map((kw, k) => {
      return qp.nodes[0]!.fixedKw[k]! + members.reduce((sum, { u }) => sum + u[k]!, 0) - kw
    })
    expect(most([...excess])).toBeGreaterThan(1)
    expect(limitExcessKw[0]).toBeCloseTo(most([...excess]), 6)
    expect(limitExcessKw[1]).toBe(0)
  })

  it('meets its balances, caps and merit order to the digits it promises', async () => {
    const qp = randomFleet({ seed: 8, size: 8, n: 96, branches: 3, branchShare: 0.5, fixedShare: 0.3 })
    const { flowKw, sourceKw, members, status } = await solveFleetQp(qp)
    expect(status).toBe('solved')
    for (let k = 0; k < qp.n; k++) {
      let leaves = qp.nodes[0].fixedKw[k]
      for (const [c, { parent, lossRatio, delaySteps }] of qp.nodes.entries()) {
        if (parent === 0) leaves += (1 + lossRatio) * flowKw[c][(k + delaySteps) % qp.n]
      }
      members.forEach(({ u }, b) => {
        if (qp.members[b].node === 0) leaves += u[k]
      })
      expect(flowKw[0][k]).toBeCloseTo(leaves, 6)
      expect(sourceKw.reduce((sum, row) => sum + row[k], 0)).toBeCloseTo(leaves, 6)
    }
  })

  it.each([
    { emitters: 'quick', emitterHours: 0 },
    { emitters: 'late', emitterHours: 1.5 },
  ])(
    'with $emitters emitters is the same in one thread, in shards and by the reference',
    async ({ emitterHours }) => {
      const qp = randomFleet({ seed: 9, size: 21, n: 96, branches: 2, orderShare: 0.3, emitterHours })
      const reference = await solveFleetQp(qp)
      const alone = await solveFleetQp(qp, undefined, compiled(qp))
      const split = (network: Network) =>
        joinMembers(
          [createMembers(qp.members.slice(0, 8), network), createMembers(qp.members.slice(8), network)],
          network,
        )
      const shared = await solveFleetQp(qp, undefined, { members: split, dense })
      for (const other of [alone, shared]) {
        expect(other.status).toBe('solved')
        expect(other.members.map(({ status }) => status)).toEqual(
          reference.members.map(({ status }) => status),
        )
        expect(Math.abs(other.upper - reference.upper) / billOf(reference)).toBeLessThan(2e-4)
        expect(other.lower).toBeLessThanOrEqual(reference.upper)
        expect(reference.lower).toBeLessThanOrEqual(other.upper)
      }
    },
  )

  it.each([
    { what: 'quick emitters', options: {} },
    { what: 'late emitters', options: { emitterHours: 1.5 } },
    { what: 'fees for some', options: { feeShare: 2, feeEvery: 2 } },
  ])('of $what plans alike whatever a fleet before it left in memory', async ({ options }) => {
    const qp = randomFleet({ seed: 17, size: 5, n: 48, branches: 2, orderShare: 0.3, ...options })
    const limited = (own: BuildingQp) => ({ ...own, rateKw: 0.3 * Math.max(...own.uMax) })
    const other = { ...options, emitterHours: 1, feeShare: 3, change: limited }
    const before = randomFleet({ seed: 18, size: 9, n: 96, branches: 3, ...other })
    const anew = { createMembers: loadFleetMembers(), dense: loadDense() }
    const used = { createMembers: loadFleetMembers(), dense: loadDense() }
    const solve = (fleet: FleetQp, { createMembers, dense }: typeof used) =>
      solveFleetQp(fleet, SETTINGS, { members: (network) => createMembers(fleet.members, network), dense })
    await solve(before, used)
    await solve(
      {
        ...before,
        members: before.members.map(({ qp: { emitter, peak, ...own }, node }) => ({ qp: own, node })),
      },
      used,
    )
    expect(await solve(qp, used)).toEqual(await solve(qp, anew))
  })

  it('never comes out below what it says cannot be gone below, nor does any other plan', async () => {
    const qp = randomFleet({ seed: 10, size: 6, n: 96, orderShare: 0.3 })
    const loose = await solveFleetQp(qp, { gap: 0.05, maxIterations: 60 })
    const tight = await solveFleetQp(qp, { gap: 1e-6, maxIterations: 60 })
    expect(loose.lower).toBeLessThanOrEqual(tight.upper)
    expect(loose.upper).toBeGreaterThanOrEqual(tight.lower)
    expect(tight.gap).toBeLessThanOrEqual(1e-6)
  })

  it('takes a cap that nothing can keep for what it is, and says by how much it is broken', async () => {
    const qp = randomFleet({ seed: 11, size: 6, n: 96, capShare: 0.3 })
    const nodes = [{ ...qp.nodes[0], fixedKw: qp.nodes[0].capKw.map((kw) => 1.5 * kw) }]
    const { status, violation, members } = await solveFleetQp({ ...qp, nodes })
    expect(status).toBe('solved')
    expect(violation[0]).toBeGreaterThan(0.5)
    expect(most(members.flatMap(({ u }) => [...u.subarray(40)]))).toBeLessThan(1)
  })

  it.each([1, 3])('plans %s on a branch that others fill beyond its cap for hours', async (size) => {
    const qp = streetWithoutPlant(size)
    const [root, branch] = qp.nodes
    const fixedKw = branch.capKw.map((kw, k) => 20 * kw * (k > 20 && k < 50 ? 1.15 : 0.8))
    const full = { ...qp, nodes: [root, { ...branch, fixedKw, capKw: branch.capKw.map((kw) => 20 * kw) }] }
    for (const engine of [undefined, compiled(full)]) {
      const { status, iterations, violation, members } = await solveFleetQp(full, undefined, engine)
      expect(status).toBe('solved')
      expect(iterations).toBeLessThanOrEqual(40)
      expect(violation[1]).toBeGreaterThan(0.14)
      expect(most(members.flatMap(({ u }) => [...u.subarray(25, 45)]))).toBeLessThan(1)
    }
  })

  it('does not stumble over orders that contradict each other', async () => {
    const qp = randomFleet({ seed: 12, size: 6, n: 96, orderShare: 0.2 })
    const kw = qp.limits[0].kw.map((limit) => (Number.isFinite(limit) ? 2 * limit : Number.NEGATIVE_INFINITY))
    const limits = [...qp.limits, { node: 0, side: 'at-least' as const, kw, eurPerKw: 0.1 }]
    const { status, gap, iterations } = await solveFleetQp({ ...qp, limits })
    expect(status).toBe('solved')
    expect(gap).toBeLessThanOrEqual(1e-4)
    expect(iterations).toBeLessThanOrEqual(40)
  })

  it.each([-0.5, 5])('plans through hours of %s EUR/kWh', async (eurPerKwh) => {
    const qp = randomFleet({ seed: 13, size: 6, n: 96 })
    const sources = qp.sources.map((source) => ({
      ...source,
      eurPerKw: source.eurPerKw.map((eur, k) => (k % 48 < 8 ? eurPerKwh / 4 : eur)),
    }))
    const { status, members } = await solveFleetQp({ ...qp, sources })
    expect(status).toBe('solved')
    expect(members.every(({ u, ti }) => u.every(Number.isFinite) && ti.every(Number.isFinite))).toBe(true)
  })

  it('leaves out who cannot be planned, and no one else', async () => {
    const qp = randomFleet({ seed: 14, size: 5, n: 48 })
    const [first, second, ...rest] = qp.members
    const mad = [
      { ...first, qp: { ...first.qp, d1: first.qp.d1.map(() => Number.NaN) } },
      { ...second, qp: { ...second.qp, a: [1.2, 0, 0, 1] as const } },
    ]
    for (const engine of [undefined, compiled({ ...qp, members: [...mad, ...rest] })]) {
      const { status, members } = await solveFleetQp({ ...qp, members: [...mad, ...rest] }, undefined, engine)
      expect(status).toBe('solved')
      const states = members.map((member) => member.status)
      expect(states).toEqual(['not-finite', 'not-finite', 'solved', 'solved', 'solved'])
    }
  })

  it('goes back to a cold start at once where the earlier plan is no start for what has come', async () => {
    const qp = streetWithoutPlant(12)
    const earlier = await solveFleetQp(qp, undefined, compiled(qp))
    const [root, branch] = qp.nodes
    const fixedKw = branch.capKw.map((kw, k) => (k % 48 < 24 ? 0.3 : 0) * kw)
    const now = { ...qp, nodes: [root, { ...branch, fixedKw }] }
    const cold = await solveFleetQp(now, undefined, compiled(now))
    const u = earlier.members.map((member) => member.u)
    const again = await solveFleetQp(
      now,
      { gap: 1e-4, maxIterations: 60, warmStart: { nodePrice: earlier.nodePrice, u } },
      { members: (network) => createMembers(now.members, network, u), dense },
    )
    expect(again.status).toBe('solved')
    expect(again.iterations).toBeLessThanOrEqual(cold.iterations + 2)
  })

  it('made again after a quarter-hour costs clearly fewer iterations, and a start that misleads none of the proof', async () => {
    const qp = randomFleet({ seed: 15, size: 30, n: 96, orderShare: 0.3 })
    const earlier = await solveFleetQp(qp, undefined, compiled(qp))
    const u = earlier.members.map((member) => member.u)
    const moved = qp.members.map(({ qp: own, node }) => {
      return { node, qp: { ...own, x0: [own.x0[0] + 0.03, own.x0[1] - 0.01] as const } }
    })
    const now = { ...qp, members: moved }
    const again = (nodePrice: readonly Float64Array[]) =>
      solveFleetQp(
        now,
        { gap: 1e-4, maxIterations: 60, warmStart: { nodePrice, u } },
        {
          members: (network) => createMembers(now.members, network, u),
          dense,
        },
      )
    const warm = await again(earlier.nodePrice)
    expect(warm).toMatchObject({ status: 'solved' })
    expect(warm.iterations).toBeLessThanOrEqual(0.75 * earlier.iterations)
    const mad = await again(earlier.nodePrice.map((row) => row.map((eur) => 50 - 1000 * eur)))
    expect(mad).toMatchObject({ status: 'solved' })
    expect(mad.gap).toBeLessThanOrEqual(1e-4)
  })
})
