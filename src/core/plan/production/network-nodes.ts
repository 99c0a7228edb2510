import { type Instant, MINUTE_MS, SLOT_MS } from '../../domain/instant.ts'
import type { Branch, Network, UncontrolledLoad } from '../../domain/network.ts'
import type { NetworkNode } from '../../math/fleet/fleet-qp.ts'
import { pipeLossKw, signatureKw } from './uncontrolled-load.ts'

export interface NetworkOutlook {
  readonly start: Instant
  readonly timeZone: string
  readonly outdoorC: Float64Array
  /** Supply temperature of the network. */
  readonly supplyC: Float64Array
  /** What steered buildings would take on their curves, hot water included, by the branch they stand on; '' is the plant. */
  readonly steeredKw: ReadonlyMap<string, Float64Array>
}

export interface NodeTree {
  /** Parents first; the plant is the first. Their fixed flow is what nobody steers, and losses. */
  readonly nodes: readonly NetworkNode[]
  /** Index of a branch's node; the plant's is 0. */
  readonly nodeOf: ReadonlyMap<string, number>
  /** Flow at the plant where everybody stays on the curves, kW a slot; water's delays left out. */
  readonly expectedKw: Float64Array
}

/** The network as the solver sees it, with the demand that nobody steers forecast for the days ahead. */
export function networkNodes(network: Network, ahead: NetworkOutlook): NodeTree {
  const n = ahead.outdoorC.length
  const branches = parentsFirst(network.branches)
  const nodeOf = new Map(branches.map(({ id }, i) => [id, i + 1]))
  const parents = branches.map(({ parent }) => (parent === undefined ? 0 : (nodeOf.get(parent) ?? 0)))
  const fixed = [new Float64Array(n), ...branches.map(() => new Float64Array(n))]
  // All heat that passes through a node with the steered buildings on their curves, from the leaves up.
  const passing = ['', ...branches.map(({ id }) => id)].map(
    (id) => ahead.steeredKw.get(id)?.slice() ?? new Float64Array(n),
  )
  for (let i = branches.length; i > 0; i--) {
    addDemand(branches[i - 1].uncontrolled, { fixedKw: fixed[i], passingKw: passing[i] }, ahead)
    const arrives = 1 + branches[i - 1].lossRatio
    passing[i].forEach((kw, k) => {
      passing[parents[i - 1]][k] += arrives * kw
    })
  }
  const plant = { fixedKw: fixed[0], passingKw: passing[0] }
  addDemand(network.uncontrolled, plant, ahead)
  if (!isTotal(network.uncontrolled)) addLosses(network, plant, ahead.supplyC)
  const nodes = [
    node(-1, fixed[0], { capKw: network.capKw, lossRatio: 0, delayMinutes: 0 }),
    ...branches.map((branch, i) => node(parents[i], fixed[i + 1], branch)),
  ]
  return { nodes, nodeOf, expectedKw: plant.passingKw }
}

interface Flow {
  readonly fixedKw: Float64Array
  readonly passingKw: Float64Array
}

/** Puts a node's own uncontrolled demand into its fixed flow and into what passes. */
function addDemand(load: UncontrolledLoad | undefined, { fixedKw, passingKw }: Flow, ahead: NetworkOutlook) {
  if (!load) return
  const all =
    load.kind === 'signature'
      ? signatureKw(load, ahead.start, ahead.outdoorC, ahead.timeZone)
      : passingKw.map((kw) => kw / (1 - load.ratio))
  const isWhole = load.kind === 'share' || load.covers === 'total'
  for (let k = 0; k < all.length; k++) {
    fixedKw[k] = isWhole ? Math.max(0, all[k] - passingKw[k]) : all[k]
    passingKw[k] += fixedKw[k]
  }
}

/** Whether losses are in a load already. */
function isTotal(load: UncontrolledLoad | undefined): boolean {
  return load?.kind === 'signature' && load.covers === 'total'
}

function addLosses({ losses }: Network, { fixedKw, passingKw }: Flow, supplyC: Float64Array): void {
  if (!losses) return
  for (let k = 0; k < fixedKw.length; k++) {
    const lostKw = pipeLossKw(losses, supplyC[k])
    fixedKw[k] += lostKw
    passingKw[k] += lostKw
  }
}

function node(
  parent: number,
  fixedKw: Float64Array,
  { capKw, lossRatio, delayMinutes }: Pick<Branch, 'capKw' | 'lossRatio' | 'delayMinutes'>,
): NetworkNode {
  return {
    parent,
    fixedKw,
    capKw: new Float64Array(fixedKw.length).fill(capKw ?? Number.POSITIVE_INFINITY),
    lossRatio,
    delaySteps: Math.round((delayMinutes * MINUTE_MS) / SLOT_MS),
  }
}

/** In an order in which each branch comes after the one that feeds it. */
function parentsFirst(branches: readonly Branch[]): Branch[] {
  const known = new Map(branches.map((branch) => [branch.id, branch]))
  const depth = (branch: Branch, steps = 0): number => {
    const parent = branch.parent === undefined ? undefined : known.get(branch.parent)
    return parent && steps < branches.length ? 1 + depth(parent, steps + 1) : 0
  }
  return [...branches].sort((a, b) => depth(a) - depth(b))
}
