import { describe, expect, it } from 'vitest'
import { loadDense, loadFleetMembers } from '../../../../../src/adapters/workers/load-kernel.ts'
import type { BuildingQp, PeakFee } from '../../../../../src/core/math/building-qp.ts'
import type { FleetQp, FleetQpResult } from '../../../../../src/core/math/fleet/fleet-qp.ts'
import type { Network } from '../../../../../src/core/math/fleet/gates.ts'
import { joinMembers } from '../../../../../src/core/math/fleet/joined-members.ts'
import { type FleetEngine, solveFleetQp } from '../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { solveWithHighs } from '../solve-with-highs.ts'
import { highsFleetModel } from './highs-fleet-model.ts'
import { type RandomFleet, randomFleet } from './random-fleet.ts'

const SETTINGS = { gap: 1e-5, maxIterations: 60 }
const createMembers = loadFleetMembers()
const dense = loadDense()
const compiled = ({ members }: FleetQp): FleetEngine => ({
  members: (network) => createMembers(members, network),
  dense,
})
const billOf = ({ upper, lower, gap }: FleetQpResult) => (upper - lower) / gap

function peakKw({ fixedKw }: PeakFee, u: Float64Array): number {
  return u.reduce((most, kw, k) => Math.max(most, kw + fixedKw[k]), 0)
}

function withFees(qp: FleetQp, change: (peak: PeakFee, own: BuildingQp) => PeakFee): FleetQp {
  const members = qp.members.map((member) => {
    const { peak } = member.qp
    return peak ? { ...member, qp: { ...member.qp, peak: change(peak, member.qp) } } : member
  })
  return { ...qp, members }
}

function withoutFees(qp: FleetQp): FleetQp {
  return { ...qp, members: qp.members.map(({ node, qp: { peak, ...own } }) => ({ node, qp: own })) }
}

const coupled: readonly Omit<RandomFleet, 'form'>[] = [
  { seed: 1, size: 2, n: 48, feeEvery: 2, feeShare: 0.5 },
  { seed: 2, size: 3, n: 48, orderShare: 0.2, feeShare: 0.1 },
  { seed: 3, size: 4, n: 48, branches: 3, branchShare: 0.4, lossRatio: 0.3, delaySteps: 5, feeShare: 3 },
  { seed: 4, size: 3, n: 48, co2Share: 0.6, feeEvery: 2, feeShare: 40 },
  { seed: 5, size: 6, n: 48, branches: 4, branchShare: 0.3, orderShare: 0.2, feeEvery: 2, feeShare: 0.5 },
  { seed: 6, size: 5, n: 48, capShare: 0.3, peakEurPerKw: 0, emitterHours: 1, feeEvery: 3, feeShare: 3 },
  { seed: 7, size: 6, n: 24, branches: 6, branchShare: 0.35, delaySteps: 5, feeShare: 1e-9 },
  { seed: 8, size: 4, n: 48, orderShare: 0.3, feeShare: 1e6 },
]

