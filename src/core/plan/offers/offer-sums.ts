/** Sums over buildings of one kind of offer, a value a slot of its start. */
export interface OfferSums {
  readonly meanKw: Float64Array
  /** Of what is each building's own: rooms, refusals, steps of its actuator. */
  readonly variance: Float64Array
  /** Of each building's own answer, which scales with what is asked of it. */
  readonly responseVariance: Float64Array
  /** Squares of the means: how unequal buildings are, where only some were asked. */
  readonly squares: Float64Array
  readonly eur: Float64Array
  readonly reboundKw: Float64Array
}

export function newOfferSums(slots: number): OfferSums {
  const series = () => new Float64Array(slots)
  return {
    meanKw: series(),
    variance: series(),
    responseVariance: series(),
    squares: series(),
    eur: series(),
    reboundKw: series(),
  }
}
