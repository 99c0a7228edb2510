import type { Building } from '../domain/building.ts'
import type { ActuatorBelief, Belief } from './belief.ts'
import { isHeldFor } from './observe-actuator.ts'
import { expectedKw, type HeatHour } from './signature.ts'

const RATE = 0.35
/** With no offset to judge by, doubt fades in about six hours. */
const FADE = 0.15
const LEAST_RATIO = 0.1
const NO_RESPONSE = 0.35

/** How much of the expected effect came in the hour: thermostats shut or wide open answer to no offset. */
export function observeResponse(belief: Belief, building: Building, hour: HeatHour): ActuatorBelief {
  const { actuator, signature } = belief
  const plainKw = expectedKw(signature, building, { ...hour, offsetK: 0 })
  const expectedEffectKw = expectedKw(signature, building, hour) - plainKw
  const isTelling = Math.abs(expectedEffectKw) > Math.max(1, 2 * signature.residualKw)
  const seen = isTelling ? clamp((hour.spaceKw - plainKw) / expectedEffectKw) : null
  return {
    ...actuator,
    upRatio: nextRatio(actuator.upRatio, hour.offsetK > 0 ? seen : null),
    downRatio: nextRatio(actuator.downRatio, hour.offsetK < 0 ? seen : null),
  }
}

/** What is wrong or at its limit, one word each, for people and for the plan. */
export function flags(belief: Belief): readonly string[] {
  const { actuator, zones, outdoor, at } = belief
  const found: string[] = []
  if (actuator.upRatio < NO_RESPONSE) found.push('valves-closed')
  if (actuator.downRatio < NO_RESPONSE) found.push('no-response')
  if (isHeldFor(actuator.shortSince, 60, at)) found.push('supply-limited')
  if (isHeldFor(actuator.noFlowSince, 15, at)) found.push('no-flow')
  if (outdoor.sensorC !== null && outdoor.source === 'weather') found.push('outdoor-sensor')
  for (const state of ['window-open', 'stuck', 'jump', 'out-of-range', 'silent'] as const) {
    if (zones.some((zone) => zone.state === state)) found.push(state)
  }
  return found
}

function nextRatio(ratio: number, seen: number | null): number {
  return seen === null ? ratio + FADE * (1 - ratio) : Math.max(LEAST_RATIO, ratio + RATE * (seen - ratio))
}

// More effect than expected is for the signature to learn, not for the hour.
function clamp(ratio: number): number {
  return Math.max(0, Math.min(1, ratio))
}
