import { describe, expect, it } from 'vitest'
import {
  loadDense,
  loadFleetMembers,
  loadFleetSweeps,
} from '../../../../../../src/adapters/workers/load-kernel.ts'
import type {
  FleetQp,
  FleetQpResult,
  FleetWarmStart,
} from '../../../../../../src/core/math/fleet/fleet-qp.ts'
import { findNetwork, type Network } from '../../../../../../src/core/math/fleet/gates.ts'
import { joinSweeps } from '../../../../../../src/core/math/fleet/price-sqp/joined-sweeps.ts'
import { createLocalSweeps } from '../../../../../../src/core/math/fleet/price-sqp/local-sweeps.ts'
import type { MemberSweeps } from '../../../../../../src/core/math/fleet/price-sqp/member-sweeps.ts'
import { packMembers } from '../../../../../../src/core/math/fleet/price-sqp/packed-members.ts'
import {
  type FleetEngine,
  fleetSettings,
  solveFleetQp,
} from '../../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { disturbed } from '../../../../../fixtures/solver/study-fleet.ts'
import { type RandomFleet, randomFleet } from '../random-fleet.ts'

const createMembers = loadFleetMembers()
const createSweeps = loadFleetSweeps()!
const dense = loadDense()

type Make = (network: Network) => MemberSweeps

const compiled =
  ({ members }: FleetQp, warmStart?: FleetWarmStart): Make =>
  (network) =>
    createSweeps(packMembers(members), network, warmStart?.u)

/** The search alone: what it cannot do nobody does for it. */
function searched(sweeps: Make): FleetEngine {
  return {
    members: () => Promise.reject(new Error('asked for the safeguard')),
    dense,
    city: { sweeps, core: createMembers, isSafeguarded: true },
  }
}

const together = ({ members }: FleetQp): FleetEngine => ({
  members: (network) => createMembers(members, network),
  dense,
})

function expectProven({ status, gap, violation, members }: FleetQpResult): void {
  expect(status).toBe('solved')
  expect(gap).toBeLessThanOrEqual(1e-4)
  expect(Math.max(...violation)).toBeLessThanOrEqual(1e-6)
  expect(members.every(({ u }) => u.every((kw) => kw >= 0))).toBe(true)
}

const fleets: readonly RandomFleet[] = [
  { seed: 31, size: 120, n: 96 },
  { seed: 32, size: 120, n: 96, orderShare: 0.3, fixedShare: 0.5 },
  { seed: 33, size: 120, n: 96, branches: 3, branchShare: 0.6, lossRatio: 0.1, delaySteps: 3 },
  { seed: 34, size: 120, n: 96, co2Share: 0.7 },
  { seed: 35, size: 60, n: 96, emitterHours: 1 },
  { seed: 41, size: 60, n: 96, feeShare: 0.3, feeEvery: 2 },
]

describe('a fleet whose prices are searched for', () => {
  it.each(fleets)('costs what it costs solved as a whole (%j)', async (options) => {
    const qp = randomFleet(options)
    const ours = await solveFleetQp(qp, fleetSettings, searched(compiled(qp)))
    const whole = await solveFleetQp(qp, fleetSettings, together(qp))
    expectProven(ours)
    const bill = (whole.upper - whole.lower) / whole.gap
    // Each one's bound holds for the other's plan.
    expect(ours.lower).toBeLessThanOrEqual(whole.upper + 1e-9 * bill)
    expect(whole.lower).toBeLessThanOrEqual(ours.upper + 1e-9 * bill)
    expect(Math.abs(ours.upper - whole.upper) / bill).toBeLessThanOrEqual(1e-4)
  })

  it('is planned again from its last prices in fewer sweeps', async () => {
    const qp = randomFleet({ seed: 36, size: 150, n: 192 })
    const first = await solveFleetQp(qp, fleetSettings, searched(compiled(qp)))
    const later = { ...qp, members: disturbed(qp.members, 5) }
    const warmStart = { nodePrice: first.nodePrice, u: first.members.map(({ u }) => u) }
    const again = await solveFleetQp(
      later,
      { ...fleetSettings, warmStart },
      searched(compiled(later, warmStart)),
    )
    const anew = await solveFleetQp(later, fleetSettings, searched(compiled(later)))
    expectProven(again)
    expect(again.iterations).toBeLessThan(anew.iterations)
  })

  it.each([
    { what: 'far off', eur: 7 },
    { what: 'no numbers', eur: Number.NaN },
  ])('does without earlier prices that are $what', async ({ eur }) => {
    const qp = randomFleet({ seed: 42, size: 60, n: 96 })
    const warmStart = { nodePrice: qp.nodes.map(() => new Float64Array(96).fill(eur)), u: [] }
    expectProven(await solveFleetQp(qp, { ...fleetSettings, warmStart }, searched(compiled(qp, warmStart))))
  })

  it('leaves out a building whose model went mad, and plans the rest', async () => {
    const qp = randomFleet({
      ...{ seed: 37, size: 60, n: 96 },
      change: (own, i) => (i === 7 ? { ...own, a: [Number.NaN, 0, 0, 1] } : own),
    })
    const ours = await solveFleetQp(qp, fleetSettings, searched(compiled(qp)))
    expect(ours.status).toBe('solved')
    expect(ours.members[7]).toMatchObject({ status: 'not-finite' })
    expect(ours.members[8]).toMatchObject({ status: 'solved' })
  })

  it('plans each for itself where nothing ties them together', async () => {
    const coupled = randomFleet({ seed: 38, size: 9, n: 48 })
    const nodes = coupled.nodes.map((node) => ({ ...node, capKw: new Float64Array(48).fill(Infinity) }))
    const qp = { ...coupled, sources: [], limits: [], peakEurPerKw: 0, nodes }
    const ours = await solveFleetQp(qp, fleetSettings, searched(compiled(qp)))
    const each = await solveFleetQp(qp, fleetSettings, together(qp))
    expect(ours.members.map(({ u }) => u)).toEqual(each.members.map(({ u }) => u))
  })

  // Heat of so few without a ramp term jumps at a price: the search has no slope to go by.
  const flat = randomFleet({ seed: 39, size: 4, n: 48, form: 'lp' })

  it('is solved as a whole where the search fails', async () => {
    const engine = { ...searched(compiled(flat)), ...together(flat) }
    expectProven(await solveFleetQp(flat, fleetSettings, engine))
  })

  it('says how far it is from the best where nothing else can be asked', async () => {
    const { city, ...engine } = searched(compiled(flat))
    const alone = { ...engine, city: { ...city!, isSafeguarded: false } }
    const { status, gap, lower, upper } = await solveFleetQp(flat, fleetSettings, alone)
    expect(status).toBe('max-iterations')
    expect(gap).toBeGreaterThan(1e-4)
    expect(lower).toBeLessThanOrEqual(upper)
  })
})

