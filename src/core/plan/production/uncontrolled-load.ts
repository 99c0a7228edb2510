import { type Instant, SLOT_MS } from '../../domain/instant.ts'
import { localTime } from '../../domain/local-time.ts'
import type { LoadSignature, PipeLosses } from '../../domain/network.ts'

const SATURDAY = 5

/** Demand by the clock and the outdoor temperature, kW a slot. */
export function signatureKw(
  signature: LoadSignature,
  start: Instant,
  outdoorC: Float64Array,
  timeZone: string,
): Float64Array {
  return outdoorC.map((c, k) => {
    const base = signature.baseKw[baseIndex(signature.baseKw.length, start + k * SLOT_MS, timeZone)]
    return Math.max(0, base + signature.kwPerK * Math.max(0, signature.belowC - c))
  })
}

/** Which of 1, 24 or 48 values holds at `at`. */
export function baseIndex(values: number, at: Instant, timeZone: string): number {
  if (values === 1) return 0
  const { weekday, hour } = localTime(at, timeZone)
  return Math.floor(hour) + (values === 48 && weekday >= SATURDAY ? 24 : 0)
}

/** What pipes lose at their mean temperature, kW. */
export function pipeLossKw({ kwPerK, returnC, groundC }: PipeLosses, supplyC: number): number {
  return kwPerK * Math.max(0, (supplyC + returnC) / 2 - groundC)
}
