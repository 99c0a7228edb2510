import type { SimulatedBuilding } from '../../../simulators/simulated-building.ts'
import { DAY_MS, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import { type PhysicsRun, warmedUp } from '../physics-run.ts'
import type { WeatherTrack } from '../weather-track.ts'

const MINUTES = SLOT_MS / MINUTE_MS

/** A building's truth by the quarter-hour, room by room. */
export interface SampledLife {
  /** Space heat and ventilation's, kW. */
  readonly heatKw: Float64Array
  /** One series a zone. */
  readonly zoneC: readonly Float64Array[]
  /** At the end of each slot, kWh above 0 °C. */
  readonly storedKwh: Float64Array
}

/** Lives through a run's days, its curve shifted by `shiftK(slot)`; `onSlot` sees each slot's beginning. */
export function sampleLife(
  run: PhysicsRun,
  weather: WeatherTrack,
  shiftK: (slot: number) => number,
  onSlot: (slot: number, building: SimulatedBuilding) => void = () => {},
): SampledLife {
  const slots = (run.days * DAY_MS) / SLOT_MS
  const building = warmedUp(run, weather)
  const life: SampledLife = {
    heatKw: new Float64Array(slots),
    zoneC: run.spec.zones.map(() => new Float64Array(slots)),
    storedKwh: new Float64Array(slots),
  }
  for (let k = 0; k < slots; k++) {
    onSlot(k, building)
    const command = { supplyOffsetK: shiftK(k) }
    for (let m = 0; m < MINUTES; m++) {
      building.step(weather.at(building.at), command)
      addMinute(life, k, building)
    }
  }
  return life
}

function addMinute(life: SampledLife, k: number, building: SimulatedBuilding): void {
  const truth = building.truth()
  life.heatKw[k]! += (truth.spaceHeatKw + truth.ventHeatKw) / MINUTES
  life.storedKwh[k] = truth.storedKwh
  for (let z = 0; z < life.zoneC.length; z++) life.zoneC[z]![k]! += truth.zoneC[z]! / MINUTES
}
