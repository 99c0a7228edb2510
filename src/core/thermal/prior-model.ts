import type { Building, BuildingKind, ThermalModel } from '../domain/building.ts'

interface KindPrior {
  /** Times the loss that the year gives: more envelope a floor area, or more air changed. */
  readonly lossRatio: number
  readonly massWhPerM2K: number
  readonly couplingWPerM2K: number
  readonly gainsWPerM2: number
}

// DOMAIN 5.1: ISO 13790 heavy 72 and very heavy 103, medium 46 Wh/m2K; one slab a storey 112; H = 0.6 with
// tau = 225 h for new concrete gives 135. Coupling 20 W/m2K where 0.1 kWh/m2 stays within 0.5 K, 10 in light houses.
const KINDS: Readonly<Record<BuildingKind, KindPrior>> = {
  'concrete-block': { lossRatio: 1, massWhPerM2K: 103, couplingWPerM2K: 20, gainsWPerM2: 3.66 },
  'insulated-block': { lossRatio: 1, massWhPerM2K: 135, couplingWPerM2K: 20, gainsWPerM2: 3.66 },
  school: { lossRatio: 1.1, massWhPerM2K: 72, couplingWPerM2K: 20, gainsWPerM2: 2.8 },
  'row-house': { lossRatio: 1.2, massWhPerM2K: 46, couplingWPerM2K: 10, gainsWPerM2: 3.66 },
  'heat-pump-block': { lossRatio: 1, massWhPerM2K: 103, couplingWPerM2K: 20, gainsWPerM2: 3.66 },
}

// 1.2 and 0.6 W/m2K of floor are the two of DOMAIN 5.1; between them, the steps of the Finnish building code.
const LOSS_W_PER_M2K: readonly (readonly [untilYear: number, loss: number])[] = [
  [1960, 1.3],
  [1979, 1.2],
  [2003, 1.0],
  [2010, 0.8],
  [Number.POSITIVE_INFINITY, 0.6],
]
const INSULATED_LOSS_W_PER_M2K = 0.6

/** Air and furniture, ISO 52016 B.17: 10 kJ/m2K. */
const AIR_WH_PER_M2K = 2.8
/** Windows and ventilation against walls and roof. */
const AIR_LOSS_SHARE = 0.6
/** EN 442: a radiator gives 0.35 of its heat by radiation, which the structure takes up. */
const HEAT_TO_AIR = 0.65
// Windows 0.15 m2 a floor m2, g 0.5, frame 0.7, shading 0.65 and slanting sun 0.9: 0.03 of the horizontal's sun.
const APERTURE_PER_M2 = 0.03

/** What is known of a building before it was ever measured: by its type, floor area and year (DOMAIN 5.1). */
export function priorModel(building: Pick<Building, 'kind' | 'floorAreaM2' | 'builtYear'>): ThermalModel {
  const kind = KINDS[building.kind]
  const kiloM2 = building.floorAreaM2 / 1000
  const lossKwPerK = lossWPerM2K(building) * kind.lossRatio * kiloM2
  return {
    airKwhPerK: AIR_WH_PER_M2K * kiloM2,
    massKwhPerK: kind.massWhPerM2K * kiloM2,
    couplingKwPerK: kind.couplingWPerM2K * kiloM2,
    airLossKwPerK: AIR_LOSS_SHARE * lossKwPerK,
    massLossKwPerK: (1 - AIR_LOSS_SHARE) * lossKwPerK,
    apertureM2: APERTURE_PER_M2 * building.floorAreaM2,
    gainsKw: kind.gainsWPerM2 * kiloM2,
    heatToAirRatio: HEAT_TO_AIR,
  }
}

/** The fitted model of a building, or its prior. */
export function modelOf(building: Building): ThermalModel {
  return building.model ?? priorModel(building)
}

function lossWPerM2K(building: Pick<Building, 'kind' | 'builtYear'>): number {
  const byYear = LOSS_W_PER_M2K.find(([untilYear]) => building.builtYear < untilYear)?.[1] ?? 1.2
  return building.kind === 'insulated-block' ? Math.min(byYear, INSULATED_LOSS_W_PER_M2K) : byYear
}
