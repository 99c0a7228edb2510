import { expect, it } from 'vitest'
import { loadDense, loadFleetMembers } from '../../src/adapters/workers/load-kernel.ts'
import { solveFleetQp } from '../../src/core/math/fleet/solve-fleet-qp.ts'
import { highsFleetModel } from '../unit/core/math/fleet/highs-fleet-model.ts'
import { randomFleet } from '../unit/core/math/fleet/random-fleet.ts'
import { randomScenario } from '../unit/core/math/fleet/random-scenario.ts'
import { solveWithHighs } from '../unit/core/math/solve-with-highs.ts'

const createMembers = loadFleetMembers()
const dense = loadDense()

it('solves every one of 300 bad days, certified, in 40 iterations at most', async () => {
  const iterations: number[] = []
  for (let seed = 0; seed < 300; seed++) {
    const { qp, what } = randomScenario(seed, 20, 96)
    const members: Parameters<typeof solveFleetQp>[2] = {
      members: (network) => createMembers(qp.members, network),
      dense,
    }
    const result = await solveFleetQp(qp, { gap: 1e-4, maxIterations: 60 }, members)
    expect(result.status, what).toBe('solved')
    expect(result.gap, what).toBeLessThanOrEqual(1e-4)
    expect(result.iterations, what).toBeLessThanOrEqual(40)
    expect(
      result.members.every(({ u }) => u.every(Number.isFinite)),
      what,
    ).toBe(true)
    iterations.push(result.iterations)
  }
  iterations.sort((a, b) => a - b)
  process.stdout.write(`median ${iterations[150]}, most ${iterations[299]} iterations\n`)
})

it.each([2, 5, 10, 20, 50])(
  'agrees with HiGHS on coupled linear programmes of %s buildings',
  async (size) => {
    for (let seed = 1; seed <= 6; seed++) {
      const branches = seed % 3 === 0 ? 3 : 0
      const qp = randomFleet({
        seed: 500 + seed,
        size,
        n: size > 10 ? 48 : 96,
        form: 'lp',
        branches,
        orderShare: 0.3,
      })
      const theirs = solveWithHighs(highsFleetModel(qp))
      const ours = await solveFleetQp(qp, undefined, {
        members: (network) => createMembers(qp.members, network),
        dense,
      })
      expect(ours.status).toBe('solved')
      const bill = (ours.upper - ours.lower) / ours.gap
      expect(Math.abs(ours.upper - theirs!.objective) / bill).toBeLessThanOrEqual(1e-4)
    }
  },
)
