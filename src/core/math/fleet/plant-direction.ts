import { completeDirection, curvature } from './barrier.ts'
import type { Column, Peak } from './border.ts'
import { factorJoint, passAnswer, settle, subtractAnswer } from './joint.ts'
import { addLimitRow, directLimitRow } from './limit-rows.ts'
import type { GateState, Plant } from './plant.ts'
import { bendSupply, directSupply, tiltSupply } from './supply.ts'
import { addUpstream, priceDownstream } from './ways.ts'

/** Curvatures at the iterate, then every branch out of the equations, leaf to root. */
export function factorPlant(plant: Plant, answer: readonly Float64Array[]): void {
  const { n, gates, supply, dense, passed } = plant
  gates.forEach(({ joint }, i) => {
    joint.answer.set(answer[i])
  })
  if (supply) bendSupply(supply)
  tiltPlant(plant)
  for (let i = gates.length - 1; i >= 0; i--) {
    const { gate, joint, bend } = gates[i]
    factorJoint(joint, bend, i > 0, dense)
    if (i === 0) break
    passAnswer(joint, passed, dense)
    const { scale, shift } = gate.way
    dense.addShifted(passed, scale * scale, shift, n, gates[gate.parent].joint.answer)
  }
  factorBorder(plant)
}

/** Curvature and slope of each gate's flow, with the centring terms as they are. */
export function tiltPlant({ n, gates, supply, peak, emissions }: Plant): void {
  if (supply) tiltSupply(supply, emissions?.kept.z[0] ?? 0)
  gates.forEach(({ gate, price, rows, bend, tilt }, i) => {
    if (i > 0) priceDownstream(gate.way, gates[gate.parent].price, tilt)
    for (let k = 0; k < n; k++) {
      bend[k] = i === 0 && supply ? 1 / supply.ease[k] : 0
      const above = i > 0 ? tilt[k] : (supply?.pull[k] ?? 0)
      tilt[k] = above - price[k]
      if (i > 0 || !peak) continue
      bend[k] += curvature(peak.below, k)
      tilt[k] += peak.below.c[k]
    }
    for (const row of rows) addLimitRow(row, bend, tilt)
  })
}

/**
 * The direction of all flows and prices. `rest` is what each gate's balance lacks, the members' affine answer in it;
 * it is overwritten.
 */
export function directPlant(plant: Plant, rest: readonly Float64Array[]): void {
  const { gates } = plant
  for (let i = gates.length - 1; i > 0; i--) {
    const { gate, joint, tilt, dz } = gates[i]
    dz.set(rest[i])
    subtractAnswer(joint, tilt, dz)
    settle(joint, dz)
    addUpstream(gate.way, dz, rest[gate.parent])
  }
  directRoot(plant, rest[0])
  for (let i = 1; i < gates.length; i++) {
    const { gate, tilt, dPrice } = gates[i]
    priceDownstream(gate.way, gates[gate.parent].dPrice, dPrice)
    for (let k = 0; k < plant.n; k++) dPrice[k] += tilt[k]
    closeGate(gates[i], rest[i])
  }
  directRest(plant)
}

/** With dPrice as it comes from above: the gate's own flow, and its limits' part in the price. */
function closeGate({ joint, dz, dPrice }: GateState, rest: Float64Array): void {
  dz.set(rest)
  subtractAnswer(joint, dPrice, dz)
  settle(joint, dz, dPrice)
}

/** The plant's gate, bordered by the peak's height and the price of emissions. */
function directRoot(plant: Plant, rest: Float64Array): void {
  const { gates, peak, emissions } = plant
  const root = gates[0]
  root.dPrice.set(root.tilt)
  closeGate(root, rest)
  const { dPeakKw, dEurPerKg } = solveBorder(plant)
  if (peak) addColumn(root, peak.column, dPeakKw)
  if (emissions) addColumn(root, emissions.column, dEurPerKg)
  if (peak) peak.dKw = dPeakKw
  if (emissions) emissions.dEurPerKg = dEurPerKg
}

/** How the plant's flow and price answer one more kW of peak: a peak that rises takes its multipliers away. */
function factorBorder({ gates, peak, emissions, supply }: Plant): void {
  if (peak) {
    for (let k = 0; k < peak.below.n; k++) peak.column.w[k] = -curvature(peak.below, k)
    answerColumn(gates[0], peak.column)
  }
  if (!emissions || !supply) return
  emissions.column.w.set(supply.share)
  answerColumn(gates[0], emissions.column)
}

