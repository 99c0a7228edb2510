import type { ModelData } from 'highs'
import type { FleetQp } from '../../../../../src/core/math/fleet/fleet-qp.ts'
import { highsModel } from '../highs-model.ts'

type Entry = readonly [column: number, value: number]

/** The coupled fleet as one linear programme, written from the header of `FleetQp` and nothing else. */
export function highsFleetModel(qp: FleetQp): ModelData {
  const { n, nodes, sources, limits } = qp
  const cost: number[] = []
  const lower: number[] = []
  const upper: number[] = []
  const rows: { lower: number; upper: number; entries: Entry[] }[] = []
  let offset = 0
  const column = (eur: number, from: number, to: number) => {
    cost.push(eur)
    lower.push(from)
    upper.push(to)
    return cost.length - 1
  }
  const heatOf = qp.members.map(({ qp: member }) => {
    const model = highsModel(member)
    if (model.matrix?.format !== 'csr') throw new Error('rows were expected')
    const first = cost.length
    const { starts, indices, values } = model.matrix
    for (let i = 0; i < model.numCols; i++) column(model.colCost![i], model.colLower![i], model.colUpper![i])
    for (let i = 0; i < model.numRows; i++) {
      const entries: Entry[] = []
      for (let at = starts[i]; at < starts[i + 1]; at++) entries.push([first + indices[at], values[at]])
      rows.push({ lower: model.rowLower![i], upper: model.rowUpper![i], entries })
    }
    offset += model.offset ?? 0
    return first
  })
  const flow = nodes.map(({ capKw }) => Array.from({ length: n }, (_, k) => column(0, -1e30, capKw[k])))
  nodes.forEach(({ fixedKw }, i) => {
    for (let k = 0; k < n; k++) {
      const entries: Entry[] = [[flow[i][k], -1]]
      qp.members.forEach(({ node }, b) => {
        if (node === i) entries.push([heatOf[b] + k, 1])
      })
      nodes.forEach(({ parent, lossRatio, delaySteps }, c) => {
        if (parent === i) entries.push([flow[c][(k + delaySteps) % n], 1 + lossRatio])
      })
      rows.push({ lower: -fixedKw[k], upper: -fixedKw[k], entries })
    }
  })
  const heat = sources.map(({ capKw, eurPerKw }) =>
    Array.from(capKw, (cap, k) => column(eurPerKw[k], 0, cap)),
  )
  const emitted: Entry[] = []
  for (let k = 0; k < n && sources.length > 0; k++) {
    rows.push({ lower: 0, upper: 0, entries: [[flow[0][k], -1], ...heat.map((own): Entry => [own[k], 1])] })
    sources.forEach(({ kgPerKw }, j) => {
      emitted.push([heat[j][k], kgPerKw[k]])
    })
  }
  if (Number.isFinite(qp.co2CapKg)) rows.push({ lower: -1e30, upper: qp.co2CapKg, entries: emitted })
  if (qp.peakEurPerKw > 0) {
    const peak = column(qp.peakEurPerKw, -1e30, 1e30)
    for (const at of flow[0])
      rows.push({
        lower: 0,
        upper: 1e30,
        entries: [
          [peak, 1],
          [at, -1],
        ],
      })
  }
  for (const { node, side, kw, eurPerKw } of limits) {
    const sign = side === 'at-most' ? 1 : -1
    kw.forEach((value, k) => {
      if (!Number.isFinite(value)) return
      const excess = column(eurPerKw, 0, 1e30)
      rows.push({
        lower: -sign * value,
        upper: 1e30,
        entries: [
          [excess, 1],
          [flow[node][k], -sign],
        ],
      })
    })
  }
  return asModel(offset, { cost, lower, upper }, rows)
}

function asModel(
  offset: number,
  columns: { cost: number[]; lower: number[]; upper: number[] },
  rows: readonly { lower: number; upper: number; entries: readonly Entry[] }[],
): ModelData {
  const size = { numCols: columns.cost.length, numRows: rows.length }
  const starts = new Int32Array(rows.length + 1)
  rows.forEach(({ entries }, i) => {
    starts[i + 1] = starts[i] + entries.length
  })
  const flat = rows.flatMap(({ entries }) => entries)
  return {
    ...size,
    offset,
    colCost: Float64Array.from(columns.cost),
    colLower: Float64Array.from(columns.lower),
    colUpper: Float64Array.from(columns.upper),
    rowLower: Float64Array.from(rows, ({ lower }) => lower),
    rowUpper: Float64Array.from(rows, ({ upper }) => upper),
    matrix: {
      format: 'csr',
      ...size,
      starts,
      indices: Int32Array.from(flat, ([column]) => column),
      values: Float64Array.from(flat, ([, value]) => value),
    },
  }
}
