import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'

/** Scalar readings of the contract. Power is the mean of the interval that ends at `at`. */
export const SCALAR_READINGS = [
  'heatKw', 'energyKwh', 'flowM3h', 'volumeM3', 'primarySupplyC', 'primaryReturnC',
  'supplyC', 'returnC', 'curveSupplyC', 'spaceHeatKw', 'ventHeatKw', 'dhwKw', 'dhwC',
  'electricKw', 'copRatio', 'indoorC', 'outdoorC',
] as const // biome-ignore format: a table
export type ScalarReading = (typeof SCALAR_READINGS)[number]

export interface ZoneReading {
  readonly indoorC?: number | undefined
  readonly setpointC?: number | undefined
  readonly rhPercent?: number | undefined
  readonly windowOpen?: boolean | undefined
}

export interface CircuitReading {
  readonly kind?: 'radiator' | 'floor' | 'ventilation' | 'dhw' | undefined
  readonly supplyC?: number | undefined
  readonly returnC?: number | undefined
  readonly supplySetpointC?: number | undefined
  readonly valvePercent?: number | undefined
  readonly pumpOn?: boolean | undefined
}

export type Readings = { readonly [K in ScalarReading]?: number | undefined } & {
  readonly heatSource?: string | undefined
  readonly zones?: Readonly<Record<string, ZoneReading>> | undefined
  readonly circuits?: Readonly<Record<string, CircuitReading>> | undefined
}

/** One sample of one building; the same `building` and `at` twice is one sample. */
export interface Sample {
  readonly building: BuildingId
  readonly at: Instant
  readonly seq?: number | undefined
  /** Power readings are means of `[at - intervalS, at)`. */
  readonly intervalS: number
  readonly readings: Readings
}