function answerColumn({ joint }: GateState, { w, dz, dPrice }: Column): void {
  dz.fill(0)
  subtractAnswer(joint, w, dz)
  dPrice.set(w)
  settle(joint, dz, dPrice)
}

function addColumn({ dz, dPrice }: GateState, column: Column, size: number): void {
  for (let k = 0; k < dz.length; k++) {
    dz[k] += size * column.dz[k]
    dPrice[k] += size * column.dPrice[k]
  }
}

/**
 * Two equations at most. With the plant's z answering by α + β_P dP + β_ν dν, α in dz, σ the peak's curvatures, e the
 * emissions of one more kW:  Σσ dP − σ·dz = Σ c − peak,   (1/κ + 1/κ_s + Σ spread) dν − e·dz = lack.
 */
function solveBorder(plant: Plant): { dPeakKw: number; dEurPerKg: number } {
  const { peak, emissions, gates } = plant
  const { dz } = gates[0]
  const [p, e] = [peak?.column, emissions?.column]
  const forPeak = peak ? peakEquation(peak) : { pivot: 1, right: 0 }
  const forCo2 = emissions ? emissionEquation(plant) : { pivot: 1, right: 0 }
  // The peak's column holds −σ.
  const a11 = forPeak.pivot + dot(p?.w, p?.dz)
  const a12 = dot(p?.w, e?.dz)
  const a21 = -dot(e?.w, p?.dz)
  const a22 = forCo2.pivot - dot(e?.w, e?.dz)
  const r1 = forPeak.right - dot(p?.w, dz)
  const r2 = forCo2.right + dot(e?.w, dz)
  const determinant = a11 * a22 - a12 * a21
  return { dPeakKw: (r1 * a22 - a12 * r2) / determinant, dEurPerKg: (a11 * r2 - a21 * r1) / determinant }
}

function peakEquation({ below, eurPerKw }: Peak) {
  let pivot = 0
  let right = -eurPerKw
  for (let k = 0; k < below.n; k++) {
    pivot += curvature(below, k)
    right += below.c[k]
  }
  return { pivot, right }
}

function emissionEquation({ supply, emissions }: Plant) {
  if (!supply || !emissions) return { pivot: 1, right: 0 }
  const { excess, kept, eurPerKg } = emissions
  const [easeOut, ease] = [excess.g[0] / excess.z[0], kept.g[0] / kept.z[0]]
  const now = kept.z[0]
  let pivot = ease + easeOut
  let right = (kept.c[0] - now) * ease + (eurPerKg - excess.c[0] - now) * easeOut
  // About their means, since a block that is free to move outweighs all others and would cancel their digits.
  for (const { source, sign, weight, slope } of supply.blocks) {
    for (let k = 0; k < supply.n; k++) {
      const kg = sign * source.kgPerKw[k] - supply.share[k]
      right -= weight[k] * kg * (sign * slope[k] - supply.pull[k])
      pivot += weight[k] * kg * kg
    }
  }
  return { pivot, right }
}

/** What follows once flows and prices are known. */
function directRest({ n, gates, supply, peak, emissions }: Plant): void {
  const root = gates[0]
  for (const { rows, dz } of gates) for (const row of rows) directLimitRow(row, dz)
  if (peak) for (let k = 0; k < n; k++) peak.below.dg[k] = peak.dKw - root.dz[k]
  if (supply) directSupply(supply, root.dz, emissions?.dEurPerKg ?? 0)
  if (!emissions) return
  const { excess, kept, eurPerKg, dEurPerKg } = emissions
  const price = kept.z[0] + dEurPerKg
  excess.dg[0] = ((excess.c[0] + price - eurPerKg) * excess.g[0]) / excess.z[0]
  // By the price and not by Σ kg dy, whose rounding is large beside a cap that is met.
  kept.dg[0] = ((kept.c[0] - price) * kept.g[0]) / kept.z[0]
}

/** Steps of the multipliers; returns one over the longest step that they and their inequalities allow. */
export function completePlant({ barriers }: Plant): number {
  let steepest = 0
  for (const barrier of barriers) steepest = Math.max(steepest, completeDirection(barrier))
  return steepest
}

/** Zero where one of the two is absent. */
function dot(a: Float64Array | undefined, b: Float64Array | undefined): number {
  let sum = 0
  if (a && b) for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}
