import type { BuildingKind } from '../src/core/domain/building.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import { ARCHETYPES, type Archetype, GOTHENBURG, HEAVY_SHARE } from './archetypes.ts'
import type { BuildingSpec, HeatPumpSpec, SubstationSpec, ZoneSpec } from './building-spec.ts'
import { drawFoundCurve } from './caretaker.ts'
import { streamKey } from './chance.ts'
import { createDraw, type Draw } from './draw.ts'
import { DESIGN_OUTDOOR_C, DESIGN_ROOM_C, drawZone, type Fabric } from './draw-zone.ts'
import { KW_PER_M3H_K } from './network.ts'
import { emissionKw } from './radiator.ts'

/** Slabs and walls between neighbours, per m² of floor. */
const NEIGHBOUR_WM2K = 0.8

export interface Plot {
  readonly id: BuildingId
  readonly name: string
  readonly kind: BuildingKind
  readonly seed: number
  readonly zones: number | undefined
  readonly hasIndoor: boolean
}

/** One building of its kind: every number that chance decides, decided here. */
export function drawBuilding(plot: Plot): BuildingSpec {
  const draw = createDraw(streamKey(plot.seed, plot.id, 'fabric'))
  const isHeavy = plot.kind === 'concrete-block' && draw.happens(HEAVY_SHARE)
  const archetype = isHeavy ? { ...ARCHETYPES[plot.kind], ...GOTHENBURG } : ARCHETYPES[plot.kind]
  const zones = drawZones(draw, plot, archetype)
  const floorAreaM2 = zones.reduce((sum, zone) => sum + zone.areaM2, 0)
  const persons = Math.max(
    4,
    Math.round((floorAreaM2 / archetype.areaPerPersonM2) * draw.between(0.85, 1.15)),
  )
  const circulationKw = (archetype.circulationWm2 * draw.between(0.7, 1.3) * floorAreaM2) / 1000
  return {
    id: plot.id,
    name: plot.name,
    kind: plot.kind,
    seed: plot.seed,
    floorAreaM2,
    builtYear: Math.round(draw.between(...archetype.years)),
    persons,
    isHeavy,
    facadeAzimuthDeg: draw.between(0, 90),
    neighbourKwPerK: (NEIGHBOUR_WM2K * floorAreaM2) / zones.length / 1000,
    zones,
    substation: drawSubstation(draw, plot.kind, { zones, persons, circulationKw }),
    heatPump: plot.kind === 'heat-pump-block' ? drawHeatPump(draw, archetype, zones, persons) : null,
    ventilation: archetype.ventilation,
    hotWater: { kwhPerPersonDay: archetype.dhwKwhPerPersonDay * draw.between(0.8, 1.2), circulationKw },
    sensors: {
      hasIndoor: plot.hasIndoor,
      hasSubMeters: draw.happens(0.3),
      outdoorBiasK: draw.around(0.4, 0.4),
      meterStepKwh: 1,
    },
  }
}

function drawZones(draw: Draw, plot: Plot, archetype: Archetype): ZoneSpec[] {
  const count = plot.zones ?? Math.round(draw.between(6, 14))
  const wholeM2 = draw.between(...archetype.areaM2)
  const shares = Array.from({ length: count }, () => draw.between(0.75, 1.25))
  const total = shares.reduce((sum, share) => sum + share, 0)
  const fabric: Fabric = {
    opaque: draw.between(...archetype.opaqueWm2K),
    window: draw.between(...archetype.windowWm2K),
    infiltration: draw.between(...archetype.infiltrationWm2K),
    ventilation: draw.between(...archetype.ventilationWm2K),
    mass: draw.between(...archetype.massWhm2K),
    airMass: draw.between(...archetype.airMassWm2K),
  }
  return shares.map((share, i) => {
    const id = `z${String(i + 1).padStart(2, '0')}`
    const areaM2 = Math.round((wholeM2 * share) / total)
    return drawZone(draw, { archetype, fabric, areaM2, facade: i % 4, id })
  })
}

/** What the radiators give at design weather under the kind's own curve. */
function designKw(archetype: Archetype, zones: readonly ZoneSpec[]): number {
  const designSupplyC = archetype.curveC[0]! + ((archetype.curveC[1]! - archetype.curveC[0]!) * 4) / 15
  const excess = designSupplyC - archetype.designSpreadK / 2 - DESIGN_ROOM_C
  return zones.reduce((sum, zone) => sum + emissionKw(zone.radiator.nominalKw, excess), 0)
}

function coilDesignKw(archetype: Archetype, zones: readonly ZoneSpec[]): number {
  const { supplyAirC, recoveryRatio } = archetype.ventilation
  if (supplyAirC === null) return 0
  const recoveredC = DESIGN_OUTDOOR_C + 0.78 * recoveryRatio * (DESIGN_ROOM_C - DESIGN_OUTDOOR_C)
  const fansKwPerK = zones.reduce((sum, zone) => sum + zone.ventilationKwPerK, 0)
  return fansKwPerK * Math.max(0, supplyAirC - recoveredC)
}

function drawSubstation(
  draw: Draw,
  kind: BuildingKind,
  served: { readonly zones: readonly ZoneSpec[]; readonly persons: number; readonly circulationKw: number },
): SubstationSpec {
  const archetype = ARCHETYPES[kind]
  const { zones, persons, circulationKw } = served
  const spaceKw = designKw(archetype, zones) * draw.between(1.1, 1.3)
  const drawsKw = 40 + (archetype.dhwKwhPerPersonDay > 1 ? 0.6 : 0.05) * persons
  const flowKw = spaceKw / 65 + coilDesignKw(archetype, zones) / 75 + drawsKw / 60
  return {
    curve: drawFoundCurve(draw, kind, zones, 0.5 * circulationKw),
    supplyMinC: 20,
    supplyMaxC: archetype.curveC[0]! + 8,
    responseMin: draw.between(3, 8),
    roomCompensation: draw.happens(0.15) ? draw.between(0.3, 0.7) : 0,
    returnLimitC: draw.happens(0.3) ? archetype.curveC[0]! - archetype.designSpreadK + 3 : null,
    primaryFlowMaxM3h: (flowKw / KW_PER_M3H_K) * draw.between(0.9, 1.15),
    designKw: spaceKw,
    approachK: draw.happens(0.2) ? draw.between(7, 12) : draw.between(3, 6),
    pipeLossKwPerK: (0.02 * spaceKw) / 50,
  }
}

function drawHeatPump(
  draw: Draw,
  archetype: Archetype,
  zones: readonly ZoneSpec[],
  persons: number,
): HeatPumpSpec {
  const hotWaterKw = (persons * archetype.dhwKwhPerPersonDay) / 24
  const spaceKw = designKw(archetype, zones)
  return {
    capacityKw: spaceKw * draw.between(0.6, 0.75) + hotWaterKw,
    carnotRatio: draw.between(0.4, 0.46),
    backupKw: spaceKw * 0.8,
    bufferKwhPerK: spaceKw * 0.02 * KW_PER_M3H_K,
    minRunMin: 20,
    minOffMin: 10,
  }
}
