import { SLOT_HOURS } from '../domain/instant.ts'

/** V(E) = firstEurPerKwh·E − ½·slope·E²: what E kWh above the band's lower edge are worth at the end. */
export interface TerminalValue {
  readonly firstEurPerKwh: number
  readonly slopeEurPerKwh2: number
}

/**
 * The value of heat left when the horizon ends, concave. Stored heat spares heat that would be bought later:
 * first that of the dearest hour of the day ahead, then the next, each discounted by what leaks away until
 * then. The day after the horizon is taken to be priced like its last day. A straight line is fitted to that
 * merit order over what the band can hold, so that the planner stays a quadratic programme.
 *
 * @param eurPerKwh prices of the horizon; the last 24 h (or all, where shorter) are used
 * @param loadKw what the building takes to stay at the lower edge then, > 0
 * @param timeConstantHours the building's decay
 * @param bandKwh what the band holds between its edges
 */
export function terminalValue(
  eurPerKwh: Float64Array,
  loadKw: number,
  timeConstantHours: number,
  bandKwh: number,
): TerminalValue {
  const merit = discountedMerit(eurPerKwh, timeConstantHours)
  const perSlotKwh = Math.max(loadKw, 1e-3) * SLOT_HOURS
  const slots = Math.min(merit.length, Math.max(2, Math.ceil(bandKwh / perSlotKwh)))
  return fitLine(merit, slots, perSlotKwh)
}

/** The last day's prices, dearest first, each discounted by the leakage until its hour. */
function discountedMerit(eurPerKwh: Float64Array, timeConstantHours: number): Float64Array {
  const day = eurPerKwh.slice(-96)
  for (let k = 0; k < day.length; k++) {
    const hours = (k + 0.5) * SLOT_HOURS
    // Leakage costs the loss of dear heat; it never makes a negative price better.
    if (day[k] > 0) day[k] *= Math.exp(-hours / timeConstantHours)
  }
  return day.sort().reverse()
}

/** Least squares through the first `slots` steps of the merit order, never convex. */
function fitLine(merit: Float64Array, slots: number, perSlotKwh: number): TerminalValue {
  let meanE = 0
  let meanV = 0
  for (let k = 0; k < slots; k++) {
    meanE += ((k + 0.5) * perSlotKwh) / slots
    meanV += merit[k] / slots
  }
  let covariance = 0
  let variance = 0
  for (let k = 0; k < slots; k++) {
    const e = (k + 0.5) * perSlotKwh - meanE
    covariance += e * (merit[k] - meanV)
    variance += e * e
  }
  const slope = Math.max(0, -covariance / variance)
  return { firstEurPerKwh: meanV + slope * meanE, slopeEurPerKwh2: slope }
}
