import { describe, expect, it } from 'vitest'
import {
  loadDense,
  loadFleetMembers,
  loadFleetSweeps,
} from '../../../../../src/adapters/workers/load-kernel.ts'
import type { BuildingQp } from '../../../../../src/core/math/building-qp.ts'
import type { FleetQp, FleetQpResult, FlowLimit } from '../../../../../src/core/math/fleet/fleet-qp.ts'
import { isPlannable } from '../../../../../src/core/math/fleet/plannable.ts'
import { packMembers } from '../../../../../src/core/math/fleet/price-sqp/packed-members.ts'
import { solveFleetQp } from '../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { randomBuilding } from '../random-building.ts'
import { randomFleet } from './random-fleet.ts'

const N = 48
const SETTINGS = { gap: 1e-4, maxIterations: 60 }
const createMembers = loadFleetMembers()
const dense = loadDense()
const row = (value: number) => new Float64Array(N).fill(value)
const base = (change: Partial<Parameters<typeof randomFleet>[0]> = {}) =>
  randomFleet({ seed: 31, size: 6, n: N, branches: 2, branchShare: 0.6, ...change })

/** By the reference, and compiled. */
async function solved(qp: FleetQp): Promise<FleetQpResult[]> {
  const compiled = {
    members: (network: Parameters<typeof createMembers>[1]) => createMembers(qp.members, network),
    dense,
  }
  return [await solveFleetQp(qp, SETTINGS), await solveFleetQp(qp, SETTINGS, compiled)]
}

function numbersOf(result: FleetQpResult): number[] {
  const { members, nodePrice, flowKw, sourceKw, upper, lower, gap, violation, co2ExcessKg } = result
  return [
    ...[upper, lower, gap, co2ExcessKg, ...violation],
    ...[...nodePrice, ...flowKw, ...sourceKw].flatMap((values) => [...values]),
    ...members.flatMap(({ u }) => [...u]),
  ]
}

const capped = (qp: FleetQp, capKw: number): FleetQp => ({
  ...qp,
  nodes: qp.nodes.map((node) => ({ ...node, capKw: row(capKw) })),
})
const priced = (qp: FleetQp, eurPerMwh: (k: number) => number): FleetQp => ({
  ...qp,
  sources: qp.sources.map((source) => ({
    ...source,
    eurPerKw: source.capKw.map((_, k) => eurPerMwh(k) / 4000),
  })),
})
const limited = (qp: FleetQp, ...limits: FlowLimit[]): FleetQp => ({ ...qp, limits })
const limit = (side: FlowLimit['side'], kw: number): FlowLimit => ({
  node: 0,
  side,
  kw: row(kw),
  eurPerKw: 0.2,
})
const reaching = (kw: number): FleetQp => {
  const qp = base({ fixedShare: 0.3 })
  return { ...qp, members: qp.members.map(({ qp: own, node }) => ({ node, qp: { ...own, uMax: row(kw) } })) }
}
const room = (x0: number) => base({ change: (qp, i) => (i === 2 ? { ...qp, x0: [x0, x0] } : qp) })

