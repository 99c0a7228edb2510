import { hashedLaplace, hashedNormal } from './chance.ts'

export type ForecastErrorLevel = 'perfect' | 'low' | 'medium' | 'high'

/**
 * How forecasts go wrong over the hours ahead, as in BOPTEST (ibpsa/project1-boptest,
 * forecast/forecast_uncertainty_params.json): temperature e₀ ~ N(F0, K0), eₖ₊₁ ~ N(F·eₖ + mu, K); solar the
 * same with Laplace's distribution. The error is what was less what was forecast.
 */
const TEMPERATURE_K = {
  low: { F0: 0, K0: 0.6, F: 0.92, K: 0.4, mu: 0 },
  medium: { F0: 0.15, K0: 1.2, F: 0.93, K: 0.6, mu: 0 },
  high: { F0: -0.58, K0: 1.5, F: 0.95, K: 0.7, mu: -0.015 },
}
const SOLAR_WM2 = {
  low: { ag0: 4.44, bg0: 57.42, phi: 0.62, ag: 1.86, bg: 45.64 },
  medium: { ag0: 15.02, bg0: 122.6, phi: 0.63, ag: 4.44, bg: 91.97 },
  high: { ag0: 32.09, bg0: 119.94, phi: 0.67, ag: 10.63, bg: 87.44 },
}
const TEMPERATURE_STREAM = 1
const SOLAR_STREAM = 2

/** Errors of one issue, kelvin, one an hour ahead from the issue on. */
export function temperatureErrorsK(level: ForecastErrorLevel, seed: number, issue: number, hours: number) {
  const errors = new Float64Array(hours)
  if (level === 'perfect') return errors
  const { F0, K0, F, K, mu } = TEMPERATURE_K[level]
  for (let k = 0; k < hours; k++) {
    // Both signs are as likely: a draw above zero is a forecast too warm.
    const draw = -hashedNormal(seed, TEMPERATURE_STREAM, issue, k)
    errors[k] = k === 0 ? F0 + K0 * draw : F * errors[k - 1] + mu + K * draw
  }
  return errors
}

/** Errors of one issue, W/m², one an hour ahead from the issue on; to be smoothed and kept within bounds. */
export function solarErrorsWm2(level: ForecastErrorLevel, seed: number, issue: number, hours: number) {
  const errors = new Float64Array(hours)
  if (level === 'perfect') return errors
  const { ag0, bg0, phi, ag, bg } = SOLAR_WM2[level]
  for (let k = 0; k < hours; k++) {
    const draw = -hashedLaplace(seed, SOLAR_STREAM, issue, k)
    errors[k] = k === 0 ? ag0 + bg0 * draw : phi * errors[k - 1] + ag + bg * draw
  }
  return errors
}
