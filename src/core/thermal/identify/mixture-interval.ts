/** What one model says of a positive quantity: a 95 % interval, and how far the model is behind the best. */
export interface Side {
  readonly behind: number
  readonly centre: number
  readonly low: number
  readonly high: number
}

const REACH = 1.96
const TAIL = 0.025
const HALVINGS = 40

/** The 95 % interval over several models, each weighed by its criterion; Gaussian halves in the logarithm. */
export function mixtureInterval(sides: readonly Side[]): { readonly low: number; readonly high: number } {
  const least = Math.min(...sides.map(({ behind }) => behind))
  const halves = sides.map(({ behind, centre, low, high }) => ({
    weight: Math.exp(-(behind - least) / 2),
    centre: Math.log(centre),
    below: Math.max(1e-9, Math.log(centre / low) / REACH),
    above: Math.max(1e-9, Math.log(high / centre) / REACH),
  }))
  const whole = halves.reduce((sum, { weight }) => sum + weight, 0)
  const share = (at: number) =>
    halves.reduce((sum, { weight, centre, below, above }) => {
      const z = (at - centre) / (at < centre ? below : above)
      return sum + (weight / whole) * normalShare(z)
    }, 0)
  const from = Math.min(...halves.map(({ centre, below }) => centre - 6 * below))
  const to = Math.max(...halves.map(({ centre, above }) => centre + 6 * above))
  return { low: Math.exp(root(share, TAIL, from, to)), high: Math.exp(root(share, 1 - TAIL, from, to)) }
}

function root(share: (at: number) => number, wanted: number, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2
    if (share(middle) < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The normal distribution's share below z, to 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
  return z > 0 ? 1 - tail : tail
}
