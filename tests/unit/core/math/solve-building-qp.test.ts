import { describe, expect, it } from 'vitest'
import { loadBuildingKernel } from '../../../../src/adapters/workers/load-kernel.ts'
import type { BuildingQp, BuildingQpResult } from '../../../../src/core/math/building-qp.ts'
import { defaultSettings, solveBuildingQp } from '../../../../src/core/math/solve-building-qp.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { extremes } from './extremes.ts'
import { highsModel } from './highs-model.ts'
import { randomBuilding, seeded } from './random-building.ts'
import { solveWithHighs } from './solve-with-highs.ts'

const workspace = createWorkspace(1344)
const kernel = loadBuildingKernel()
const seeds = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const numbers = (r: BuildingQpResult) => [r.gap, r.objective, r.slackLo, r.slackHi, ...r.u, ...r.ti, ...r.tm]
const costOf = (qp: BuildingQp, u: Float64Array) =>
  qp.price.reduce((sum, v, k) => sum + Math.abs(v) * u[k], 0)
// A plan that hardly heats is measured against a twentieth of full heat.
const billOf = (qp: BuildingQp, u: Float64Array) => Math.max(costOf(qp, u), 0.05 * costOf(qp, qp.uMax))

/** The reference and the kernel. */
const solvers: readonly ((qp: BuildingQp) => BuildingQpResult)[] = [
  (qp) => solveBuildingQp(qp, workspace),
  (qp) => kernel.solve([{ qp }], defaultSettings)[0],
]

/** Signed distances of our objectives from the oracle's, as shares of the bill; none where the oracle gives up. */
function trueGaps(qp: BuildingQp): number[] {
  const theirs = solveWithHighs(highsModel(qp), 2000)
  return solvers.flatMap((solve) => {
    const ours = solve(qp)
    expect(ours.status).toBe('solved')
    expect(ours.gap).toBeLessThanOrEqual(defaultSettings.gap)
    if (theirs === undefined) return []
    const gap = (ours.objective - theirs.objective) / billOf(qp, ours.u)
    expect(gap).toBeLessThanOrEqual(ours.gap + 1e-6)
    return [gap]
  })
}

describe('against HiGHS', () => {
  // Its active set method gives up on most problems with a rate; the few that it solves are still worth the look.
  it.each([
    { form: 'lp', n: 192, rateShare: undefined, count: 16, atLeast: 16 },
    { form: 'lp', n: 192, rateShare: 0.05, count: 8, atLeast: 8 },
    { form: 'qp', n: 48, rateShare: undefined, count: 16, atLeast: 10 },
    { form: 'qp', n: 24, rateShare: 0.05, count: 16, atLeast: 3 },
    { form: 'lp', n: 96, rateShare: undefined, emitterHours: 0.7, count: 8, atLeast: 8 },
    { form: 'lp', n: 96, rateShare: 0.2, emitterHours: 3, count: 4, atLeast: 4 },
    { form: 'qp', n: 24, rateShare: undefined, emitterHours: 0.7, count: 16, atLeast: 3 },
    { form: 'lp', n: 96, rateShare: undefined, feeShare: 0.5, count: 8, atLeast: 8 },
    { form: 'lp', n: 96, rateShare: 0.2, emitterHours: 1, feeShare: 3, count: 4, atLeast: 4 },
    { form: 'qp', n: 24, rateShare: undefined, feeShare: 1, count: 16, atLeast: 3 },
  ] as const)(
    'finds the optimum of $form of $n steps, rate $rateShare, emitters $emitterHours h late, fee $feeShare',
    ({ count, atLeast, ...kind }) => {
      const gaps = seeds(count).flatMap((seed) => trueGaps(randomBuilding({ seed, ...kind })))
      expect(gaps.length).toBeGreaterThanOrEqual(solvers.length * atLeast)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(1e-4)
      // Below the oracle by more than its own tolerance would mean that we solve another problem.
      expect(Math.min(...gaps)).toBeGreaterThan(-1e-5)
    },
  )

  it.each([
    'negative prices',
    'prices of both signs',
    'flat prices',
    'a spike of 5 EUR/kWh',
    'a room 10 K too cold',
    'a room 10 K too hot',
    'a cold that cannot be met',
    'no heat in some steps',
    'a limit that jumps',
    'a very tight rate',
    'heat that starts above its limit',
    'a band whose edges cross',
    'hours without comfort',
  ])('agrees on %s', (name) => {
    const qp = extremes[name](randomBuilding({ seed: 3, form: 'lp' }))
    const gaps = trueGaps(qp)
    expect(gaps).toHaveLength(solvers.length)
    expect(Math.min(...gaps)).toBeGreaterThan(-1e-5)
  })
})

