import { DAY_MS, MINUTE_MS } from '../domain/instant.ts'
import type { ScalarReading } from '../domain/telemetry.ts'

export interface Range {
  readonly min: number
  readonly max: number
}

export interface IngestLimits {
  readonly maxAgeMs: number
  /** A clock may be ahead of ours by so much. */
  readonly maxAheadMs: number
  /** Instants remembered per building to know a duplicate by; the oldest are dropped first. */
  readonly rememberedSamples: number
  readonly ranges: Readonly<Record<ScalarReading, Range>>
  /** Values that devices send for "no value", refused wherever a temperature or a flow stands. */
  readonly sentinels: readonly number[]
}

const SECONDARY_C = { min: 0, max: 130 }
const HEAT_KW = { min: 0, max: 20_000 }
const REGISTER = { min: 0, max: 1e10 }

/** What can be, by physics and by the plant; wider than what is likely. */
const RANGES: Readonly<Record<ScalarReading, Range>> = {
  heatKw: HEAT_KW,
  energyKwh: REGISTER,
  flowM3h: { min: 0, max: 1000 },
  volumeM3: REGISTER,
  primarySupplyC: { min: 0, max: 180 },
  primaryReturnC: { min: 0, max: 150 },
  supplyC: SECONDARY_C,
  returnC: SECONDARY_C,
  curveSupplyC: SECONDARY_C,
  spaceHeatKw: HEAT_KW,
  ventHeatKw: HEAT_KW,
  dhwKw: HEAT_KW,
  dhwC: { min: 0, max: 100 },
  electricKw: HEAT_KW,
  copRatio: { min: 0, max: 15 },
  indoorC: { min: -30, max: 60 },
  outdoorC: { min: -60, max: 60 },
}

export const ZONE_RANGES = {
  indoorC: RANGES.indoorC,
  setpointC: { min: 0, max: 40 },
  rhPercent: { min: 0, max: 100 },
} as const

export const CIRCUIT_RANGES = {
  supplyC: { min: -20, max: 130 },
  returnC: { min: -20, max: 130 },
  supplySetpointC: { min: -20, max: 130 },
  valvePercent: { min: 0, max: 100 },
} as const

// 0xFFFF and 0x8000 of 16-bit registers, plain and scaled by ten and a hundred. A DS18B20 that has just started
// says 85.0; a supply may be that warm, so a site with such sensors adds it.
const SENTINELS = [65535, 6553.5, 655.35, -32768, -3276.8, -327.68, 850]

export const DEFAULT_LIMITS: IngestLimits = {
  maxAgeMs: 30 * DAY_MS,
  maxAheadMs: 5 * MINUTE_MS,
  rememberedSamples: 8192,
  ranges: RANGES,
  sentinels: SENTINELS,
}
