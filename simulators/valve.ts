import type { ValveSpec } from './building-spec.ts'

/** The share of the pressure that the open valve takes: the rest is the radiator's own preset. */
const AUTHORITY = 0.4

/** Opening, 0 to 1, at the temperature that its head has come to feel. */
export function valveOpening(valve: ValveSpec, feltC: number): number {
  if (valve.stuckAtRatio !== null) return valve.stuckAtRatio
  const opening = (valve.settingC - feltC) / valve.bandK + 0.5
  return opening <= 0 ? 0 : Math.min(opening, 1)
}

/** Flow as a share of the flow at a fully open valve, under a constant pressure. */
export function valveFlowRatio(opening: number): number {
  return opening / Math.sqrt(AUTHORITY + (1 - AUTHORITY) * opening * opening)
}
