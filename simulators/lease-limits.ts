import type { ActuatorKind } from '../src/core/domain/building.ts'
import type { Instant } from '../src/core/domain/instant.ts'
import type { Lease, LeaseStep } from '../src/core/domain/lease.ts'

/** What the building's controller is set to; an actuator that is not named follows the building's own curve. */
export type Setting = Readonly<Partial<Record<ActuatorKind, number>>>

/** The actuators that this building has, and how far each may be moved from outside. */
export type LocalLimits = Readonly<
  Partial<Record<ActuatorKind, { readonly min: number; readonly max: number }>>
>

export const OWN_CURVE: Setting = {}

const ACTUATORS: readonly ActuatorKind[] = ['supplyOffsetK', 'roomSetpointC', 'supplyC', 'heatLimitKw']

/** What the step in force at `now` asks for, or the own curve before the first step. */
export function settingAt(lease: Lease, now: Instant): Setting {
  if (lease.mode === 'release') return OWN_CURVE
  const step = lease.steps.findLast(({ from }) => from <= now)
  return step ? settingOf(step) : OWN_CURVE
}

function settingOf(step: LeaseStep): Setting {
  const setting: Partial<Record<ActuatorKind, number>> = {}
  for (const kind of ACTUATORS) {
    const value = step[kind]
    if (typeof value === 'number') setting[kind] = value
  }
  return setting
}

export interface Limited {
  readonly setting: Setting
  /** What was asked and not given, or undefined where all was. */
  readonly reason: string | undefined
}

/** Holds the wish inside the building's own limits; an actuator that it lacks is left out. */
export function limit(wish: Setting, limits: LocalLimits): Limited {
  const setting: Partial<Record<ActuatorKind, number>> = {}
  const reasons: string[] = []
  for (const kind of ACTUATORS) {
    const wanted = wish[kind]
    const range = limits[kind]
    if (wanted === undefined) continue
    if (range === undefined) {
      reasons.push(`no ${kind} here`)
      continue
    }
    setting[kind] = Math.min(range.max, Math.max(range.min, wanted))
    if (setting[kind] !== wanted) reasons.push(`${kind} ${wanted} is outside ${range.min} to ${range.max}`)
  }
  return { setting, reason: reasons.length > 0 ? reasons.join('; ') : undefined }
}

/** The setting as an ack tells it: `null` for each actuator that the building keeps to itself. */
export function appliedOf(setting: Setting, limits: LocalLimits): Readonly<Record<string, number | null>> {
  const applied: Record<string, number | null> = {}
  for (const kind of ACTUATORS) if (limits[kind]) applied[kind] = setting[kind] ?? null
  return applied
}

export function isSameSetting(one: Setting, other: Setting): boolean {
  return ACTUATORS.every((kind) => one[kind] === other[kind])
}
