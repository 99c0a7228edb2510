import type { FleetMember } from '../fleet-qp.ts'

// A place of few buildings has at least so many speakers.
const LEAST_EACH = 8

/**
 * About `count` of the members that stand for all: from each node as many as its share, in even steps through its
 * members, each as large as those it stands for.
 */
export function pickCore(
  nodes: readonly number[],
  member: (i: number) => FleetMember,
  count: number,
): FleetMember[] {
  const byNode = new Map<number, number[]>()
  nodes.forEach((node, i) => {
    const own = byNode.get(node)
    if (own) own.push(i)
    else byNode.set(node, [i])
  })
  return [...byNode.values()].flatMap((own) => {
    const share = Math.round((count * own.length) / nodes.length)
    const many = Math.min(own.length, Math.max(LEAST_EACH, share))
    const picked = (i: number) => own[Math.floor(((i + 0.5) * own.length) / many)]
    return Array.from({ length: many }, (_, i) => timesAsLarge(member(picked(i)), own.length / many))
  })
}

/** A building whose least cost at any price is `weight` times this one's, and its heat too. */
export function timesAsLarge({ qp, node }: FleetMember, weight: number): FleetMember {
  const times = (values: Float64Array) => values.map((value) => value * weight)
  const { p, P, r } = qp.terminal
  const emitter = qp.emitter && {
    ...qp.emitter,
    toTi: qp.emitter.toTi / weight,
    toTm: qp.emitter.toTm / weight,
    q0: qp.emitter.q0 * weight,
  }
  return {
    node,
    qp: {
      ...qp,
      b: [qp.b[0] / weight, qp.b[1] / weight],
      u0: qp.u0 * weight,
      uMax: times(qp.uMax),
      rateKw: qp.rateKw * weight,
      wr: qp.wr / weight,
      w1Lo: times(qp.w1Lo),
      w1Hi: times(qp.w1Hi),
      w2Lo: qp.w2Lo * weight,
      w2Hi: qp.w2Hi * weight,
      terminal: {
        p: [p[0] * weight, p[1] * weight],
        P: [P[0] * weight, P[1] * weight, P[2] * weight],
        r,
      },
      ...(emitter && { emitter }),
      ...(qp.peak && {
        peak: {
          ...qp.peak,
          soFarKw: qp.peak.soFarKw * weight,
          fixedKw: times(qp.peak.fixedKw),
        },
      }),
    },
  }
}
