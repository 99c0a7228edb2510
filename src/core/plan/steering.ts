import { type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { OperatorMode, Override } from '../domain/lease.ts'

/** What decides whether a building is steered at all. */
export interface SteeringFacts {
  readonly mode: OperatorMode
  readonly overrides: readonly Override[]
  readonly now: Instant
  readonly lastSampleAt: Instant | undefined
  readonly lostAfterMinutes: number
  /** Mean outdoor temperature of the day, °C. */
  readonly dayMeanOutdoorC: number
  readonly seasonEndsC: number
  /** Coldest valid zone, °C; undefined without an indoor sensor. */
  readonly coldestC: number | undefined
  readonly hasIndoorSensor: boolean
}

export type Steering =
  | { readonly kind: 'plan' }
  | { readonly kind: 'meter-only' }
  | { readonly kind: 'hold'; readonly supplyOffsetK: number }
  | { readonly kind: 'curve'; readonly why: CurveReason }

export type CurveReason =
  | 'operator-curve'
  | 'telemetry-lost'
  | 'out-of-season'
  | 'resident-override'
  | 'not-understood'
  | 'not-learned'

// The Finnish action limit: below it nobody's wish may take heat away.
const SAFETY_C = 18

/** Safety first, then the operator, then residents, then the plan. */
export function steering(facts: SteeringFacts): Steering {
  const { mode, now, lastSampleAt, coldestC } = facts
  const isCold = coldestC !== undefined && coldestC < SAFETY_C
  if (mode.kind === 'hold' && !(isCold && mode.supplyOffsetK < 0)) {
    return { kind: 'hold', supplyOffsetK: mode.supplyOffsetK }
  }
  if (mode.kind !== 'auto') return { kind: 'curve', why: 'operator-curve' }
  if (lastSampleAt === undefined || now - lastSampleAt > facts.lostAfterMinutes * MINUTE_MS) {
    return { kind: 'curve', why: 'telemetry-lost' }
  }
  if (facts.dayMeanOutdoorC > facts.seasonEndsC) return { kind: 'curve', why: 'out-of-season' }
  if (running(facts).some((override) => override.kind === 'abort')) {
    return { kind: 'curve', why: 'resident-override' }
  }
  if (!facts.hasIndoorSensor) return { kind: 'meter-only' }
  // An indoor sensor is promised but none is valid: comfort cannot be held, so it is not risked.
  if (coldestC === undefined) return { kind: 'curve', why: 'not-understood' }
  return { kind: 'plan' }
}

/** Kelvins that residents have moved their band by, now. */
export function bandShiftK(overrides: readonly Override[], now: Instant): number {
  let shift = 0
  for (const override of running({ overrides, now })) {
    if (override.kind === 'warmer') shift = Math.max(shift, override.deltaK)
    if (override.kind === 'cooler' || override.kind === 'away') shift = Math.min(shift, -override.deltaK)
  }
  return shift
}

function running({ overrides, now }: Pick<SteeringFacts, 'overrides' | 'now'>): readonly Override[] {
  return overrides.filter((override) => override.untilAt > now)
}

export const CURVE_TEXT: Readonly<Record<CurveReason, string>> = {
  'operator-curve': 'The operator has left this building on its own heating curve.',
  'telemetry-lost':
    'Nothing has been heard from this building for a while, so it follows its own heating curve.',
  'out-of-season': 'It is warm outside; the building rests on its own heating curve.',
  'resident-override': 'A resident asked to stop, so the building follows its own heating curve.',
  'not-understood': 'No room sensor can be trusted now, so the building follows its own heating curve.',
  'not-learned': 'This building is not known well enough yet, so it follows its own heating curve.',
}
