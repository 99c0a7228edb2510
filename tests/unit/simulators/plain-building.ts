import type { SimulatedBuilding, Truth } from '../../../simulators/simulated-building.ts'
import { type Instant, MINUTE_MS } from '../../../src/core/domain/instant.ts'
import type { Readings } from '../../../src/core/domain/telemetry.ts'

export interface PlainBuilding extends SimulatedBuilding {
  /** The offset that held in each minute, `null` for the own curve. */
  readonly offsets: readonly (number | null)[]
}

/** A building without weather: its water shows at once what it was told, so that a device can be judged by it. */
export function createPlainBuilding(start: Instant, rooms: Readings['zones'] = {}): PlainBuilding {
  const offsets: (number | null)[] = []
  let at = start
  let readAt = start
  const truth: Truth = {
    zoneC: Float64Array.of(21),
    ...{ heatKw: 30, spaceHeatKw: 25, ventHeatKw: 0, dhwKw: 5, electricKw: 0, copRatio: 0 },
    ...{
      supplyC: 45,
      returnC: 35,
      curveSupplyC: 45,
      primarySupplyC: 80,
      primaryReturnC: 40,
      primaryFlowM3h: 1,
    },
    ...{ gainsKw: 1, lossKw: 25, storedKwh: 0, energyKwh: 0, spaceHeatKwh: 0, dhwKwh: 0, electricKwh: 0 },
  }
  return {
    offsets,
    get at() {
      return at
    },
    step(_weather, command) {
      offsets.push(command?.supplyOffsetK ?? null)
      at += MINUTE_MS
    },
    read() {
      const intervalS = (at - readAt) / 1000
      readAt = at
      const energyKwh = 1000 + offsets.length / 2
      const supplyC = 45 + (offsets[offsets.length - 1] ?? 0)
      return { at, intervalS, readings: { heatKw: 30, energyKwh, supplyC, outdoorC: -10, zones: rooms } }
    },
    truth: () => truth,
    snapshot: () => JSON.stringify({ at, readAt }),
  }
}
