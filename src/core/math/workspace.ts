/** Memory of one building solver for problems of up to `capacity` steps, reused from solve to solve. */
export type Workspace = ReturnType<typeof createWorkspace>

export function createWorkspace(capacity: number) {
  const row = () => new Float64Array(capacity)
  return {
    capacity,
    // Limits of heat and of its change; the lowest path and the highest from which all of them can be met.
    ...{ top: row(), rise: row(), fall: row(), low: row(), high: row() },
    // Iterate: heat, states, slacks, and the multipliers of the eight inequalities of a step.
    ...{ u: row(), ti: row(), tm: row(), sl: row(), sh: row() },
    ...{ z1: row(), z2: row(), z3: row(), z4: row(), z5: row(), z6: row(), z7: row(), z8: row() },
    // Reciprocals of the inequalities; and c: dg/g of the affine direction, then centring terms, then the steps of z.
    ...{ i1: row(), i2: row(), i3: row(), i4: row(), i5: row(), i6: row(), i7: row(), i8: row() },
    ...{ c1: row(), c2: row(), c3: row(), c4: row(), c5: row(), c6: row(), c7: row(), c8: row() },
    // Eliminated slacks: curvatures z/g of the band's edges, reciprocal pivots, right-hand sides.
    ...{ h4: row(), h6: row(), pl: row(), ph: row(), rl: row(), rh: row() },
    // Riccati sweep: feedback on (Ti, Tm, previous u, emitters), feed-forward, reciprocal pivot, slope of the change of heat.
    ...{ k1: row(), k2: row(), k3: row(), k4: row(), kf: row(), iq: row(), slope: row() },
    // Direction.
    ...{ du: row(), dsl: row(), dsh: row() },
    // A fee on the peak: multipliers and what belongs to them, answers of feed-forward and heat to P, and P itself.
    ...{ z9: row(), i9: row(), c9: row(), y9: row(), ke: row(), ue: row() },
    peak: { kw: 0, d: 0, z: 0, i: 0, c: 0, pivot: 1 },
    // Where the affine direction leads, all the way.
    trial: createCandidate(row),
  }
}

/** A plan with the multipliers that its gap takes. */
export type Candidate = ReturnType<typeof createCandidate>

function createCandidate(row: () => Float64Array<ArrayBuffer>) {
  return {
    ...{ u: row(), ti: row(), tm: row(), z4: row(), z6: row(), z7: row(), z8: row(), z9: row() },
    peak: { z: 0 },
  }
}
