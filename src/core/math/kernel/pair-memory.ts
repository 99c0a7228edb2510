import { type BuildingQp, type BuildingQpSettings, NO_LAG } from '../building-qp.ts'
import type { BuildingTask } from '../building-task.ts'
import type { BuildingModule } from './building-module.ts'

const BYTES = 8
const PAGE_BYTES = 65_536
// Behind the rows that every problem has.
export const FIXED_ROW = 9

export interface PairAnswer {
  readonly u: Float64Array
  readonly ti: Float64Array
  readonly tm: Float64Array
  /** As a share of the expected bill. */
  readonly gap: number
  readonly iterations: number
  readonly solved: boolean
  readonly objective: number
  readonly slackLo: number
  readonly slackHi: number
}

/** The kernel's memory, as large as the longest problem it has seen needs. */
export interface PairMemory {
  /** Two problems of the same n, both with a limited rate or both without, and likewise with a fee. */
  solve(
    first: BuildingTask,
    second: BuildingTask,
    settings: BuildingQpSettings,
    warm: boolean,
  ): [PairAnswer, PairAnswer]
}

export function createPairMemory(module: BuildingModule): PairMemory {
  const at = module.heapBase()
  let doubles = new Float64Array(module.memory.buffer)
  let steps = 0
  let rowsAt: readonly number[] = []

  function makeRoom(n: number): void {
    // Growing leaves the views of before without memory.
    if (n === steps && doubles.length > 0) return
    steps = n
    rowsAt = [0, 1].map((lane) => module.rowsAt(at, n, lane) / BYTES)
    const missing = at + module.workBytes(n) - module.memory.buffer.byteLength
    if (missing > 0) module.memory.grow(Math.ceil(missing / PAGE_BYTES))
    doubles = new Float64Array(module.memory.buffer)
  }

  function write({ qp, warmStart }: BuildingTask, lane: number): void {
    const rows = rowsAt[lane]
    writeHead(qp, doubles, at / BYTES + lane)
    writeRows(qp, warmStart, doubles, rows)
  }

  function read(n: number, lane: number): PairAnswer {
    const row = rowsAt[lane]
    const tail = row + 3 * n
    // One piece of memory for all three, since each costs more than what it holds.
    const series = doubles.slice(row, tail)
    return {
      u: series.subarray(0, n),
      ti: series.subarray(n, 2 * n),
      tm: series.subarray(2 * n),
      gap: doubles[tail] / doubles[tail + 1],
      iterations: doubles[tail + 2],
      solved: doubles[tail + 3] === 1,
      objective: doubles[tail + 4],
      slackLo: doubles[tail + 5],
      slackHi: doubles[tail + 6],
    }
  }

  return {
    solve(first, second, { gap, maxIterations }, warm) {
      const { n, rateKw, peak } = first.qp
      const [rated, paid] = [Number.isFinite(rateKw) ? 1 : 0, peak ? 1 : 0]
      makeRoom(n)
      write(first, 0)
      write(second, 1)
      module.solvePair(at, n, rated, paid, warm ? 1 : 0, gap, maxIterations)
      return [read(n, 0), read(n, 1)]
    },
  }
}

/** The series, in the order of the kernel's `readRows`; a fee's go to a kernel that knows them. */
export function writeRows(
  qp: BuildingQp,
  warmStart: Float64Array | undefined,
  to: Float64Array,
  at: number,
): void {
  let row = at
  for (const values of [qp.price, qp.uMax, qp.d1, qp.d2, qp.lo, qp.hi, qp.w1Lo, qp.w1Hi]) {
    to.set(values.length === qp.n ? values : values.subarray(0, qp.n), row)
    row += qp.n
  }
  if (qp.peak) to.set(qp.peak.fixedKw.subarray(0, qp.n), at + FIXED_ROW * qp.n)
  if (!warmStart) return
  for (let k = 0; k < qp.n; k++) to[row + k] = warmStart[Math.min(k, warmStart.length - 1)]
}

/** The scalars, in the order of the kernel's `Pair`, every second double. */
export function writeHead(
  { a, b, x0, u0, wr, w2Lo, w2Hi, terminal, rateKw, emitter, peak }: BuildingQp,
  to: Float64Array,
  at: number,
) {
  const { p, P, r } = terminal
  const { toTi, toTm, keep, take, q0, endEurPerKw } = emitter ?? NO_LAG
  const scalars = [...a, ...b, ...x0, Math.max(0, u0), wr, w2Lo, w2Hi, ...p, ...P, ...r, rateKw]
  // Also where there is neither: another building's may lie here.
  scalars.push(toTi, toTm, keep, take, q0, endEurPerKw, peak?.eurPerKw ?? 0, peak?.soFarKw ?? 0)
  for (let i = 0; i < scalars.length; i++) to[at + 2 * i] = scalars[i]
}
