/**
 * Sine and cosine of a share of a full turn, from the four rules of arithmetic alone: `Math.sin` is another
 * function in Node 24 than in Node 20, and a replay must give the same bytes in both. Right to 1e-13.
 */
export function sineOfTurns(turns: number): number {
  const whole = turns - Math.floor(turns)
  if (whole >= 0.5) return -halfTurnSine(whole - 0.5)
  return halfTurnSine(whole)
}

/** Cosine of a share of a full turn. */
export function cosineOfTurns(turns: number): number {
  return sineOfTurns(turns + 0.25)
}

/** Sine for 0 to half a turn, folded onto a quarter, as Taylor's series to the 19th power. */
function halfTurnSine(turns: number): number {
  const x = 2 * Math.PI * Math.min(turns, 0.5 - turns)
  const xx = x * x
  let term = x
  let sum = x
  for (let n = 2; n < 20; n += 2) {
    term *= -xx / (n * (n + 1))
    sum += term
  }
  return sum
}
