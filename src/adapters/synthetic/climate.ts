/** Figures of the climate that the synthetic weather follows, January first. */
export interface Climate {
  readonly meanC: readonly number[]
  /** Spread of days and weeks about the mean. */
  readonly spreadK: readonly number[]
  /** Half of the way from a clear night to its afternoon. */
  readonly dailySwingK: readonly number[]
  /** Leaning of the sky, above zero to overcast. */
  readonly cloudBias: [0.7, 0.6, 0.4, 0.4, 0.3, 0.5, 0.4, 0.4, 0.5, 0.8, 1.2, 1.1]
  readonly windMs: readonly number[]
}

/**
 * Lappeenranta. Means January to September as published by the Finnish Meteorological Institute for 2021
 * (ilmatieteenlaitos.fi/lammitystarveluvut); the rest of the year and the other rows are typical figures.
 */
export const LAPPEENRANTA: Climate = {
  meanC: [-5.9, -10.3, -2.6, 3.8, 10.1, 19.8, 21.2, 14.9, 8.5, 4.8, -0.3, -4.5],
  spreadK: [6.6, 6.6, 5.0, 3.6, 3.6, 3.2, 2.8, 2.8, 3.2, 4.0, 4.8, 6.2],
  dailySwingK: [1.0, 1.9, 3.2, 4.2, 5.0, 5.2, 5.0, 4.4, 3.6, 1.9, 0.9, 0.7],
  cloudBias: [0.7, 0.6, 0.4, 0.4, 0.3, 0.5, 0.4, 0.4, 0.5, 0.8, 1.2, 1.1],
  windMs: [3.9, 3.7, 3.6, 3.4, 3.3, 3.2, 3.0, 3.0, 3.4, 3.8, 4.0, 4.0],
}
