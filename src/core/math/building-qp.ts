/**
 * The heating plan of one building as a convex quadratic programme over n equal steps:
 *
 *   min  Σ price_k u_k + ½ wr (u_k − u_{k−1})²
 *        + Σ w1Lo_k s_k + ½ w2Lo s_k²      s_k = (lo_k − Ti_k)⁺
 *        + Σ w1Hi_k t_k + ½ w2Hi t_k²      t_k = (Ti_k − hi_k)⁺
 *        + p'x_n + ½ (x_n − r)'P(x_n − r)
 *        + fee · max(soFar, u_k + fixed_k)        where power is paid for, see `PeakFee`
 *   s.t. x_{k+1} = A x_k + b u_k + d_k     x = (Ti, Tm), and q where the emitters lag, see `EmitterLag`
 *        0 ≤ u_k ≤ uMax_k
 *        |u_k − u_{k−1}| ≤ rate
 *
 * Ti_k in the costs is the state after step k, that is x_{k+1}. It is never infeasible: comfort is soft, and where
 * uMax falls faster than the rate lets the heat follow, uMax wins (see `findRateLimits`).
 */
export interface BuildingQp {
  readonly n: number
  /** A, row by row. */
  readonly a: readonly [a11: number, a12: number, a21: number, a22: number]
  /** Effect of one kW held for a step on Ti and Tm, K. */
  readonly b: readonly [b1: number, b2: number]
  /** Effect of weather and gains on Ti and Tm, K a step. */
  readonly d1: Float64Array
  readonly d2: Float64Array
  readonly x0: readonly [ti: number, tm: number]
  /** Heat of the step before the first, kW; it may lie above uMax. */
  readonly u0: number
  /** Largest heat, kW a step; zero or less shuts the step. */
  readonly uMax: Float64Array
  /** Largest change of heat from step to step, kW; Infinity is none, and the least is 0.1 % of the largest uMax. */
  readonly rateKw: number
  /** Cost of a change of heat, EUR/kW² a step. */
  readonly wr: number
  /** EUR for one kW held for a step: the price of heat times the hours of a step. Any sign. */
  readonly price: Float64Array
  /** Comfort band of Ti after each step; lo may exceed hi. */
  readonly lo: Float64Array
  readonly hi: Float64Array
  /** Linear weights of a violation, EUR/K a step, not negative; zero with a zero w2 means no limit there. */
  readonly w1Lo: Float64Array
  readonly w1Hi: Float64Array
  /** Quadratic weights of a violation, EUR/K² a step, not negative. */
  readonly w2Lo: number
  readonly w2Hi: number
  readonly terminal: TerminalCost
  readonly emitter?: EmitterLag
  readonly peak?: PeakFee
}

/** A price on the largest heat of a step. */
export interface PeakFee {
  /** EUR for each kW of it, positive. */
  readonly eurPerKw: number
  /** What is billed anyway, kW. */
  readonly soFarKw: number
  /** What is taken beside u, kW a step. */
  readonly fixedKw: Float64Array
}

/** Emitters that give off heat later than they take it: q' = keep q + take u, and Ti and Tm follow q as well as u. */
export interface EmitterLag {
  /** Effect of one kW in the emitters at a step's start on Ti and Tm after it, K. */
  readonly toTi: number
  readonly toTm: number
  readonly keep: number
  readonly take: number
  /** Heat of the emitters before the first step, kW. */
  readonly q0: number
  /** Cost of one kW in them after the last step, EUR: as a rule what is kept is worth something, so it is negative. */
  readonly endEurPerKw: number
}

export const NO_LAG: EmitterLag = { toTi: 0, toTm: 0, keep: 0, take: 0, q0: 0, endEurPerKw: 0 }

/** p'x + ½ (x − r)'P(x − r) for the state after the last step; P is positive semidefinite, EUR/K². */
export interface TerminalCost {
  readonly p: readonly [p1: number, p2: number]
  readonly P: readonly [p11: number, p12: number, p22: number]
  readonly r: readonly [r1: number, r2: number]
}

export interface BuildingQpResult {
  /** `max-iterations` still gives a feasible plan and its true gap; `not-finite` gives zeros. */
  readonly status: 'solved' | 'max-iterations' | 'not-finite'
  readonly iterations: number
  /** Heat, kW a step. */
  readonly u: Float64Array
  /** Ti and Tm after each step. */
  readonly ti: Float64Array
  readonly tm: Float64Array
  /** Objective minus a certified lower bound of it, as a share of the expected bill. */
  readonly gap: number
  readonly objective: number
  /** Sums of the violations below lo and above hi, K times steps. */
  readonly slackLo: number
  readonly slackHi: number
}

export interface BuildingQpSettings {
  /** Largest certified gap of a plan called solved. */
  readonly gap: number
  readonly maxIterations: number
  /** Heat of an earlier plan for about the same steps, kW: a start, never a limit. */
  readonly warmStart?: Float64Array
}
