import type { Instant } from './instant.ts'

export interface WeatherPoint {
  readonly outdoorC: number
  /** Global irradiance on the horizontal. */
  readonly solarWm2: number
  readonly windMs: number
}

/** The weather that really comes: what simulated buildings stand in and forecasts are wrong about. */
export interface WeatherTruth {
  /** The weather at any instant; `NaN` where it is not known. */
  weatherAt(at: Instant): WeatherPoint
  /** What no forecast would exceed: irradiance under a clear sky. */
  clearSkyWm2(at: Instant): number
}
