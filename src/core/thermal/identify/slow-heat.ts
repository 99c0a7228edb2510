import type { MeasuredSystem } from '../../math/innovations.ts'
import type { GreyBox } from './grey-box.ts'

/** Frost that makes people shut windows, a caretaker who turns fans down: in kelvins of the loss, and how long it stays. */
const SLOW_K = 1
const SLOW_HOURS = 72

/**
 * The system with one state more: unmeasured heat that stays for days. A fit goes without, for it would take from
 * loss and gains what they are to explain; who predicts from a filter's state goes by what the last days lacked.
 */
export function withSlowHeat(system: MeasuredSystem, box: GreyBox): MeasuredSystem {
  const { n, m } = system
  const size = n + 1
  const a = grown(system.a, n)
  const q = grown(system.q, n)
  const b = new Float64Array(size * m)
  b.set(system.b)
  a[n] = box.lossKwPerK / box.airKwhPerK
  a[n * size + n] = -1 / SLOW_HOURS
  q[n * size + n] = (2 * SLOW_K * SLOW_K) / SLOW_HOURS
  const startVariance = new Float64Array(size)
  startVariance.set(system.startVariance)
  startVariance[n] = SLOW_K * SLOW_K
  return {
    ...system,
    n: size,
    a,
    b,
    q,
    startVariance,
    start(measured, samples, at, x) {
      system.start(measured, samples, at, x)
      x[n] = 0
    },
  }
}

/** A square matrix with a row and a column of noughts more. */
function grown(matrix: ArrayLike<number>, n: number): Float64Array {
  const out = new Float64Array((n + 1) * (n + 1))
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * (n + 1) + j] = matrix[i * n + j]
  return out
}
