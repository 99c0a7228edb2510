/** Forecast errors gathered hour by hour; the measures are those of Lago et al. (2021) and of the epftoolbox. */
export interface Scores {
  readonly hours: number
  readonly maeEurPerMwh: number
  /** 0 to 2: twice the error over the sum of the magnitudes, as epftoolbox has it. */
  readonly smape: number
}

export interface SpreadScores {
  /** Share of hours inside the 80 % interval. */
  readonly coverage: number
  readonly widthEurPerMwh: number
  /** Mean over the levels. */
  readonly pinballEurPerMwh: number
}

/** `NaN` on either side leaves the hour out. */
export function scores(actual: ArrayLike<number>, forecast: ArrayLike<number>): Scores {
  let [hours, absolute, relative] = [0, 0, 0]
  for (let k = 0; k < actual.length; k++) {
    const error = Math.abs(actual[k] - forecast[k])
    if (Number.isNaN(error)) continue
    hours++
    absolute += error
    const size = Math.abs(actual[k]) + Math.abs(forecast[k])
    relative += size > 0 ? (2 * error) / size : 0
  }
  return { hours, maeEurPerMwh: absolute / hours, smape: relative / hours }
}

/** `quantiles` holds one series a level, the lowest and the highest being the ends of the interval. */
export function spreadScores(
  actual: ArrayLike<number>,
  quantiles: readonly ArrayLike<number>[],
  levels: readonly number[],
): SpreadScores {
  const [low, high] = [quantiles[0], quantiles[quantiles.length - 1]]
  let [hours, inside, width, pinball] = [0, 0, 0, 0]
  for (let k = 0; k < actual.length; k++) {
    if (Number.isNaN(actual[k])) continue
    hours++
    if (actual[k] >= low[k] && actual[k] <= high[k]) inside++
    width += high[k] - low[k]
    for (const [l, level] of levels.entries()) pinball += pinballLoss(actual[k] - quantiles[l][k], level)
  }
  return {
    coverage: inside / hours,
    widthEurPerMwh: width / hours,
    pinballEurPerMwh: pinball / hours / levels.length,
  }
}

function pinballLoss(error: number, level: number): number {
  return error >= 0 ? level * error : (level - 1) * error
}
