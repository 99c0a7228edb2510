import type uPlot from 'uplot'
import type { Flexibility } from '../api-types.ts'
import { type Kind, sliceOf } from '../flexibility-words.ts'

/** Time, offered and expected more, offered and expected less (below zero), kW a slot. */
export function flexibilityData(
  flexibility: Flexibility,
  kind: Kind,
  from: number,
  to: number,
): uPlot.AlignedData {
  const { start, stepMs } = flexibility
  const [up, down] = [sliceOf(flexibility, 'up', kind), sliceOf(flexibility, 'down', kind)]
  const count = Math.max(up?.kw.length ?? 0, down?.kw.length ?? 0)
  const slots = Array.from({ length: count }, (_, k) => k).filter((k) => start + k * stepMs <= to)
  const line = (values: readonly number[] | undefined, sign: number) => [
    null,
    ...slots.map((k) => sign * (values?.[k] ?? 0)),
  ]
  return [
    // A first instant without values keeps the hours in line with the pictures above.
    [from, ...slots.map((k) => start + k * stepMs)],
    line(up?.kw, 1),
    line(up?.meanKw, 1),
    line(down?.kw, -1),
    line(down?.meanKw, -1),
  ]
}
