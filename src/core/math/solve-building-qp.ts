import { advance } from './advance.ts'
import { adoptTrial, tryAffine } from './affine-trial.ts'
import { buildingObjective } from './building-objective.ts'
import type { BuildingQp, BuildingQpResult, BuildingQpSettings } from './building-qp.ts'
import { centre, dropMultipliers, rollOut, startCold, startWarm } from './central-start.ts'
import { correctNewton } from './correct-newton.ts'
import { dualityGap } from './duality-gap.ts'
import { expectedBill } from './expected-bill.ts'
import { factorNewton } from './factor-newton.ts'
import { findDirection } from './find-direction.ts'
import { isFiniteQp } from './finite-qp.ts'
import { predictAffine } from './predict-affine.ts'
import { findRateLimits } from './rate-limits.ts'
import { type Candidate, createWorkspace, type Workspace } from './workspace.ts'

export const defaultSettings: BuildingQpSettings = { gap: 1e-4, maxIterations: 60 }

// Complementarity of a start, as a multiple of what it costs: a cold path is anywhere, a warm one is near.
const COLD = 2
const WARM = 0.3
// A start too near to the limits jams; the cold one then costs less than going on.
const WARM_ITERATIONS = 12
const TO_THE_EDGE = 0.995
// A gap takes two sweeps to calculate, so it waits until the complementarity is within this many times of it: where
// the affine direction leads, and where the plan is.
const WORTH_A_TRY = 20
const WORTH_A_LOOK = 1.5

/**
 * Solves a building's plan (see `BuildingQp`) by Mehrotra's predictor-corrector: the states follow from u, so every
 * iterate is a feasible plan, and multipliers and plan each go as far as they can. Never throws.
 */
export function solveBuildingQp(
  qp: BuildingQp,
  workspace: Workspace,
  settings: BuildingQpSettings = defaultSettings,
): BuildingQpResult {
  if (!isFiniteQp(qp)) return notFinite(qp.n)
  const ws = workspace.capacity >= qp.n ? workspace : createWorkspace(qp.n)
  const problem = withinBounds(qp)
  findRateLimits(problem, ws)
  let spent = 0
  if (settings.warmStart?.length && settings.warmStart.every(Number.isFinite)) {
    startWarm(problem, ws, settings.warmStart)
    const warm = iterate(problem, ws, WARM, settings.gap, Math.min(WARM_ITERATIONS, settings.maxIterations))
    if (warm.solved) return finish(problem, ws, 'solved', warm.iterations)
    spent = warm.iterations
  }
  startCold(problem, ws)
  const cold = iterate(problem, ws, COLD, settings.gap, settings.maxIterations)
  return finish(problem, ws, cold.solved ? 'solved' : 'max-iterations', spent + cold.iterations)
}

/** A step before that took heat away took none; a fee that costs nothing is none. */
export function withinBounds({ peak, ...qp }: BuildingQp): BuildingQp {
  return { ...qp, u0: Math.max(0, qp.u0), ...(peak && peak.eurPerKw > 0 && { peak }) }
}

/** From the heat in the workspace on. */
function iterate(qp: BuildingQp, ws: Workspace, distance: number, gap: number, maxIterations: number) {
  rollOut(qp, ws)
  const scale = expectedBill(qp, ws)
  dropMultipliers(qp, ws)
  let mu = (distance * Math.max(scale, dualityGap(qp, ws))) / (8 * qp.n)
  const rows = centre(qp, ws, mu)
  const isWorth = (times: number) => rows * mu < times * gap * scale
  for (let k = 0; k < maxIterations; k++) {
    if (isWorth(WORTH_A_LOOK) && isWithin(gap, qp, ws, ws)) return { solved: true, iterations: k }
    factorNewton(qp, ws)
    const { target, trust } = predictAffine(qp, ws, mu)
    if (isWorth(WORTH_A_TRY) && tryAffine(qp, ws) && isWithin(gap, qp, ws, ws.trial)) {
      adoptTrial(qp, ws)
      return { solved: true, iterations: k + 1 }
    }
    correctNewton(qp, ws, target, trust)
    const { ofPlan, ofMultipliers } = findDirection(qp, ws)
    const step = Math.min(1, TO_THE_EDGE / ofPlan)
    const stepZ = Math.min(1, TO_THE_EDGE / ofMultipliers)
    if (!(step * stepZ > 0)) return { solved: false, iterations: k }
    mu = advance(qp, ws, step, stepZ) / rows
  }
  return { solved: false, iterations: maxIterations }
}

function isWithin(gap: number, qp: BuildingQp, ws: Workspace, plan: Candidate): boolean {
  return dualityGap(qp, ws, plan) <= gap * expectedBill(qp, { u: plan.u, top: ws.top })
}

function finish(
  qp: BuildingQp,
  ws: Workspace,
  status: 'solved' | 'max-iterations',
  iterations: number,
): BuildingQpResult {
  rollOut(qp, ws)
  const gap = dualityGap(qp, ws) / expectedBill(qp, ws)
  const u = ws.u.slice(0, qp.n)
  const ti = ws.ti.slice(0, qp.n)
  const tm = ws.tm.slice(0, qp.n)
  const costs = buildingObjective(qp, { u, ti, tm })
  // Finite input can still be too large to calculate with.
  if (!Number.isFinite(gap) || !Number.isFinite(costs.objective)) return notFinite(qp.n)
  return { status, iterations, u, ti, tm, gap, ...costs }
}

/** No plan: what a problem with numbers that are none gets. */
export function notFinite(n: number): BuildingQpResult {
  const zeros = () => new Float64Array(n)
  const none = { objective: 0, slackLo: 0, slackHi: 0, gap: Number.POSITIVE_INFINITY, iterations: 0 }
  return { status: 'not-finite', u: zeros(), ti: zeros(), tm: zeros(), ...none }
}
