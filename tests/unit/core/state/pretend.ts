import type { Building } from '../../../../src/core/domain/building.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { type Instant, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { Readings, Sample, ZoneReading } from '../../../../src/core/domain/telemetry.ts'
import type { Belief } from '../../../../src/core/state/belief.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { observe } from '../../../../src/core/state/observe.ts'
import type { World } from '../../../../src/core/state/world.ts'

export const START = Date.parse('2024-01-08T00:00:00Z')
export const ZONE = 'Europe/Helsinki'

export const block: Building = {
  id: parseBuildingId('block-1')!,
  name: 'Block 1',
  kind: 'concrete-block',
  floorAreaM2: 2500,
  builtYear: 1970,
  persons: 60,
  comfort: { minC: 20, maxC: 23 },
  actuator: { kind: 'supplyOffsetK', min: -20, max: 10, step: 0.5, deadband: 1, writesPerDay: 12 },
  tariff: { kind: 'spot', feeEurPerMwh: 0 },
  curve: [
    { outdoorC: -30, supplyC: 70 },
    { outdoorC: 0, supplyC: 45 },
    { outdoorC: 15, supplyC: 28 },
  ],
  supplyMinC: 20,
  supplyMaxC: 75,
  maxHeatKw: 150,
  hasIndoorSensor: true,
}

/** A world at -5 °C without sun, or as told. */
export function worldOf(
  outdoorC: number | ((at: Instant) => number) = -5,
  offset = (_at: Instant) => 0,
): World {
  const outdoor = typeof outdoorC === 'number' ? () => outdoorC : outdoorC
  return {
    timeZone: ZONE,
    weatherAt: (at) => ({ outdoorC: outdoor(at), solarWm2: 0 }),
    offsetAt: offset,
  }
}

/** The k-th quarter-hour after the start. */
export function quarter(k: number): Instant {
  return START + k * SLOT_MS
}

export function sampleAt(at: Instant, readings: Readings): Sample {
  return { building: block.id, at, intervalS: 900, readings }
}

/** Rooms by their temperatures, named z0, z1, ... */
export function rooms(...indoorC: readonly (number | undefined | ZoneReading)[]): Readings {
  const zones: Record<string, ZoneReading> = {}
  indoorC.forEach((c, i) => {
    if (typeof c === 'object') zones[`z${String(i).padStart(2, '0')}`] = c
    else if (c !== undefined) zones[`z${String(i).padStart(2, '0')}`] = { indoorC: c }
  })
  return { zones }
}

/** The belief after `count` quarter-hours of what `readings` gives for each. */
export function live(
  count: number,
  readings: (k: number, at: Instant) => Readings,
  options: { world?: World; building?: Building; from?: Belief; first?: number } = {},
): Belief {
  const { world = worldOf(), building = block, first = 1 } = options
  let belief = options.from ?? newBelief(building, 0)
  for (let k = first; k < first + count; k++) {
    belief = observe(belief, building, sampleAt(quarter(k), readings(k, quarter(k))), world)
  }
  return belief
}

/** A tenth of a kelvin up and down, so that no honest sensor stands still. */
export function ripple(k: number, phase: number): number {
  return ((k + phase) % 3) / 10 - 0.1
}

export function stateOf(belief: Belief, index: number): string {
  return belief.zones[index].state
}
