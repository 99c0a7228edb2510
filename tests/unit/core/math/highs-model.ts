import type { ModelData } from 'highs'
import { type BuildingQp, NO_LAG } from '../../../../src/core/math/building-qp.ts'
import { findRateLimits } from '../../../../src/core/math/rate-limits.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'

type Entry = readonly [column: number, value: number]

/** The same problem for HiGHS: states, slacks and heat as columns, dynamics, band and rate as rows. */
export function highsModel(qp: BuildingQp): ModelData {
  const { n, a, b, d1, d2, x0, u0, wr, price, lo, hi, w1Lo, w1Hi, w2Lo, w2Hi, terminal, emitter, peak } = qp
  const ws = createWorkspace(n)
  findRateLimits(qp, ws)
  const [u, ti, tm, sl, sh, q] = [0, n, 2 * n, 3 * n, 4 * n, 5 * n]
  const fee = (emitter ? 6 : 5) * n
  const columns = fee + (peak ? 1 : 0)
  const cost = new Float64Array(columns)
  const lower = new Float64Array(columns)
  const upper = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const rows: { lower: number; upper: number; entries: Entry[] }[] = []
  const row = (from: number, to: number, ...entries: Entry[]) =>
    rows.push({ lower: from, upper: to, entries })
  const hessian: Entry[][] = Array.from({ length: columns }, () => [])

  lower.fill(Number.NEGATIVE_INFINITY, n, 3 * n)
  for (let k = 0; k < n; k++) {
    cost[u + k] = price[k]
    cost[sl + k] = w1Lo[k]
    cost[sh + k] = w1Hi[k]
    upper[u + k] = ws.top[k]
    const before = (t: Entry, m: Entry): Entry[] => (k > 0 ? [t, m] : [])
    const from = k > 0 ? [0, 0] : [a[0] * x0[0] + a[1] * x0[1], a[2] * x0[0] + a[3] * x0[1]]
    const { toTi, toTm, keep, take, q0 } = emitter ?? NO_LAG
    const fromEmitter = k > 0 ? 0 : q0
    const late = (effect: number): Entry[] => (emitter && k > 0 ? [[q + k - 1, -effect]] : [])
    const airK = d1[k] + from[0] + toTi * fromEmitter
    const massK = d2[k] + from[1] + toTm * fromEmitter
    const air = before([ti + k - 1, -a[0]], [tm + k - 1, -a[1]])
    const mass = before([ti + k - 1, -a[2]], [tm + k - 1, -a[3]])
    row(airK, airK, [ti + k, 1], [u + k, -b[0]], ...air, ...late(toTi))
    row(massK, massK, [tm + k, 1], [u + k, -b[1]], ...mass, ...late(toTm))
    if (emitter) row(keep * fromEmitter, keep * fromEmitter, [q + k, 1], [u + k, -take], ...late(keep))
    row(lo[k], Number.POSITIVE_INFINITY, [ti + k, 1], [sl + k, 1])
    row(Number.NEGATIVE_INFINITY, hi[k], [ti + k, 1], [sh + k, -1])
    if (Number.isFinite(qp.rateKw)) {
      const base = k > 0 ? 0 : u0
      const previous: Entry[] = k > 0 ? [[u + k - 1, -1]] : []
      row(base - ws.fall[k], base + ws.rise[k], [u + k, 1], ...previous)
    }
    if (peak) row(peak.fixedKw[k], Number.POSITIVE_INFINITY, [fee, 1], [u + k, -1])
    if (wr > 0) {
      hessian[u + k].push([u + k, k < n - 1 ? 2 * wr : wr])
      if (k < n - 1) hessian[u + k].push([u + k + 1, -wr])
    }
    if (w2Lo > 0) hessian[sl + k].push([sl + k, w2Lo])
    if (w2Hi > 0) hessian[sh + k].push([sh + k, w2Hi])
  }
  cost[u] -= wr * u0
  if (peak) {
    cost[fee] = peak.eurPerKw
    lower[fee] = peak.soFarKw
  }
  if (emitter) cost[q + n - 1] += emitter.endEurPerKw
  const [P11, P12, P22] = terminal.P
  const [r1, r2] = terminal.r
  cost[ti + n - 1] += terminal.p[0] - P11 * r1 - P12 * r2
  cost[tm + n - 1] += terminal.p[1] - P12 * r1 - P22 * r2
  if (P11 > 0) hessian[ti + n - 1].push([ti + n - 1, P11])
  if (P12 !== 0) hessian[ti + n - 1].push([tm + n - 1, P12])
  if (P22 > 0) hessian[tm + n - 1].push([tm + n - 1, P22])

  const size = { numCols: columns, numRows: rows.length }
  const quadratic = hessian.some((column) => column.length > 0)
  return {
    ...size,
    offset: 0.5 * (wr * u0 * u0 + P11 * r1 * r1 + 2 * P12 * r1 * r2 + P22 * r2 * r2),
    ...{ colCost: cost, colLower: lower, colUpper: upper },
    rowLower: Float64Array.from(rows, ({ lower }) => lower),
    rowUpper: Float64Array.from(rows, ({ upper }) => upper),
    matrix: { format: 'csr', ...size, ...compressed(rows.map(({ entries }) => entries)) },
    ...(quadratic ? { hessian: { format: 'triangular', dimension: columns, ...compressed(hessian) } } : {}),
  }
}

function compressed(lists: readonly (readonly Entry[])[]) {
  const starts = new Int32Array(lists.length + 1)
  lists.forEach((list, i) => {
    starts[i + 1] = starts[i] + list.length
  })
  const flat = lists.flat()
  return {
    starts,
    indices: Int32Array.from(flat, ([column]) => column),
    values: Float64Array.from(flat, ([, value]) => value),
  }
}
