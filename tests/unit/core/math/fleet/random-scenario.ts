import type { BuildingQp } from '../../../../../src/core/math/building-qp.ts'
import type { FleetQp } from '../../../../../src/core/math/fleet/fleet-qp.ts'
import { extremes } from '../extremes.ts'
import { seeded } from '../random-building.ts'
import { randomFleet } from './random-fleet.ts'

const WEATHER = [
  'a plain day',
  'a room 10 K too cold',
  'a room 10 K too hot',
  'a cold that cannot be met',
  'a summer day',
]
const RAMPS = [1e-3, 0.1, 1, 1, 4, 100]
const CAPS = [0.05, 0.25, 0.35, 0.5, 0.62, 1]

/** One of many fleets on a bad day: scarce caps, tiny and great ramps, cold, heat, spikes, negative prices, mad models. */
export function randomScenario(
  seed: number,
  size = 30,
  n = 192,
): { readonly qp: FleetQp; readonly what: string } {
  const random = seeded(7000 + seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const names = Object.keys(extremes)
  const weather = pick(WEATHER)
  const ramp = pick(RAMPS)
  const oddShare = pick([0, 0, 0.2])
  const odd = names.filter((name) => !/million|400 EUR/.test(name))
  const change = (qp: BuildingQp) => {
    const own = extremes[weather]({ ...qp, wr: qp.wr * ramp })
    return random() < oddShare ? extremes[pick(odd)](own) : own
  }
  const options = {
    capShare: pick(CAPS),
    peakEurPerKw: pick([0, 0.02, 1]),
    branches: pick([0, 0, 3]),
    branchShare: pick([0.3, 0.6, 0.9]),
    orderShare: pick([undefined, 0.1, 0.3]),
    fixedShare: pick([0, 0.5, 3]),
    co2Share: pick([undefined, undefined, undefined, 0.5]),
    delaySteps: pick([0, 3]),
  }
  const prices = pick(['plain', 'plain', 'spike', 'negative', 'equal', 'free'])
  const qp = randomFleet({ seed: 100 + seed, size, n, change, ...options })
  const sources = qp.sources.map((source) => ({
    ...source,
    eurPerKw: source.eurPerKw.map((v, k) => priced(prices, v, k)),
  }))
  return { qp: { ...qp, sources }, what: JSON.stringify({ weather, ramp, oddShare, prices, ...options }) }
}

function priced(prices: string, eur: number, k: number): number {
  switch (prices) {
    case 'spike':
      return k % 96 > 68 && k % 96 < 73 ? 1.25 : eur
    case 'negative':
      return k % 24 < 6 ? eur - 0.125 : eur
    case 'equal':
      return 0.01
    case 'free':
      return 0
    default:
      return eur
  }
}
