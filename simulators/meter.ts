/** True registers since the start, and what stood there when the building was last read. */
export interface MeterState {
  energyKwh: number
  spaceHeatKwh: number
  dhwKwh: number
  electricKwh: number
  readAt: number
  readEnergyKwh: number
  readSpaceHeatKwh: number
  readDhwKwh: number
  readElectricKwh: number
}

export const METERED = ['energyKwh', 'spaceHeatKwh', 'dhwKwh', 'electricKwh'] as const

export function newMeter(at: number): MeterState {
  return {
    energyKwh: 0,
    spaceHeatKwh: 0,
    dhwKwh: 0,
    electricKwh: 0,
    readAt: at,
    readEnergyKwh: 0,
    readSpaceHeatKwh: 0,
    readDhwKwh: 0,
    readElectricKwh: 0,
  }
}

/** A pulse register shows whole steps; a step of 0 shows everything. */
export function registerKwh(trueKwh: number, stepKwh: number): number {
  return stepKwh > 0 ? Math.floor(trueKwh / stepKwh) * stepKwh : trueKwh
}
