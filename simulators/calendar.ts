import { type Instant, SLOT_MS } from '../src/core/domain/instant.ts'
import { localTime } from '../src/core/domain/local-time.ts'
import type { BuildingSpec } from './building-spec.ts'
import { expectedDrawKw } from './hot-water.ts'
import { applianceProfile, presenceProfile } from './occupants.ts'
import type { Setup } from './simulated-building.ts'
import { facadeIrradiance, type SunVector, sunVector } from './solar.ts'
import { fanRatio } from './ventilation.ts'

/** What the clock and the sun alone decide; worked out once a quarter-hour and never part of a snapshot. */
export interface Calendar {
  slot: number
  presence: number
  applianceRatio: number
  fanRatio: number
  expectedDrawKw: number
  sun: SunVector
  solarWm2: number
  readonly facadeWm2: Float64Array
}

export function newCalendar(): Calendar {
  return {
    slot: -1,
    presence: 0,
    applianceRatio: 0,
    fanRatio: 0,
    expectedDrawKw: 0,
    sun: { east: 0, north: 0, up: 0 },
    solarWm2: -1,
    facadeWm2: new Float64Array(4),
  }
}

export function refreshCalendar(
  calendar: Calendar,
  spec: BuildingSpec,
  setup: Setup,
  now: { readonly at: Instant; readonly solarWm2: number },
): void {
  const slot = Math.floor(now.at / SLOT_MS)
  const isNewSlot = slot !== calendar.slot
  if (isNewSlot) turnSlot(calendar, spec, setup, slot)
  if (!isNewSlot && now.solarWm2 === calendar.solarWm2) return
  calendar.solarWm2 = now.solarWm2
  facadeIrradiance(calendar.sun, now.solarWm2, spec.facadeAzimuthDeg, calendar.facadeWm2)
}

function turnSlot(calendar: Calendar, spec: BuildingSpec, setup: Setup, slot: number): void {
  const local = localTime(slot * SLOT_MS, setup.timeZone)
  const hour = Math.floor(local.hour)
  calendar.slot = slot
  calendar.presence = presenceProfile(spec.kind, local.weekday, hour)
  calendar.applianceRatio = applianceProfile(spec.kind, local.weekday, hour)
  calendar.fanRatio = fanRatio(spec, local.weekday, hour)
  calendar.expectedDrawKw = expectedDrawKw(spec.hotWater.kwhPerPersonDay * spec.persons, local.weekday, hour)
  calendar.sun = sunVector((slot + 0.5) * SLOT_MS, setup)
}