describe('a fleet of bad input is solved, certified and without NaN', () => {
  it.each<{ with: string; qp: FleetQp }>([
    { with: 'caps of nothing', qp: capped(base(), 0) },
    { with: 'caps below what keeps homes warm', qp: capped(base(), 2) },
    { with: 'nobody', qp: { ...base(), members: [] } },
    { with: 'nobody and no source', qp: { ...base(), members: [], sources: [] } },
    { with: 'one building', qp: base({ size: 1 }) },
    { with: 'one building, a cap and no source', qp: { ...capped(base({ size: 1 }), 10), sources: [] } },
    { with: 'equal prices', qp: priced(base(), () => 60) },
    { with: 'prices of nothing', qp: priced(base(), () => 0) },
    { with: '−500 EUR/MWh', qp: priced(base(), () => -500) },
    { with: '+5000 EUR/MWh', qp: priced(base(), () => 5000) },
    { with: 'both by turns', qp: priced(base(), (k) => (k % 8 < 4 ? -500 : 5000)) },
    { with: 'a room at 5 °C', qp: room(5) },
    { with: 'a room at 35 °C', qp: room(35) },
    {
      with: 'orders that contradict each other',
      qp: limited(base(), limit('at-most', 5), limit('at-least', 500)),
    },
    { with: 'an order of the past', qp: limited(base(), limit('at-most', Number.POSITIVE_INFINITY)) },
    { with: 'an order for less than nothing', qp: limited(base(), limit('at-most', -1e6)) },
    {
      with: 'no plant at all',
      qp: { ...base(), sources: base().sources.map((one) => ({ ...one, capKw: row(0) })) },
    },
    { with: 'no emissions allowed', qp: { ...base(), co2CapKg: 0 } },
    { with: 'a rate of nothing', qp: base({ change: (qp) => ({ ...qp, rateKw: 0 }) }) },
    { with: 'a rate below nothing', qp: base({ change: (qp) => ({ ...qp, rateKw: -3 }) }) },
    { with: 'actuators without reach', qp: reaching(0) },
    { with: 'actuators that reach below nothing', qp: reaching(-1) },
    {
      with: 'more hot water than pipes bear',
      qp: { ...base(), nodes: base().nodes.map((node) => ({ ...node, fixedKw: row(1e5) })) },
    },
  ])('($with)', async ({ qp }) => {
    for (const result of await solved(qp)) {
      expect(result.status).toBe('solved')
      expect(result.gap).toBeLessThanOrEqual(SETTINGS.gap)
      expect(result.lower).toBeLessThanOrEqual(result.upper + 1e-9 * Math.abs(result.upper))
      expect(numbersOf(result).every(Number.isFinite)).toBe(true)
      expect(result.iterations).toBeLessThanOrEqual(60)
    }
  })

  it.each([
    { with: 'a cap that is no number', qp: capped(base(), Number.NaN) },
    { with: 'an order that is no number', qp: limited(base(), limit('at-most', Number.NaN)) },
    { with: 'a price that is no number', qp: priced(base(), (k) => (k === 7 ? Number.NaN : 50)) },
    { with: 'an endless price', qp: priced(base(), (k) => (k === 7 ? Number.POSITIVE_INFINITY : 50)) },
    { with: 'a peak that costs no number', qp: { ...base(), peakEurPerKw: Number.NaN } },
    { with: 'no steps', qp: { ...base(), n: 0 } },
  ])('or has no plan, and says so ($with)', async ({ qp }) => {
    for (const result of await solved(qp)) {
      expect(result).toMatchObject({ status: 'not-finite', gap: Number.POSITIVE_INFINITY })
    }
  })
})

const one = randomBuilding({ seed: 5, n: N, form: 'qp' })
const madnesses: readonly { readonly how: string; readonly qp: BuildingQp }[] = [
  { how: 'NaN weather', qp: { ...one, d1: row(Number.NaN) } },
  { how: 'endless gains', qp: { ...one, d2: row(Number.POSITIVE_INFINITY) } },
  { how: 'a capacity below nothing', qp: { ...one, a: [1.4, -0.2, 0.1, 0.9] } },
  { how: 'a room of a million degrees', qp: { ...one, x0: [1e6, 20] } },
  { how: 'a structure of 1e200 degrees', qp: { ...one, x0: [20, 1e200] } },
  { how: 'a boiler of 1e200 kW', qp: { ...one, uMax: row(1e200) } },
  { how: 'heat that was 1e300 kW', qp: { ...one, u0: 1e300 } },
  { how: 'a price of 1e12 EUR', qp: { ...one, price: row(1e12) } },
  { how: 'comfort worth 1e40', qp: { ...one, w1Lo: row(1e40) } },
  {
    how: 'emitters that give more than they took',
    qp: { ...one, emitter: { ...{ toTi: 0.1, toTm: 0.01, take: 1, q0: 5, endEurPerKw: 0 }, keep: 1.5 } },
  },
  { how: 'a rate that is no number', qp: { ...one, rateKw: Number.NaN } },
]

