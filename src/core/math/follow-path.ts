import { advance } from './advance.ts'
import type { BuildingQp } from './building-qp.ts'
import { centre } from './central-start.ts'
import { correctNewton } from './correct-newton.ts'
import { factorNewton } from './factor-newton.ts'
import { findDirection } from './find-direction.ts'
import { predictAffine } from './predict-affine.ts'
import type { Workspace } from './workspace.ts'

export interface PathAim {
  /** What all inequalities cost at the point wanted, EUR. */
  readonly costEur: number
  /** About the same where the way begins, EUR. */
  readonly fromEur: number
  readonly most: number
}

const TO_THE_EDGE = 0.995
// Near enough to a point of the path: this much complementarity of it, and what is left of the first dual residual, which
// was about as large as the distance, is this share of it.
const ABOVE = 1.003
const RESIDUAL = 0.05

/**
 * Follows the central path from the heat in the workspace, rolled out, to where its inequalities cost so much together.
 * There, unlike at the optimum, heat answers prices smoothly.
 */
export function followPath(qp: BuildingQp, ws: Workspace, { costEur, fromEur, most }: PathAim) {
  let mu = fromEur / (8 * qp.n)
  const rows = centre(qp, ws, mu)
  const floor = costEur / rows
  const little = RESIDUAL * (costEur / fromEur)
  let rest = 1
  for (let k = 0; k < most; k++) {
    if (mu <= ABOVE * floor && rest <= little) return { iterations: k, rows, arrived: true }
    factorNewton(qp, ws)
    const { target, trust } = predictAffine(qp, ws, mu)
    correctNewton(qp, ws, Math.max(target, floor), trust)
    const { ofPlan, ofMultipliers } = findDirection(qp, ws)
    const step = Math.min(1, TO_THE_EDGE / Math.max(ofPlan, ofMultipliers))
    rest *= 1 - step
    mu = advance(qp, ws, step) / rows
  }
  return { iterations: most, rows, arrived: mu <= ABOVE * floor && rest <= little }
}
