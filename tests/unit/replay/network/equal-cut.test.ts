import { expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { drawnByBranch } from '../../../../src/replay/network/branch-streams.ts'
import { equalCutLimits } from '../../../../src/replay/network/equal-cut.ts'
import { sketchRun } from '../../../fixtures/building-run.ts'

const START = Date.parse('2024-01-10T00:00:00Z')
const peaky = (kw: number) => (k: number) => (k === 4 ? 2 * kw : kw)
const runs = ['a', 'b', 'c'].map((id, i) =>
  sketchRun({ id, start: START, slots: 8, heatKw: peaky(10 * (i + 1)) }),
)
const place = (id: string, branch: string | undefined) => ({
  id: parseBuildingId(id) ?? runs[0]!.building.id,
  branch,
  isOnNetwork: true,
})
const sum = (limits: readonly Float64Array[], k: number) => limits.reduce((total, kw) => total + kw[k]!, 0)

it('cuts every building by the same share, so that the branch is at its cap and hot water is not touched', () => {
  const placed = [place('a', 'north'), place('b', 'north'), place('c', undefined)]
  const streams = drawnByBranch(runs, placed)
  const north = streams.get('north')
  if (!north) throw new Error('nobody on the branch')
  const limits = equalCutLimits(runs, placed, [{ id: 'north', capKw: 50 }], new Map([['north', north]]))
  // 60 kW as found, 48 of it space heat: some 38 are left.
  expect(sum(limits.slice(0, 2), 4) + 12).toBeCloseTo(0.997 * 50)
  expect(limits[0]![4]! / 16).toBeCloseTo(limits[1]![4]! / 32)
  expect(limits[2]?.every((kw) => kw === Number.POSITIVE_INFINITY)).toBe(true)
  expect(limits[0]?.[0]).toBe(Number.POSITIVE_INFINITY)
})

it('takes the tightest of all branches on the way', () => {
  const placed = [place('a', 'west'), place('b', 'north'), place('c', undefined)]
  const branches = [
    { id: 'north', capKw: 45 },
    { id: 'west', parent: 'north', capKw: 12 },
  ]
  const drawn = drawnByBranch(runs, placed)
  const west = drawn.get('west')
  const north = drawn.get('north')
  if (!west || !north) throw new Error('nobody on the branch')
  const both = { ...north, heatKw: north.heatKw.map((kw, k) => kw + west.heatKw[k]!) }
  const limits = equalCutLimits(
    runs,
    placed,
    branches,
    new Map([
      ['north', both],
      ['west', west],
    ]),
  )
  expect(limits[0]?.[4]).toBeCloseTo(0.997 * 12 - 4)
  expect(limits[1]?.[4]).toBeCloseTo((32 * (0.997 * 45 - 12)) / 48)
})
