import { describe, expect, it } from 'vitest'
import type { Branch, Network } from '../../../../../src/core/domain/network.ts'
import { fitSignature } from '../../../../../src/core/plan/production/fit-signature.ts'
import { networkNodes } from '../../../../../src/core/plan/production/network-nodes.ts'
import { networkSupplyC } from '../../../../../src/core/plan/production/network-supply.ts'

// Thursday midnight in Helsinki.
const START = Date.UTC(2026, 0, 7, 22)
const branch = (id: string, more: Partial<Branch> = {}): Branch => ({
  id,
  lossRatio: 0,
  delayMinutes: 0,
  ...more,
})
const network = (more: Partial<Network>): Network => ({
  branches: [],
  peakEurPerKw: 0,
  supply: [{ outdoorC: 0, supplyC: 80 }],
  objective: 'system',
  ...more,
})
const ahead = (steered: Readonly<Record<string, number>>, slots = 2) => ({
  start: START,
  timeZone: 'Europe/Helsinki',
  outdoorC: new Float64Array(slots).fill(-3),
  supplyC: new Float64Array(slots).fill(85),
  steeredKw: new Map(Object.entries(steered).map(([id, kw]) => [id, new Float64Array(slots).fill(kw)])),
})
const base = { kind: 'signature', covers: 'uncontrolled', baseKw: [100], kwPerK: 10, belowC: 17 } as const

describe('the network', () => {
  it('puts branches after the ones that feed them, with delays in whole slots', () => {
    const branches = [
      branch('far', { parent: 'near', delayMinutes: 20, capKw: 50, lossRatio: 0.1 }),
      branch('near', { delayMinutes: 40 }),
    ]
    const { nodes, nodeOf } = networkNodes(network({ branches, capKw: 900 }), ahead({}))
    expect([...nodeOf]).toEqual([
      ['near', 1],
      ['far', 2],
    ])
    expect(
      nodes.map(({ parent, delaySteps, lossRatio, capKw }) => [parent, delaySteps, lossRatio, capKw[0]]),
    ).toEqual([
      [-1, 0, 0, 900],
      [0, 3, 0, Number.POSITIVE_INFINITY],
      [1, 1, 0.1, 50],
    ])
  })

  // 100 + 10 · (17 + 3) = 300; pipes at (85 + 45)/2 in ground of 5: 2 · 60 = 120.
  it.each<{
    name: string
    more: Partial<Network>
    steered: Record<string, number>
    fixed: number[]
    passing: number
  }>([
    { name: 'a signature', more: { uncontrolled: base }, steered: { '': 80 }, fixed: [300], passing: 380 },
    {
      name: 'a signature and losses',
      more: { uncontrolled: base, losses: { kwPerK: 2, returnC: 45, groundC: 5 } },
      steered: {},
      fixed: [420],
      passing: 420,
    },
    {
      name: 'the signature of all, losses and steered buildings taken out',
      more: {
        uncontrolled: { ...base, covers: 'total' },
        losses: { kwPerK: 2, returnC: 45, groundC: 5 },
        branches: [branch('east', { lossRatio: 0.25 })],
      },
      steered: { '': 30, east: 80 },
      fixed: [170, 0],
      passing: 300,
    },
    {
      name: 'a total that is less than the steered buildings alone',
      more: { uncontrolled: { ...base, covers: 'total' } },
      steered: { '': 999 },
      fixed: [0],
      passing: 999,
    },
    {
      name: 'a share of nine tenths',
      more: { uncontrolled: { kind: 'share', ratio: 0.9 } },
      steered: { '': 80 },
      fixed: [720],
      passing: 800,
    },
    {
      name: 'a share at the plant of what a branch takes in all',
      more: {
        uncontrolled: { kind: 'share', ratio: 0.5 },
        branches: [branch('east', { lossRatio: 0.1, uncontrolled: { ...base, kwPerK: 0 } })],
      },
      steered: { east: 100 },
      fixed: [220, 100],
      passing: 440,
    },
  ])('takes from $name what nobody steers', ({ more, steered, fixed, passing }) => {
    const { nodes, expectedKw } = networkNodes(network(more), ahead(steered))
    expect(nodes.map(({ fixedKw }) => fixedKw[1])).toEqual(fixed.map((kw) => expect.closeTo(kw, 9)))
    expect(expectedKw[1]).toBeCloseTo(passing, 9)
  })

  it('knows the hours of workdays and of weekends', () => {
    const baseKw = Array.from({ length: 48 }, (_, i) => i)
    const load = { ...base, baseKw, kwPerK: 0 }
    const { nodes } = networkNodes(network({ uncontrolled: load }), ahead({}, 96 * 3))
    // Thursday 7:00, Saturday 7:00.
    expect([nodes[0]!.fixedKw[28], nodes[0]!.fixedKw[96 * 2 + 28]]).toEqual([7, 31])
  })

  it('runs hotter as it grows colder, between its points', () => {
    const supply = [
      { outdoorC: -26, supplyC: 115 },
      { outdoorC: 5, supplyC: 75 },
    ]
    expect([-40, -26, -10.5, 5, 20].map((c) => networkSupplyC(supply, c))).toEqual([115, 115, 95, 75, 75])
  })
})

describe('the signature of a measured load', () => {
  const HOUR = 3_600_000
  const rows = Array.from({ length: 24 * 21 }, (_, i) => {
    const at = START + i * HOUR
    const outdoorC = -5 + 25 * Math.sin(i / 37)
    const isMorning = Math.floor(((at + 2 * HOUR) % (24 * HOUR)) / HOUR) === 7
    return { at, outdoorC, heatKw: 500 + (isMorning ? 200 : 0) + 40 * Math.max(0, 16 - outdoorC) }
  })

  it('is found again where it made the load', () => {
    const { signature, missRatio } = fitSignature(rows, 'total', 'Europe/Helsinki')
    expect(signature).toMatchObject({ covers: 'total', belowC: 16 })
    expect(signature.kwPerK).toBeCloseTo(40, 6)
    expect(signature.baseKw[7]).toBeCloseTo(700, 4)
    expect(signature.baseKw[24 + 8]).toBeCloseTo(500, 4)
    expect(missRatio).toBeLessThan(1e-6)
  })

  it('has a base for hours that were never measured', () => {
    const some = rows.filter((_, i) => i % 24 < 6)
    const { signature } = fitSignature(some, 'total', 'Europe/Helsinki')
    expect(signature.baseKw.every((kw) => Number.isFinite(kw))).toBe(true)
  })
})
