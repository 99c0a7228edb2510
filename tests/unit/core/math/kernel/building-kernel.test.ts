import { describe, expect, it } from 'vitest'
import { loadBuildingModules } from '../../../../../src/adapters/workers/load-kernel.ts'
import type { BuildingQp, BuildingQpResult } from '../../../../../src/core/math/building-qp.ts'
import type { BuildingTask } from '../../../../../src/core/math/building-task.ts'
import { expectedBill } from '../../../../../src/core/math/expected-bill.ts'
import { createBuildingKernel } from '../../../../../src/core/math/kernel/building-kernel.ts'
import type { BuildingModule, BuildingModules } from '../../../../../src/core/math/kernel/building-module.ts'
import { createReferenceKernel } from '../../../../../src/core/math/kernel/reference-kernel.ts'
import { findRateLimits } from '../../../../../src/core/math/rate-limits.ts'
import { createWorkspace } from '../../../../../src/core/math/workspace.ts'
import { studyBuilding, studyWeek } from '../../../../fixtures/solver/study-building.ts'
import { extremes } from '../extremes.ts'
import { randomBuilding, seeded } from '../random-building.ts'

const SETTINGS = { gap: 1e-4, maxIterations: 40 }

const modules = loadBuildingModules()
if (!modules) throw new Error('this machine cannot run the kernel')
const reference = createReferenceKernel()
const kernel = createBuildingKernel(modules, reference)
const plain = (seed: number, kind = {}) => randomBuilding({ seed, ...kind })
const names = Object.keys(extremes)

/** A kernel that remembers what it left to the reference. */
function watchedKernel(compiled: BuildingModules) {
  const left: BuildingTask[] = []
  const watched = createBuildingKernel(compiled, {
    solve(tasks, settings) {
      left.push(...tasks)
      return reference.solve(tasks, settings)
    },
  })
  return { watched, left }
}

function billOf(qp: BuildingQp, u: Float64Array): number {
  const ws = createWorkspace(qp.n)
  findRateLimits(qp, ws)
  ws.u.set(u)
  return expectedBill(qp, ws)
}

/** How far two answers to one problem may lie apart: each is within its gap of the best. */
function expectSameCost(qp: BuildingQp, ours: BuildingQpResult, theirs: BuildingQpResult, what: string) {
  const allowed = (ours.gap + theirs.gap) * Math.max(billOf(qp, ours.u), billOf(qp, theirs.u))
  const rounding = 1e-9 * Math.abs(theirs.objective)
  expect(Math.abs(ours.objective - theirs.objective), what).toBeLessThanOrEqual(allowed + rounding)
}

/** Bad days of many lengths, with and without a rate, with quick emitters and late ones, with a fee on the peak. */
function badDays(count: number) {
  const random = seeded(17)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  return Array.from({ length: count }, (_, i) => {
    const n = pick([1, 2, 3, 24, 96, 192, 384])
    const kind = {
      n,
      rateShare: pick([undefined, 0.05]),
      emitterHours: pick([undefined, undefined, 0.3, 2]),
      feeShare: pick([undefined, undefined, 0.3, 3]),
    }
    const [first, second] = [pick(names), pick(names)]
    const qp = extremes[second](extremes[first](plain(i + 1, { ...kind, form: pick(['qp', 'lp']) })))
    return {
      qp,
      what: `${i + 1}: ${n} steps, rate ${kind.rateShare}, ${kind.emitterHours} h late, fee ${kind.feeShare}, ${first}, ${second}`,
    }
  })
}

