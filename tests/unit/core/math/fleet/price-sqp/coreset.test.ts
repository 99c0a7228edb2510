import { expect, it } from 'vitest'
import { pickCore, timesAsLarge } from '../../../../../../src/core/math/fleet/price-sqp/coreset.ts'
import { solveBuildingQp } from '../../../../../../src/core/math/solve-building-qp.ts'
import { createWorkspace } from '../../../../../../src/core/math/workspace.ts'
import { randomBuilding } from '../../random-building.ts'

const settings = { gap: 1e-7, maxIterations: 60 }

it.each([
  { what: 'quick emitters', own: randomBuilding({ seed: 3, n: 96 }) },
  { what: 'late emitters', own: randomBuilding({ seed: 4, n: 96, emitterHours: 1 }) },
  {
    what: 'a fee on its peak',
    own: {
      ...randomBuilding({ seed: 5, n: 96 }),
      peak: { eurPerKw: 0.5, soFarKw: 10, fixedKw: new Float64Array(96).fill(3) },
    },
  },
])('a building 7.5 times as large takes 7.5 times the heat at the same prices ($what)', ({ own }) => {
  const workspace = createWorkspace(96)
  const small = solveBuildingQp(own, workspace, settings)
  const large = solveBuildingQp(timesAsLarge({ qp: own, node: 0 }, 7.5).qp, workspace, settings)
  const most = Math.max(...small.u)
  small.u.forEach((kw, k) => {
    expect(Math.abs(large.u[k]! / 7.5 - kw)).toBeLessThan(1e-3 * most)
  })
  expect(large.objective / 7.5).toBeCloseTo(small.objective, 3)
})

it('stands for all members of every node, however few a node has', () => {
  const nodes = Array.from({ length: 1000 }, (_, i) => (i < 3 ? 1 : i < 200 ? 2 : 0))
  const own = randomBuilding({ seed: 6, n: 24 })
  const core = pickCore(nodes, (i) => ({ qp: own, node: nodes[i]! }), 50)
  const heldBy = (node: number) =>
    core.filter((member) => member.node === node).reduce((sum, { qp }) => sum + qp.uMax[0]!, 0)
  for (const [node, count] of [
    [0, 800],
    [1, 3],
    [2, 197],
  ] as const) {
    expect(heldBy(node)).toBeCloseTo(count * own.uMax[0]!, 6)
  }
  expect(core.length).toBeLessThan(65)
})