describe('on bad days', () => {
  it('solves every one of 600 pairs of extremes in 40 iterations at most', () => {
    const names = Object.keys(extremes)
    const random = seeded(11)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
    let most = 0
    for (const seed of seeds(600)) {
      const n = pick([1, 2, 3, 24, 96, 192, 384])
      const rateShare = pick([undefined, 0.05])
      const [first, second] = [pick(names), pick(names)]
      const plain = randomBuilding({ seed, n, form: pick(['qp', 'lp'] as const), rateShare })
      const result = solveBuildingQp(extremes[second](extremes[first](plain)), workspace)
      const what = `${n} steps, ${first}, ${second}`
      expect(result.status, what).toBe('solved')
      expect(result.iterations, what).toBeLessThanOrEqual(40)
      expect(numbers(result).every(Number.isFinite), what).toBe(true)
      most = Math.max(most, result.iterations)
    }
    process.stdout.write(`at most ${most} iterations\n`)
  })

  it('plans a fortnight', () => {
    const result = solveBuildingQp(randomBuilding({ seed: 1, n: 1344 }), workspace)
    expect(result.status).toBe('solved')
    expect(result.u).toHaveLength(1344)
  })

  it('outgrows a workspace that is too small', () => {
    const result = solveBuildingQp(randomBuilding({ seed: 1 }), createWorkspace(10))
    expect(result).toEqual(solveBuildingQp(randomBuilding({ seed: 1 }), workspace))
  })

  it('heats as hard as it can for hours of -5 EUR/kWh when nothing else counts', () => {
    const plain = randomBuilding({ seed: 2, form: 'lp' })
    const qp = extremes['no comfort at all']({ ...plain, price: plain.price.map(() => -1.25) })
    const { u, status } = solveBuildingQp(qp, workspace)
    expect(status).toBe('solved')
    u.forEach((kw, k) => {
      expect(kw).toBeGreaterThan(0.99 * qp.uMax[k])
    })
  })

  it('heats at once and fully when the room is 10 K too cold', () => {
    const qp = extremes['a room 10 K too cold'](randomBuilding({ seed: 2 }))
    const { u, slackLo } = solveBuildingQp(qp, workspace)
    expect(Math.min(...u.slice(0, 8))).toBeGreaterThan(0.98 * qp.uMax[0])
    expect(slackLo).toBeGreaterThan(10)
  })

  it('comes down through uMax at once, and from there no faster than the rate', () => {
    const plain = randomBuilding({ seed: 5 })
    const rateKw = 0.02 * plain.uMax[0]
    const { u } = solveBuildingQp({ ...plain, u0: 2 * plain.uMax[0], rateKw }, workspace)
    expect(u[0]).toBeLessThanOrEqual(plain.uMax[0])
    expect(u[0]).toBeGreaterThan(plain.uMax[0] - 3 * rateKw)
    for (let k = 1; k < u.length; k++)
      expect(Math.abs(u[k] - u[k - 1])).toBeLessThanOrEqual(rateKw * (1 + 1e-9))
  })

  it.each(['price', 'uMax', 'd1', 'd2', 'lo', 'hi', 'w1Lo', 'w1Hi'] as const)(
    'names a %s that is no number',
    (row) => {
      const qp = randomBuilding({ seed: 1, n: 24 })
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const broken = qp[row].slice()
        broken[7] = value
        const result = solveBuildingQp({ ...qp, [row]: broken }, workspace)
        expect(result.status).toBe('not-finite')
        expect(result.u).toEqual(new Float64Array(24))
      }
    },
  )

  it('gives no NaN for numbers too large to calculate with', () => {
    const qp = randomBuilding({ seed: 1, n: 24 })
    const result = solveBuildingQp({ ...qp, price: qp.price.map(() => 1e308) }, workspace)
    expect(numbers(result).some(Number.isNaN)).toBe(false)
  })

  it('says when it ran out of iterations, with a plan that is still within its limits', () => {
    const qp = randomBuilding({ seed: 1 })
    const result = solveBuildingQp(qp, workspace, { gap: 1e-4, maxIterations: 3 })
    expect(result.status).toBe('max-iterations')
    expect(result.gap).toBeGreaterThan(1e-4)
    result.u.forEach((kw, k) => {
      expect(kw).toBeGreaterThanOrEqual(0)
      expect(kw).toBeLessThanOrEqual(qp.uMax[k])
    })
  })
})

describe('from an earlier plan', () => {
  const plain = randomBuilding({ seed: 4 })
  const cold = solveBuildingQp(plain, workspace)

  it('takes fewer iterations to the same cost', () => {
    const random = seeded(3)
    const qp = { ...plain, price: plain.price.map((v) => v * (0.97 + 0.06 * random())) }
    const warm = solveBuildingQp(qp, workspace, { ...defaultSettings, warmStart: cold.u })
    const again = solveBuildingQp(qp, workspace)
    expect(warm.status).toBe('solved')
    expect(warm.iterations).toBeLessThan(again.iterations)
    expect(Math.abs(warm.objective - again.objective) / billOf(qp, warm.u)).toBeLessThan(1e-4)
  })

  it.each([
    { name: 'of another world', warmStart: new Float64Array(192).fill(1e9) },
    { name: 'far too short', warmStart: new Float64Array(3).fill(-4) },
    { name: 'of no steps', warmStart: new Float64Array(0) },
    { name: 'of no numbers', warmStart: new Float64Array(192).fill(Number.NaN) },
  ])('is not misled by a plan $name', ({ warmStart }) => {
    for (const name of Object.keys(extremes)) {
      const qp = extremes[name](plain)
      const result = solveBuildingQp(qp, workspace, { ...defaultSettings, warmStart })
      expect(result.status, name).toBe('solved')
    }
  })
})