describe('a sweep', () => {
  const qp = randomFleet({ seed: 40, size: 21, n: 96, branches: 2, orderShare: 0.3 })
  const network = findNetwork(qp, 300)
  const prices = network.gates.map(() => Float64Array.from({ length: 96 }, (_, k) => 0.012 + 0.004 * (k % 7)))
  const aims = [
    { anew: false, share: 1e-3, nextShare: 1e-4, distance: 0.1, asked: 1000 },
    { anew: false, share: 1e-4, nextShare: 1e-5, distance: 0.1, asked: 1000 },
  ]

  async function swept(sweeps: MemberSweeps) {
    await sweeps.sweep(prices, aims[0]!)
    const dearer = prices.map((row) => row.map((price) => 1.03 * price))
    return sweeps.sweep(dearer, aims[1]!)
  }

  it('is the same compiled, in shards and by the reference', async () => {
    const [some, rest] = [qp.members.slice(0, 8), qp.members.slice(8)]
    const shards = joinSweeps(
      [createSweeps(packMembers(some), network), createSweeps(packMembers(rest), network)],
      network,
    )
    const reference = await swept(createLocalSweeps(qp.members, network))
    expect(reference.lost).toBe(0)
    for (const ours of [await swept(createSweeps(packMembers(qp.members), network)), await swept(shards)]) {
      expect(ours.lost).toBe(0)
      expect(Math.abs(ours.objective / reference.objective - 1)).toBeLessThan(1e-7)
      expect(Math.abs(ours.gap / reference.gap - 1)).toBeLessThan(1e-3)
      ours.heat.forEach((row, g) => {
        row.forEach((kw, k) => {
          expect(Math.abs(kw - reference.heat[g]![k]!)).toBeLessThan(1e-4)
        })
      })
      const scale = Math.max(...reference.answer.flatMap((square) => [...square]))
      ours.answer.forEach((square, g) => {
        const worst = square.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - reference.answer[g]![i]!)),
          0,
        )
        expect(worst / scale).toBeLessThan(1e-4)
      })
    }
  })

  it('costs the share that was asked for, and answers prices as heat at other prices shows', async () => {
    const at = async (eur: number) => {
      const sweeps = createLocalSweeps(qp.members, network)
      const told = prices.map((row) => row.map((price, k) => price + (k === 40 ? eur : 0)))
      return sweeps.sweep(told, { anew: false, share: 1e-2, nextShare: 1e-3, distance: 0.1, asked: 1000 })
    }
    const [less, now, more] = [await at(-2e-5), await at(0), await at(2e-5)]
    network.gates.forEach((_, g) => {
      for (const k of [30, 40, 50]) {
        const slope = (more.heat[g]![k]! - less.heat[g]![k]!) / 4e-5
        const told = -now.answer[g]![40 * 96 + k]!
        expect(Math.abs(slope - told)).toBeLessThan(0.02 * Math.abs(now.answer[g]![40 * 96 + 40]!) + 1e-9)
      }
    })
    expect(now.gap).toBeGreaterThan(0)
  })
})
