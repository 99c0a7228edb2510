/*
 * Where a pair of buildings lies in memory: its head, then a step that stands for the past, then n steps. Every field
 * is two lanes wide. Passes take the address alone, so that a fleet may keep as many pairs as memory holds.
 */

/** What does not change from step to step. */
@unmanaged
export class Pair {
  // The problem, see `BuildingQp`: written from outside as doubles, in this order, two by two.
  a11!: v128
  a12!: v128
  a21!: v128
  a22!: v128
  b1!: v128
  b2!: v128
  ti0!: v128
  tm0!: v128
  u0!: v128
  wr!: v128
  w2Lo!: v128
  w2Hi!: v128
  p1!: v128
  p2!: v128
  P11!: v128
  P12!: v128
  P22!: v128
  r1!: v128
  r2!: v128
  rate!: v128
  // Emitters that lag, read only where the build sets LAGGED, and a fee on the peak, only where it sets FEE.
  a14!: v128
  a24!: v128
  a44!: v128
  b4!: v128
  q0!: v128
  p4!: v128
  fee!: v128
  soFar!: v128
  // What the passes leave for one another and for the outside.
  /** Tm after the last step. */
  tmEnd!: v128
  /** Its direction. */
  dTmEnd!: v128
  /** Inequalities present. */
  rows!: v128
  /** Mean of z g, the corrector's target for it, and how much of the second-order terms it believes. */
  mu!: v128
  target!: v128
  trust!: v128
  /** Share of the direction to take, of the plan's part and of the multipliers'; and one over what the edge allows. */
  stride!: v128
  strideZ!: v128
  steep!: v128
  steepZ!: v128
  /** All bits where a lane is still at work; where its gap is small enough; the steps it took, as a number. */
  active!: v128
  solved!: v128
  iterations!: v128
  /** Least that a gap is measured against, what it is measured against now, and the gap itself, EUR. */
  leastBill!: v128
  bill!: v128
  gap!: v128
  /** Ti and Tm at the end of the plan put up for its gap, and the multiplier of P ≥ soFar. */
  tiUp!: v128
  tmUp!: v128
  yPeak!: v128
  /** All bits where every number of the rows is one. */
  finite!: v128
  /** 1 / (2 w2), or 0 where w2 is. */
  conjugateLo!: v128
  conjugateHi!: v128
  // Only with a fee: the peak P, the multiplier of P ≥ soFar and what belongs to it, P's direction and its pivot.
  peak!: v128
  zPeak!: v128
  iPeak!: v128
  oPeak!: v128
  vPeak!: v128
  dPeak!: v128
  pivotPeak!: v128
  // Only in a fleet.
  /** What products are measured against, EUR, and one over it; the objective of the plan. */
  scale!: v128
  perScale!: v128
  objective!: v128
  /** 1, or 0 where the lane repeats the other to fill the pair. */
  count!: v128
  /** Where the rows of the two lie. */
  first!: usize
  second!: usize
  n!: i32
  /** Whether changes of heat are limited, in both lanes alike. */
  rated!: bool
  /** Whether there is a fee, in both lanes alike. */
  paid!: bool
}

/**
 * A step. Four fields are a line of the cache, so what a pass reads together lies together. Its inequalities g ≥ 0, each with a multiplier z ≥ 0, where Δ is the change of u:
 *   1  u        3  sl                5  sh                7  rise − Δ
 *   2  top − u  4  sl + Ti − lo      6  sh − Ti + hi      8  fall + Δ
 * Of each: z; i = 1 / g; o = 1 / (z g); and v, in turn dg / g of the affine direction, the centring term c / z of the
 * next, and its 1 + dz / z.
 * All three are zero where an inequality is absent.
 */
@unmanaged
export class Step {
  u!: v128
  sl!: v128
  sh!: v128
  ti!: v128
  top!: v128
  lo!: v128
  hi!: v128
  w1Lo!: v128
  // Direction; between two of them the plan put up for its gap, see `PutUp`.
  du!: v128
  dti!: v128
  dsl!: v128
  dsh!: v128
  z1!: v128
  z2!: v128
  z3!: v128
  z4!: v128
  z5!: v128
  z6!: v128
  price!: v128
  w1Hi!: v128
  i1!: v128
  i2!: v128
  i3!: v128
  i4!: v128
  i5!: v128
  i6!: v128
  // Eliminated slacks: reciprocal pivot; below, right-hand side, and pivot times z/g of the band's edge.
  pl!: v128
  ph!: v128
  o1!: v128
  o2!: v128
  o3!: v128
  o4!: v128
  o5!: v128
  o6!: v128
  d1!: v128
  d2!: v128
  v1!: v128
  v2!: v128
  v3!: v128
  v4!: v128
  v5!: v128
  v6!: v128
  rl!: v128
  rh!: v128
  hl!: v128
  hh!: v128
  // Riccati sweep: feedback on (Ti, Tm, previous u), feed-forward, reciprocal pivot, slope of the change of heat.
  k1!: v128
  k2!: v128
  k3!: v128
  kf!: v128
  iq!: v128
  slope!: v128
  // Only where changes of heat are limited.
  rise!: v128
  fall!: v128
  z7!: v128
  z8!: v128
  i7!: v128
  i8!: v128
  o7!: v128
  o8!: v128
  v7!: v128
  v8!: v128
  // Feedback on the emitters' heat, where they lag.
  k4!: v128
  // Only with a fee: 9, P − u − fixed; the answers of feed-forward and heat to P.
  fixed!: v128
  z9!: v128
  i9!: v128
  o9!: v128
  v9!: v128
  ke!: v128
  ue!: v128
}

/** A plan put up: its heat, what the band's multipliers pull, the slope of its change of heat, its multiplier of 9. */
@unmanaged
export class PutUp {
  u!: v128
  pull!: v128
  ramp!: v128
  y9!: v128
}

/** In the place of a step's direction, of which there is none while a gap is measured. */
export function putUpAt(s: Step): PutUp {
  return changetype<PutUp>(changetype<usize>(s) + offsetof<Step>('du'))
}

/** Bytes of a pair with n steps. */
export function pairBytes(n: i32): usize {
  return headBytes() + (<usize>n + 1) * stepBytes()
}

/** Step k; the one of −1 is the past, of which only u is used. */
export function stepAt(pair: Pair, k: i32): Step {
  return changetype<Step>(changetype<usize>(pair) + headBytes() + <usize>(k + 1) * stepBytes())
}

/** Whole lines of the cache. */
function stepBytes(): usize {
  return ((FEE ? offsetof<Step>() : offsetof<Step>('fixed')) + 63) & ~63
}

function headBytes(): usize {
  return (offsetof<Pair>() + 63) & ~63
}

/** The step that follows, and the one before. */
export function after(s: Step): Step {
  return changetype<Step>(changetype<usize>(s) + stepBytes())
}

export function before(s: Step): Step {
  return changetype<Step>(changetype<usize>(s) - stepBytes())
}
