import { DAY_MS, HOUR_MS } from '../../domain/instant.ts'
import { factorCholesky, solveCholesky } from '../../math/cholesky.ts'

/** A meter, and what the heating circuit's pipes say of the shape of the heat that goes through them. */
export interface MeteredByPipes {
  readonly at: ArrayLike<number>
  readonly meteredKw: ArrayLike<number>
  readonly shape: ArrayLike<number>
  readonly outdoorC: ArrayLike<number>
}

const HOURS = 24
const BINS = 2 * HOURS
const TERMS = 1 + 2 * BINS
const LEAST_ROWS = 600
/** Prior deviation of a bin's load, and of what twenty kelvins of frost add to it, as a share of the mean heat. */
const BIN_SHARE = 1
/** About where air handling needs no heat. */
const NO_LOAD_C = 15
const FROST_K = 20

/**
 * Heat that a meter counts and these pipes do not carry, such as the coil of an air handling unit that runs by the
 * clock:
 *
 *   metered = φ · shape + load(hour, workday or weekend) · (1, frost)
 *
 * by least squares with a prior about nought; undefined where the data are too few.
 */
export function timedLoadKw(data: MeteredByPipes): Float64Array | undefined {
  const { at, meteredKw, shape, outdoorC } = data
  const normal = new Float64Array(TERMS * TERMS)
  const right = new Float64Array(TERMS)
  let rows = 0
  let sum = 0
  let squares = 0
  for (let k = 0; k < at.length; k++) {
    if (!(shape[k] > 0) || !Number.isFinite(meteredKw[k] + outdoorC[k])) continue
    rows++
    sum += meteredKw[k]
    squares += meteredKw[k] * meteredKw[k]
    const i = 1 + 2 * binOf(at[k])
    addRow(normal, right, [0, i, i + 1], [shape[k], 1, frost(outdoorC[k])], meteredKw[k])
  }
  if (rows < LEAST_ROWS || !(sum > 0)) return undefined
  const meanKw = sum / rows
  // What a quarter-hour's error is taken to be: half of all that varies.
  const noise = 0.25 * (squares / rows - meanKw * meanKw)
  const stiffness = noise / (BIN_SHARE * BIN_SHARE * meanKw * meanKw)
  for (let i = 1; i < TERMS; i++) normal[i * TERMS + i] += stiffness
  if (!factorCholesky(normal, TERMS)) return undefined
  solveCholesky(normal, TERMS, right)
  const quiet = quietest(right)
  return Float64Array.from(at, (instant, k) => {
    const i = 1 + 2 * binOf(instant)
    return Math.max(0, right[i] - quiet.load + (right[i + 1] - quiet.frostLoad) * frost(outdoorC[k]))
  })
}

/** What is always there cannot be told from heating: the mean of the third of all bins that have the least counts as it. */
function quietest(solution: Float64Array): { readonly load: number; readonly frostLoad: number } {
  const bins = Array.from({ length: BINS }, (_, bin) => 1 + 2 * bin)
  const least = bins
    .toSorted((i, j) => solution[i] + solution[i + 1] - solution[j] - solution[j + 1])
    .slice(0, BINS / 3)
  const mean = (offset: number) => least.reduce((sum, i) => sum + solution[i + offset], 0) / least.length
  return { load: mean(0), frostLoad: mean(1) }
}
function addRow(
  normal: Float64Array,
  right: Float64Array,
  columns: readonly number[],
  values: readonly number[],
  y: number,
): void {
  columns.forEach((i, a) => {
    right[i] += values[a] * y
    columns.forEach((j, b) => {
      normal[i * TERMS + j] += values[a] * values[b]
    })
  })
}

function frost(outdoorC: number): number {
  return (NO_LOAD_C - outdoorC) / FROST_K
}

/** Hour of the day, of workdays and of weekends apart; the interval that ends at `at` began a little before. */
function binOf(at: number): number {
  const begun = at - 1
  const day = Math.floor(begun / DAY_MS)
  // 1 January 1970 was a Thursday.
  const isWeekend = (day + 3) % 7 >= 5
  return (isWeekend ? HOURS : 0) + Math.floor((begun - day * DAY_MS) / HOUR_MS)
}