describe('a building gone mad', () => {
  it.each(madnesses)('($how) is left out alone, whatever the others are tied by', async ({ qp: mad }) => {
    expect(isPlannable(mad)).toBe(false)
    const sane = base()
    const qp = {
      ...sane,
      members: [...sane.members.slice(0, 3), { qp: mad, node: 1 }, ...sane.members.slice(3)],
    }
    const without = await solveFleetQp(sane, SETTINGS)
    for (const result of await solved(qp)) {
      expect(result.status).toBe('solved')
      expect(result.gap).toBeLessThanOrEqual(SETTINGS.gap)
      expect(result.members.map(({ status }) => status === 'not-finite')).toEqual([
        false,
        false,
        false,
        true,
        false,
        false,
        false,
      ])
      expect(numbersOf(result).every(Number.isFinite)).toBe(true)
      const bill = (result.upper - result.lower) / result.gap
      expect(Math.abs(result.upper - without.upper) / bill).toBeLessThan(2 * SETTINGS.gap)
    }
  })

  it('is not one that only has a bad day', () => {
    for (const qp of [
      one,
      { ...one, x0: [5, 5] as const },
      { ...one, x0: [35, 35] as const },
      { ...one, price: row(1.25) },
    ]) {
      expect(isPlannable(qp)).toBe(true)
    }
  })
})

const createSweeps = loadFleetSweeps()!

/** As a city is planned: its prices searched for, with the interior point behind it or, beyond some size, without. */
function searched(qp: FleetQp, isSafeguarded: boolean): Promise<FleetQpResult> {
  return solveFleetQp(qp, SETTINGS, {
    members: (network) => createMembers(qp.members, network),
    dense,
    city: {
      sweeps: (network) => createSweeps(packMembers(qp.members), network),
      core: createMembers,
      isSafeguarded,
    },
  })
}

/** In each place of the first ten one that cannot be planned. */
function withMad(qp: FleetQp): FleetQp {
  const members = qp.members.map((member, i) => ({ ...member, qp: madnesses[i]?.qp ?? member.qp }))
  return { ...qp, members }
}

const city = (change: Partial<Parameters<typeof randomFleet>[0]> = {}) => base({ size: 40, n: N, ...change })

describe('a city of bad input', () => {
  it.each<{ with: string; qp: FleetQp }>([
    { with: 'caps of nothing', qp: capped(city(), 0) },
    { with: 'caps below what keeps homes warm', qp: capped(city(), 20) },
    { with: 'nobody', qp: { ...city(), members: [] } },
    { with: 'one building', qp: city({ size: 1 }) },
    { with: 'equal prices', qp: priced(city(), () => 60) },
    { with: '−500 and +5000 EUR/MWh by turns', qp: priced(city(), (k) => (k % 8 < 4 ? -500 : 5000)) },
    {
      with: 'rooms at 5 and 35 °C',
      qp: city({ change: (qp, i) => ({ ...qp, x0: i % 2 ? [5, 5] : [35, 35] }) }),
    },
    {
      with: 'orders that contradict each other',
      qp: limited(city(), limit('at-most', 50), limit('at-least', 5000)),
    },
    {
      with: 'no plant at all',
      qp: { ...city(), sources: city().sources.map((one) => ({ ...one, capKw: row(0) })) },
    },
    { with: 'models gone mad', qp: withMad(city()) },
  ])(
    'is certified as a whole where its prices are not found, and tells true bounds where nobody stands behind it ($with)',
    async ({ qp }) => {
      const held = await searched(qp, true)
      expect(held.status).toBe('solved')
      expect(held.gap).toBeLessThanOrEqual(SETTINGS.gap)
      const alone = await searched(qp, false)
      for (const result of alone.status === 'not-finite' ? [held] : [held, alone]) {
        expect(numbersOf(result).every(Number.isFinite)).toBe(true)
        expect(result.lower).toBeLessThanOrEqual(held.upper + 1e-9 * Math.abs(held.upper))
        expect(result.upper).toBeGreaterThanOrEqual(held.lower - 1e-9 * Math.abs(held.lower))
      }
    },
  )
})
