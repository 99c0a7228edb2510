import type { BuildingQp } from '../../../../../src/core/math/building-qp.ts'
import type {
  FleetMember,
  FleetQp,
  FlowLimit,
  HeatSource,
  NetworkNode,
} from '../../../../../src/core/math/fleet/fleet-qp.ts'
import { randomBuilding, seeded } from '../random-building.ts'

export interface RandomFleet {
  readonly seed: number
  readonly size: number
  readonly n?: number
  readonly form?: 'qp' | 'lp'
  /** Cap of the plant's flow as a share of all uMax. */
  readonly capShare?: number
  readonly peakEurPerKw?: number
  /** Branches below the plant, each with a cap of this share of its uMax. */
  readonly branches?: number
  readonly branchShare?: number
  readonly delaySteps?: number
  readonly lossRatio?: number
  /** Share of the uMax that the limit of an order leaves, for three hours of the second day. */
  readonly orderShare?: number
  readonly co2Share?: number
  readonly fixedShare?: number
  readonly emitterHours?: number
  /** EUR for each kW of a building's own peak, a share of a day's heat bill for it; every `feeEvery`-th pays it. */
  readonly feeShare?: number
  readonly feeEvery?: number
  readonly change?: (qp: BuildingQp, i: number) => BuildingQp
}

const STEP_HOURS = 0.25
const SIZES = [0.2, 0.15, 0.15, 0.15, 0.15, 0.3]
const EUR_PER_KWH = [0.008, 0.02, 0.035, 0.055, 0.08, 0.13, 0.2]
const KG_PER_KWH = [0.01, 0.03, 0.4, 0.02, 0.2, 0.3]

/** A fleet that pays for heat by the plant's merit order alone: sloped for `qp`, flat for `lp`. */
export function randomFleet(options: RandomFleet): FleetQp {
  const { seed, size, n = 192, form = 'qp', capShare = 0.62, peakEurPerKw = 0.02, branches = 0 } = options
  const random = seeded(seed)
  const members = Array.from({ length: size }, (_, i): FleetMember => {
    const plain = randomBuilding({
      ...{ seed: seed * 1000 + i, n, form },
      ...(options.emitterHours && { emitterHours: options.emitterHours }),
      ...(options.feeShare && i % (options.feeEvery ?? 1) === 0 && { feeShare: options.feeShare }),
    })
    const qp = { ...plain, price: new Float64Array(n) }
    return { qp: options.change?.(qp, i) ?? qp, node: branches > 0 ? 1 + Math.floor(random() * branches) : 0 }
  })
  const row = (value: number) => new Float64Array(n).fill(value)
  const totalAt = (node: number) =>
    members.reduce((sum, m) => sum + (node < 0 || m.node === node ? Math.max(...m.qp.uMax) : 0), 0)
  const total = totalAt(-1)
  const fixed = (options.fixedShare ?? 0) * total
  const nodes: NetworkNode[] = [
    { parent: -1, fixedKw: row(fixed), capKw: row(capShare * total + fixed), lossRatio: 0, delaySteps: 0 },
  ]
  for (let i = 1; i <= branches; i++) {
    nodes.push({
      parent: i > 2 && i % 3 === 0 ? i - 1 : 0,
      fixedKw: row(0),
      capKw: row((options.branchShare ?? 0.7) * (totalAt(i) || 1) * (i % 3 === 2 ? 3 : 1)),
      lossRatio: (options.lossRatio ?? 0.1) * random(),
      delaySteps: Math.round((options.delaySteps ?? 2) * random()),
    })
  }
  const sources = SIZES.map((share, j): HeatSource => {
    const capKw = row(share * (total + fixed))
    const rise = form === 'qp' ? (EUR_PER_KWH[j + 1] - EUR_PER_KWH[j]) / (share * (total + fixed)) : 0
    return {
      capKw,
      eurPerKw: row(EUR_PER_KWH[j] * STEP_HOURS),
      slope: row(rise * STEP_HOURS),
      kgPerKw: row(KG_PER_KWH[j] * STEP_HOURS),
    }
  })
  const limits: FlowLimit[] = []
  if (options.orderShare !== undefined) {
    const kw = row(Number.POSITIVE_INFINITY)
    for (let k = Math.floor(0.6 * n); k < Math.floor(0.6 * n) + 12 && k < n; k++)
      kw[k] = options.orderShare * total
    limits.push({ node: 0, side: 'at-most', kw, eurPerKw: 0.4 * STEP_HOURS })
  }
  const co2CapKg =
    options.co2Share === undefined
      ? Number.POSITIVE_INFINITY
      : options.co2Share * 0.1 * STEP_HOURS * n * 0.4 * total
  return { n, members, nodes, sources, peakEurPerKw, limits, co2CapKg }
}