describe('the kernel', () => {
  it.each([
    { form: 'lp' as const, most: 9 },
    { form: 'qp' as const, most: 7.5 },
  ])(
    'certifies the $form form of a study in as many iterations as the reference, $most on average at most',
    (kind) => {
      const tasks = Array.from({ length: 40 }, (_, i) => ({
        qp: studyBuilding({ form: kind.form, seed: 100_003 + i }, studyWeek(1 + (i % 10))),
      }))
      const ours = kernel.solve(tasks, SETTINGS).map(({ iterations }) => iterations)
      expect(ours).toEqual(reference.solve(tasks, SETTINGS).map(({ iterations }) => iterations))
      expect(ours.reduce((sum, its) => sum + its, 0) / ours.length).toBeLessThanOrEqual(kind.most)
    },
  )

  it('finds what the reference finds on 400 bad days, certified, in 40 iterations at most', () => {
    const days = badDays(400)
    const tasks = days.map(({ qp }) => ({ qp }))
    const { watched, left } = watchedKernel(modules)
    const ours = watched.solve(tasks, SETTINGS)
    const theirs = reference.solve(tasks, SETTINGS)
    days.forEach(({ qp, what }, i) => {
      expect(ours[i].status, what).toBe('solved')
      expect(ours[i].gap, what).toBeLessThanOrEqual(SETTINGS.gap)
      expect(ours[i].iterations, what).toBeLessThanOrEqual(40)
      expectSameCost(qp, ours[i], theirs[i], what)
    })
    expect(left).toHaveLength(0)
  })

  it('gives a building the same bits alone, beside any other and in any order', () => {
    const days = badDays(60)
    const tasks = days.map(({ qp }) => ({ qp }))
    const alone = tasks.map((task) => kernel.solve([task], SETTINGS)[0])
    expect(kernel.solve(tasks, SETTINGS)).toEqual(alone)
    expect(kernel.solve(tasks.toReversed(), SETTINGS).toReversed()).toEqual(alone)
    expect(kernel.solve(tasks.slice(1), SETTINGS)).toEqual(alone.slice(1))
  })

  it('starts from an earlier plan, whoever starts beside it', () => {
    const cold = kernel.solve([{ qp: plain(4) }], SETTINGS)[0]
    const warm = { qp: { ...plain(4), price: plain(4).price.map((v) => v * 1.02) }, warmStart: cold.u }
    const alone = kernel.solve([warm], SETTINGS)[0]
    expect(alone.iterations).toBeLessThan(cold.iterations)
    const jammed = {
      qp: extremes['no heat in some steps'](plain(9)),
      warmStart: new Float64Array(3).fill(1e9),
    }
    const [beside, other] = kernel.solve([warm, jammed, { qp: plain(2) }], SETTINGS)
    expect(beside).toEqual(alone)
    expect(other.status).toBe('solved')
    const theirs = reference.solve([warm, jammed], SETTINGS)
    expectSameCost(warm.qp, beside, theirs[0], 'warm')
    expectSameCost(jammed.qp, other, theirs[1], 'jammed')
  })

  it.each([
    { name: 'of no steps', warmStart: new Float64Array(0) },
    { name: 'of no numbers', warmStart: new Float64Array(192).fill(Number.NaN) },
  ])('starts cold from a plan $name', ({ warmStart }) => {
    const [warm] = kernel.solve([{ qp: plain(3), warmStart }], SETTINGS)
    expect(warm).toEqual(kernel.solve([{ qp: plain(3) }], SETTINGS)[0])
  })

  it('names a problem that is no number and solves its neighbours', () => {
    const mad: BuildingQp = { ...plain(5), a: [Number.NaN, 0, 0, 1] }
    const negative: BuildingQp = { ...plain(7), b: [-1e300, 1e300], a: [-1e300, 1e300, 1e300, -1e300] }
    const results = kernel.solve(
      [{ qp: plain(4) }, { qp: mad }, { qp: negative }, { qp: plain(6) }],
      SETTINGS,
    )
    expect(results.map(({ status }) => status)).toEqual(['solved', 'not-finite', 'not-finite', 'solved'])
    expect(results[1].u).toEqual(new Float64Array(192))
    expect(results[0]).toEqual(kernel.solve([{ qp: plain(4) }], SETTINGS)[0])
    expect(results[3]).toEqual(kernel.solve([{ qp: plain(6) }], SETTINGS)[0])
  })

  it('holds the box, and the rate where it can be kept', () => {
    for (const { qp, what } of badDays(200)) {
      const [{ u }] = kernel.solve([{ qp }], SETTINGS)
      const ws = createWorkspace(qp.n)
      findRateLimits(qp, ws)
      for (let k = 0; k < qp.n; k++) {
        const change = u[k] - (k > 0 ? u[k - 1] : qp.u0)
        const slip = 1e-9 * Math.max(1, qp.u0, ws.top[k])
        if (u[k] < 0 || u[k] > Math.max(0, qp.uMax[k])) expect.fail(`${what}: ${u[k]} kW in step ${k}`)
        if (change > ws.rise[k] + slip || -change > ws.fall[k] + slip)
          expect.fail(`${what}: ${change} kW at ${k}`)
      }
    }
  })

  it('grows for a fortnight and still knows the short ones', () => {
    const before = kernel.solve([{ qp: plain(1) }], SETTINGS)
    expect(kernel.solve([{ qp: plain(1, { n: 1344 }) }], SETTINGS)[0].u).toHaveLength(1344)
    expect(kernel.solve([{ qp: plain(1) }], SETTINGS)).toEqual(before)
  })

  it('answers nothing to nothing', () => {
    expect(kernel.solve([], SETTINGS)).toEqual([])
    expect(kernel.solve([{ qp: plain(1, { n: 0 }) }], SETTINGS)[0].u).toHaveLength(0)
  })
})

describe('what the kernel cannot certify', () => {
  /** A module whose answers are all no numbers, though it calls them solved. */
  const broken: BuildingModule = {
    memory: { buffer: new ArrayBuffer(2 ** 20), grow: () => 0 },
    heapBase: () => 0,
    workBytes: () => 2 ** 19,
    rowsAt: (_at, n, lane) => 2 ** 16 + lane * 72 * n,
    solvePair(_at, n) {
      for (const lane of [0, 1]) {
        const rows = new Float64Array(this.memory.buffer, this.rowsAt(0, n, lane), 9 * n)
        rows.fill(Number.NaN)
        rows[3 * n + 3] = 1
      }
    },
  }

  it('is solved by the reference', () => {
    const { watched, left } = watchedKernel({ plain: broken, full: broken })
    expect(watched.solve([{ qp: plain(1) }], SETTINGS)).toEqual(reference.solve([{ qp: plain(1) }], SETTINGS))
    expect(left).toHaveLength(1)
  })

  it('comes with the reference’s word for it', () => {
    const few = { gap: 1e-4, maxIterations: 3 }
    const [ours] = kernel.solve([{ qp: plain(1) }], few)
    expect(ours).toEqual(reference.solve([{ qp: plain(1) }], few)[0])
    expect(ours.status).toBe('max-iterations')
  })
})
