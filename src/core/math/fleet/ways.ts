/**
 * How heat taken at one place of the network counts at another nearer to the plant: `scale` times as much, `shift`
 * steps earlier. Heat of the first steps, which has left the plant already, stands for that of the first steps after
 * the horizon: a horizon of whole days thus keeps every hour's heat at its hour's price, and loses none.
 */
export interface Way {
  readonly scale: number
  readonly shift: number
}

export const HERE: Way = { scale: 1, shift: 0 }

export function isHere({ scale, shift }: Way): boolean {
  return scale === 1 && shift === 0
}

/** The way along `far` and then along `near`. */
export function joinWays(far: Way, near: Way, n: number): Way {
  return { scale: far.scale * near.scale, shift: (far.shift + near.shift) % n }
}

/** to += what `from` comes to nearer to the plant. */
export function addUpstream({ scale, shift }: Way, from: Float64Array, to: Float64Array): void {
  const n = from.length
  for (let k = 0, at = (n - shift) % n; k < n; k++, at = at + 1 === n ? 0 : at + 1) to[at] += scale * from[k]
}

/** Fills `there` with what a price `here`, nearer to the plant, comes to at the way's far end. */
export function priceDownstream({ scale, shift }: Way, here: Float64Array, there: Float64Array): void {
  const n = here.length
  for (let k = 0, at = (n - shift) % n; k < n; k++, at = at + 1 === n ? 0 : at + 1) {
    there[k] = scale * here[at]
  }
}

/** to += a symmetric answer to prices, as it comes to nearer to the plant. */
export function addAnswerUpstream(
  { scale, shift }: Way,
  from: Float64Array,
  to: Float64Array,
  n: number,
): void {
  if (isHere({ scale, shift })) {
    for (let i = 0; i < n * n; i++) to[i] += from[i]
    return
  }
  const square = scale * scale
  const first = (n - shift) % n
  for (let i = 0, row = first; i < n; i++, row = row + 1 === n ? 0 : row + 1) {
    for (let j = 0, at = first; j < n; j++, at = at + 1 === n ? 0 : at + 1) {
      to[row * n + at] += square * from[i * n + j]
    }
  }
}
