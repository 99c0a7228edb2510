import type { Instant } from '../src/core/domain/instant.ts'
import type { Readings } from '../src/core/domain/telemetry.ts'

/** What a device may be told; anything left out is the building's own affair. */
export interface Command {
  readonly supplyOffsetK?: number | undefined
  /** Space heating alone. */
  readonly heatLimitKw?: number | undefined
  readonly roomSetpointC?: number | undefined
  /** In place of the curve, and of any offset. */
  readonly supplyC?: number | undefined
}

export interface Weather {
  readonly outdoorC: number
  /** Global on the horizontal. */
  readonly solarWm2: number
  readonly windMs: number
}

export interface Setup {
  readonly start: Instant
  readonly timeZone: string
  readonly latitude: number
  readonly longitude: number
  /** False: people, windows and sensors take their expected values. */
  readonly noise: boolean
}

/** What is so, as against what sensors say; powers are of the last minute. */
export interface Truth {
  /** In the order of the specification; the same array every time. */
  readonly zoneC: Float64Array
  /** All that the building takes from the network or its heat pump. */
  readonly heatKw: number
  readonly spaceHeatKw: number
  readonly ventHeatKw: number
  readonly dhwKw: number
  readonly electricKw: number
  readonly copRatio: number
  readonly supplyC: number
  readonly returnC: number
  readonly curveSupplyC: number
  readonly primarySupplyC: number
  readonly primaryReturnC: number
  readonly primaryFlowM3h: number
  /** People, appliances, sun and hot-water pipes, into the rooms. */
  readonly gainsKw: number
  /** Out of the building: walls, windows, air and pipes. */
  readonly lossKw: number
  /** In air, structure and radiators, above 0 °C. */
  readonly storedKwh: number
  /** Registers since the start. */
  readonly energyKwh: number
  readonly spaceHeatKwh: number
  readonly dhwKwh: number
  readonly electricKwh: number
}

export interface Published {
  readonly at: Instant
  readonly intervalS: number
  readonly readings: Readings
}

export interface SimulatedBuilding {
  readonly at: Instant
  /** Advances 60 s. */
  step(weather: Weather, command: Command | undefined): void
  /** What a gateway would publish of the time since the last call. */
  read(): Published
  truth(): Truth
  /** JSON from which `restoreBuilding` goes on to the bit. */
  snapshot(): string
}
