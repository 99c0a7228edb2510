import type { BuildingKind } from '../src/core/domain/building.ts'
import type { BuildingSpec, VentilationSpec } from './building-spec.ts'

/** Fan speed by the timer, 1 being the design flow. */
export function fanRatio(
  house: Pick<BuildingSpec, 'kind' | 'ventilation'>,
  weekday: number,
  hour: number,
): number {
  if (house.kind === 'school') return weekday < 5 && hour >= 6 && hour < 17 ? 1 : 0.1
  if (house.ventilation.kind === 'balanced') return hour >= 17 && hour < 20 ? 1.25 : 0.95
  const isBusy = (hour >= 6 && hour < 9) || (hour >= 11 && hour < 13) || (hour >= 16 && hour < 20)
  return isBusy ? 1.2 : 0.85
}

/** Caretakers run exhaust fans at reduced speed in hard frost. */
export function frostRatio(kind: BuildingKind, outdoorC: number): number {
  return outdoorC < -15 && kind !== 'school' ? 0.8 : 1
}

export interface SupplyAir {
  /** After recovery, before the coil. */
  readonly recoveredC: number
  /** As it enters the rooms. */
  readonly suppliedC: number
}

export function supplyAir(ventilation: VentilationSpec, extractC: number, outdoorC: number): SupplyAir {
  if (ventilation.kind === 'exhaust') return { recoveredC: outdoorC, suppliedC: outdoorC }
  // Below -8 °C the exchanger must be kept from icing up.
  const frost = outdoorC < -8 ? 1 + (outdoorC + 8) * 0.012 : 1
  const recoveredC = outdoorC + ventilation.recoveryRatio * frost * (extractC - outdoorC)
  const setC = ventilation.supplyAirC ?? recoveredC
  return { recoveredC, suppliedC: Math.max(setC, recoveredC) }
}
