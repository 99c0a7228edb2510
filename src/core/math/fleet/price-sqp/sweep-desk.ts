import type { FleetModule } from '../fleet-module.ts'
import { BATCH_PAIRS } from './sweep-groups.ts'

const BYTES = 8
const PAGE_BYTES = 65_536
const LINE_BYTES = 64
// Numbers behind a plan's series.
const BEHIND = 7

/** A module's memory with room for one batch, and what goes in and comes out. Addresses are bytes. */
export interface SweepDesk {
  readonly module: FleetModule
  readonly n: number
  readonly doubles: Float64Array
  readonly at: { readonly first: number; readonly second: number; readonly prices: number }
  /** Rows of the first and the second of a pair, with seven numbers behind. */
  readonly first: Float64Array
  readonly second: Float64Array
  readonly prices: Float64Array
  /** Sums over the batches since they were last cleared: heat, answer, drift, and what `certifyAll` gives. */
  readonly heat: Float64Array
  readonly answer: Float64Array
  readonly drift: Float64Array
  readonly sums: Float64Array
  /** See `settle` and `tell` of the module. */
  readonly lanes: Float64Array
  pairAt(i: number): number
  /** Adds heat and certificate of the first `many` pairs. */
  addUp(many: number): void
  /** Adds their answer, and their drift to the next share. */
  askAll(many: number, nextShare: number): void
  lanesAt: number
}

export function createSweepDesk(module: FleetModule, n: number): SweepDesk {
  let next = module.heapBase()
  const take = (bytes: number) => {
    const at = next
    next += Math.ceil(bytes / LINE_BYTES) * LINE_BYTES
    return at
  }
  const rowsBytes = module.rowsBytes(n) + BEHIND * BYTES
  const at = { first: take(rowsBytes), second: take(rowsBytes), prices: take(n * BYTES) }
  const [heatAt, driftAt] = [take(n * BYTES), take(n * BYTES)]
  const [sumsAt, lanesAt] = [take(4 * BYTES), take(6 * BYTES)]
  const [scratchAt, answersAt, answerAt] = [
    take(module.scratchBytes(n)),
    take(module.sumsBytes(n)),
    take(n * n * BYTES),
  ]
  const stride = module.strideBytes(n)
  const pairs = take(BATCH_PAIRS * stride)
  const missing = next - module.memory.buffer.byteLength
  if (missing > 0) module.memory.grow(Math.ceil(missing / PAGE_BYTES))
  const doubles = new Float64Array(module.memory.buffer)
  const view = (address: number, count: number) => doubles.subarray(address / BYTES, address / BYTES + count)
  doubles.fill(0, at.first / BYTES, pairs / BYTES)
  return {
    ...{ module, n, doubles, at, lanesAt },
    ...{ first: view(at.first, rowsBytes / BYTES), second: view(at.second, rowsBytes / BYTES) },
    ...{ prices: view(at.prices, n), heat: view(heatAt, n), answer: view(answerAt, n * n) },
    ...{ drift: view(driftAt, n), sums: view(sumsAt, 4), lanes: view(lanesAt, 6) },
    pairAt: (i) => pairs + i * stride,
    addUp(many) {
      module.sumHeat(pairs, n, many, heatAt)
      module.certifyAll(pairs, n, many, at.prices, sumsAt)
    },
    askAll(many, nextShare) {
      for (let i = 0; i < many; i++) module.refactor(pairs + i * stride, nextShare, driftAt)
      module.answerSingle(pairs, n, many, scratchAt, answersAt, answerAt)
    },
  }
}
