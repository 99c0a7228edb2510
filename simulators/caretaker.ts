import type { BuildingKind, CurvePoint } from '../src/core/domain/building.ts'
import { ARCHETYPES, type Archetype } from './archetypes.ts'
import type { ZoneSpec } from './building-spec.ts'
import type { Draw } from './draw.ts'
import { applianceProfile, presenceProfile } from './occupants.ts'
import { fanRatio } from './ventilation.ts'

const CURVE_OUTDOOR_C = [-30, -15, -5, 0, 5, 15]

interface House {
  readonly lossKwPerK: number
  /** What fresh air takes at the supply temperature of its coil; part of `lossKwPerK` where there is none. */
  readonly freshKwPerK: number
  readonly freshC: number | null
  readonly gainsKw: number
  readonly nominalKw: number
  readonly flowKwPerK: number
}

function weekMean(profile: (weekday: number, hour: number) => number): number {
  let sum = 0
  for (let hour = 0; hour < 168; hour++) sum += profile(Math.floor(hour / 24), hour % 24)
  return sum / 168
}

function houseOf(
  kind: BuildingKind,
  archetype: Archetype,
  zones: readonly ZoneSpec[],
  pipesKw: number,
): House {
  const sum = (part: (zone: ZoneSpec) => number) => zones.reduce((total, zone) => total + part(zone), 0)
  const shell = sum((zone) => {
    const wall = 1 / (1 / zone.envelopeInKwPerK + 1 / zone.envelopeOutKwPerK)
    return wall + zone.windowLossKwPerK + zone.infiltrationKwPerK
  })
  const { ventilation } = archetype
  const { supplyAirC, recoveryRatio } = ventilation
  const running = weekMean((weekday, hour) => fanRatio({ kind, ventilation }, weekday, hour))
  const fans = running * sum((zone) => zone.ventilationKwPerK)
  const present = weekMean((weekday, hour) => presenceProfile(kind, weekday, hour))
  const switchedOn = weekMean((weekday, hour) => applianceProfile(kind, weekday, hour))
  return {
    lossKwPerK: shell + (supplyAirC === null ? fans * (1 - recoveryRatio) : 0),
    freshKwPerK: supplyAirC === null ? 0 : fans,
    freshC: supplyAirC,
    gainsKw: sum((zone) => present * zone.peopleKw + switchedOn * zone.applianceKw) + pipesKw,
    nominalKw: sum((zone) => zone.radiator.nominalKw),
    flowKwPerK: sum((zone) => zone.radiator.flowKwPerK),
  }
}

/** Water at which open radiators hold `roomC` in the house as a whole, °C. */
function neededSupplyC(house: House, roomC: number, outdoorC: number): number {
  const freshKw = house.freshC === null ? 0 : house.freshKwPerK * (roomC - house.freshC)
  const heatKw = house.lossKwPerK * (roomC - outdoorC) + freshKw - house.gainsKw
  if (heatKw <= 0) return roomC
  const excess = 50 * Math.exp(Math.log(heatKw / house.nominalKw) / 1.3)
  return roomC + excess + heatKw / (2 * house.flowKwPerK)
}

/** The six points as years of complaints and callouts have left them: warm rather than cold, the slope not quite right. */
export function drawFoundCurve(
  draw: Draw,
  kind: BuildingKind,
  zones: readonly ZoneSpec[],
  pipesKw: number,
): CurvePoint[] {
  const archetype = ARCHETYPES[kind]
  const house = houseOf(kind, archetype, zones, pipesKw)
  const { roomC: usualC, deviationK, slopeDeviation } = archetype.found
  // A cold house is complained about until its curve is raised; a warm one is not.
  const roomC = Math.max(usualC - 0.8 * deviationK, draw.around(usualC, deviationK))
  const slope = draw.around(1, slopeDeviation)
  const pivotC = neededSupplyC(house, roomC, -2)
  return CURVE_OUTDOOR_C.map((outdoorC) => {
    const neededC = neededSupplyC(house, roomC, outdoorC)
    return { outdoorC, supplyC: Math.max(20, Math.round(pivotC + (neededC - pivotC) * slope)) }
  })
}
