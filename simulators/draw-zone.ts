import type { Archetype } from './archetypes.ts'
import type { RadiatorSpec, ValveSpec, ZoneSpec } from './building-spec.ts'
import type { Draw } from './draw.ts'
import { emissionKw } from './radiator.ts'

export const DESIGN_OUTDOOR_C = -26
export const DESIGN_ROOM_C = 21
/** ISO 52016 furniture and the air itself. */
const AIR_WHM2K = 3.7
const ENVELOPE_WHM2K = 11
/** Most of a wall's resistance is its insulation, outside the inner leaf. */
const INNER_SHARE = 4

/** The building's own draw of its kind's spans, W/m²K and Wh/m²K. */
export interface Fabric {
  readonly opaque: number
  readonly window: number
  readonly infiltration: number
  readonly ventilation: number
  readonly mass: number
  readonly airMass: number
}

export interface ZoneSetting {
  readonly archetype: Archetype
  readonly fabric: Fabric
  readonly areaM2: number
  readonly facade: number
  readonly id: string
}

/** The flat in the middle, at a gable or under the roof: how much more wall it has. */
function drawPosition(draw: Draw): number {
  const place = draw.between(0, 1)
  return place < 0.6 ? 0.88 : place < 0.82 ? 1.12 : 1.22
}

/** Heat that the designer gave the zone, kW: gains are not counted on. */
function designLossKw(setting: ZoneSetting, position: number): number {
  const { archetype, fabric, areaM2 } = setting
  const lift = DESIGN_ROOM_C - DESIGN_OUTDOOR_C
  const { supplyAirC, recoveryRatio } = archetype.ventilation
  const fresh = supplyAirC === null ? (1 - recoveryRatio) * lift : DESIGN_ROOM_C - supplyAirC
  const shell = fabric.opaque * position + fabric.window + fabric.infiltration
  return (areaM2 * (shell * lift + fabric.ventilation * fresh)) / 1000
}

function drawRadiator(draw: Draw, setting: ZoneSetting, position: number): RadiatorSpec {
  const { curveC, designSpreadK } = setting.archetype
  // Tables of the time knew the place in the house only roughly.
  const lossKw = designLossKw(setting, 1 + 0.75 * (position - 1))
  const designSupplyC = curveC[0]! + ((curveC[1]! - curveC[0]!) * (DESIGN_OUTDOOR_C + 30)) / 15
  const excess = designSupplyC - designSpreadK / 2 - DESIGN_ROOM_C
  return {
    // A dwelling much worse off than these has been seen to long ago.
    nominalKw: (lossKw / emissionKw(1, excess)) * Math.max(0.92, draw.around(1.01, 0.12)),
    flowKwPerK: (lossKw / designSpreadK) * 1.1 * Math.max(0.8, Math.exp(draw.around(0, 0.25))),
  }
}

function drawValve(draw: Draw, archetype: Archetype): ValveSpec {
  const { settingC, deviationK, stuckOpenRatio } = archetype.valve
  const stuck = draw.between(0, 1)
  return {
    settingC: draw.around(settingC, deviationK),
    bandK: draw.between(1, 2),
    lagMin: draw.between(15, 35),
    // One in four hundred stands nearly shut, and its dwelling is cold.
    stuckAtRatio: stuck < stuckOpenRatio ? draw.between(0.6, 1) : stuck > 0.9975 ? 0.3 : null,
  }
}

export function drawZone(draw: Draw, setting: ZoneSetting): ZoneSpec {
  const { archetype, fabric, areaM2 } = setting
  const position = drawPosition(draw)
  const perM2 = areaM2 / 1000
  const opaque = fabric.opaque * position * draw.around(1, 0.05)
  return {
    id: setting.id,
    areaM2,
    airKwhPerK: AIR_WHM2K * perM2,
    massKwhPerK: fabric.mass * perM2,
    envelopeKwhPerK: ENVELOPE_WHM2K * perM2,
    airMassKwPerK: fabric.airMass * perM2,
    windowLossKwPerK: fabric.window * draw.around(1, 0.06) * perM2,
    envelopeInKwPerK: opaque * INNER_SHARE * perM2,
    envelopeOutKwPerK: (opaque / (1 - 1 / INNER_SHARE)) * perM2,
    infiltrationKwPerK: fabric.infiltration * draw.between(0.7, 1.3) * perM2,
    ventilationKwPerK: fabric.ventilation * draw.around(1, 0.08) * perM2,
    openWindowKwPerK: draw.between(0.4, 0.9) * perM2,
    facade: setting.facade,
    apertureM2: archetype.apertureRatio * draw.between(0.6, 1.2) * areaM2,
    dwellings: Math.max(1, Math.round(areaM2 / archetype.areaPerDwellingM2)),
    peopleKw: archetype.peopleWm2 * draw.between(0.6, 1.4) * perM2,
    applianceKw: archetype.applianceWm2 * draw.between(0.6, 1.4) * perM2,
    airingHabit: draw.between(0.4, 1.6),
    radiator: drawRadiator(draw, setting, position),
    valve: drawValve(draw, archetype),
    sensorBiasK: draw.between(-0.3, 0.3),
  }
}
