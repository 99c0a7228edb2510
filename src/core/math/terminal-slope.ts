import type { BuildingQp } from './building-qp.ts'

/** Slope of the terminal cost at a last state. */
export function terminalSlope(qp: BuildingQp, ti: number, tm: number): [p1: number, p2: number] {
  const { p, P, r } = qp.terminal
  const e1 = ti - r[0]
  const e2 = tm - r[1]
  return [p[0] + P[0] * e1 + P[1] * e2, p[1] + P[1] * e1 + P[2] * e2]
}