describe('buildings that pay for their own peak, in a fleet', () => {
  it.each(coupled)('find the optimum of the linear programme written out, $seed', async (options) => {
    const qp = randomFleet({ ...options, form: 'lp' })
    const theirs = solveWithHighs(highsFleetModel(qp))
    expect(theirs).toBeDefined()
    for (const ours of [await solveFleetQp(qp, SETTINGS), await solveFleetQp(qp, SETTINGS, compiled(qp))]) {
      expect(ours.status).toBe('solved')
      const bill = billOf(ours)
      expect(ours.upper).toBeGreaterThan(theirs!.objective - 1e-6 * bill)
      expect(ours.upper).toBeLessThanOrEqual(theirs!.objective + (SETTINGS.gap + 1e-6) * bill)
      expect(ours.lower).toBeLessThanOrEqual(theirs!.objective + 1e-6 * bill)
      expect(Math.max(...ours.violation)).toBeLessThanOrEqual(1e-6)
    }
  })

  it.each([0, 1.5])(
    'are the same in one thread, in shards and by the reference, %s h late',
    async (hours) => {
      const qp = randomFleet({
        ...{ seed: 9, size: 21, n: 96, branches: 2, orderShare: 0.3 },
        ...{ emitterHours: hours, feeShare: 2, feeEvery: 3 },
      })
      const split = (network: Network) =>
        joinMembers(
          [createMembers(qp.members.slice(0, 8), network), createMembers(qp.members.slice(8), network)],
          network,
        )
      const reference = await solveFleetQp(qp)
      for (const engine of [compiled(qp), { members: split, dense }]) {
        const other = await solveFleetQp(qp, undefined, engine)
        expect(other).toMatchObject({ status: 'solved' })
        expect(other.gap).toBeLessThanOrEqual(1e-4)
        expect(Math.abs(other.upper - reference.upper)).toBeLessThan(2e-4 * billOf(reference))
        expect(other.lower).toBeLessThanOrEqual(reference.upper)
        expect(reference.lower).toBeLessThanOrEqual(other.upper)
        expect(other.members.reduce((sum, { objective }) => sum + objective, 0)).toBeLessThanOrEqual(
          other.upper,
        )
      }
    },
  )

  it('are paid for in both bounds, and take less at their highest', async () => {
    const qp = randomFleet({ seed: 10, size: 8, n: 96, feeShare: 1, feeEvery: 2 })
    const plain = await solveFleetQp(withoutFees(qp), undefined, compiled(withoutFees(qp)))
    const paid = await solveFleetQp(qp, undefined, compiled(qp))
    const own = (result: FleetQpResult) => {
      const fees = qp.members.map(({ qp: { peak } }, i) => {
        return peak ? peak.eurPerKw * Math.max(peak.soFarKw, peakKw(peak, result.members[i].u)) : 0
      })
      return fees.reduce((sum, eur) => sum + eur, 0)
    }
    expect(own(paid)).toBeLessThan(0.9 * own(plain))
    // What one could do without the fee, plus the fee on it, is a plan of the other problem.
    expect(paid.lower).toBeLessThanOrEqual(plain.upper + own(plain))
    expect(plain.lower).toBeLessThanOrEqual(paid.upper - own(paid))
  })

  it('feel nothing of a fee that is billed anyway', async () => {
    const qp = withFees(randomFleet({ seed: 11, size: 6, n: 96, feeShare: 40 }), (peak, { uMax }) => {
      return { ...peak, soFarKw: 2 * Math.max(...uMax) }
    })
    const billed = qp.members.reduce((sum, { qp: { peak } }) => sum + peak!.eurPerKw * peak!.soFarKw, 0)
    const plain = await solveFleetQp(withoutFees(qp))
    for (const far of [await solveFleetQp(qp), await solveFleetQp(qp, undefined, compiled(qp))]) {
      expect(far.status).toBe('solved')
      expect(Math.abs(far.upper - billed - plain.upper)).toBeLessThan(2e-4 * billOf(plain))
    }
  })

  it('are planned as if there were none where it costs nothing, and left out where it is no number', async () => {
    const qp = randomFleet({ seed: 12, size: 5, n: 48, feeShare: 1 })
    const free = withFees(qp, (peak) => ({ ...peak, eurPerKw: 0 }))
    for (const engine of [undefined, compiled(free)]) {
      const { upper } = await solveFleetQp(free, undefined, engine)
      const plain = await solveFleetQp(withoutFees(qp), undefined, engine)
      expect(Math.abs(upper - plain.upper)).toBeLessThanOrEqual(1e-9 * Math.abs(plain.upper))
    }
    const mad = withFees(qp, (peak, own) =>
      own === qp.members[1].qp ? { ...peak, eurPerKw: Number.NaN } : peak,
    )
    for (const engine of [undefined, compiled(mad)]) {
      const { status, members } = await solveFleetQp(mad, undefined, engine)
      expect(status).toBe('solved')
      expect(members.map((member) => member.status === 'not-finite')).toEqual([
        false,
        true,
        false,
        false,
        false,
      ])
    }
  })

  it('start from an earlier plan as well, and prove what they give', async () => {
    const qp = randomFleet({ seed: 13, size: 12, n: 96, feeShare: 2, feeEvery: 2, orderShare: 0.3 })
    const earlier = await solveFleetQp(qp, undefined, compiled(qp))
    const u = earlier.members.map((member) => member.u)
    const members = (network: Network) => createMembers(qp.members, network, u)
    const settings = { gap: 1e-4, maxIterations: 60, warmStart: { nodePrice: earlier.nodePrice, u } }
    for (const engine of [undefined, { members, dense }]) {
      const again = await solveFleetQp(qp, settings, engine)
      expect(again.status).toBe('solved')
      expect(again.gap).toBeLessThanOrEqual(1e-4)
      expect(Math.abs(again.upper - earlier.upper)).toBeLessThan(2e-4 * billOf(earlier))
    }
  })
})
