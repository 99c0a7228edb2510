/** Why a building stays on its own curve. */
export const GATE_REASONS = [
  'too-few-data',
  'constant-heat',
  'heat-follows-outdoor',
  'response-uncertain',
  'forecast-poor',
  'not-physical',
] as const
export type GateReason = (typeof GATE_REASONS)[number]

export type Verdict =
  | { readonly kind: 'steer' }
  | {
      readonly kind: 'leave-alone'
      readonly reasons: readonly { readonly code: GateReason; readonly text: string }[]
    }

/** What the gate looks at. */
export interface GateFigures {
  readonly days: number
  /** Half the 95 % interval of the air's answer to heat after two hours, as a share. */
  readonly responseHalfWidth: number
  /** The fit's answer to heat over what steps of the supply showed without any model; null where none were sure. */
  readonly responseToSteps: number | null
  readonly dayAheadRmseK: number | null
  readonly persistenceRmseK: number | null
  /** How much of the heat's variation the outdoor temperature alone explains, R². */
  readonly heatByOutdoor: number
  /** Physical parameters that rest on a bound. */
  readonly atBound: readonly string[]
}

export const LEAST_DAYS = 5
export const MOST_RESPONSE_HALF_WIDTH = 0.3
export const MOST_DAY_AHEAD_K = 0.6
/** Further from what steps of the supply showed, by this factor, a fit foresees well and answers wrongly. */
export const MOST_CONTRADICTION = 1.6
/** Beyond this the heat is the curve's and nobody else's: what it does to rooms cannot be told from what frost does. */
export const MOST_HEAT_BY_OUTDOOR = 0.98

/** Steered only where the answer to heat is known and tomorrow is foreseen. */
export function gate(figures: GateFigures): Verdict {
  const reasons = GATE_REASONS.flatMap((code) => {
    const text = refusal(code, figures)
    return text === undefined ? [] : [{ code, text }]
  })
  return reasons.length > 0 ? { kind: 'leave-alone', reasons } : { kind: 'steer' }
}

function refusal(code: GateReason, figures: GateFigures): string | undefined {
  switch (code) {
    case 'too-few-data':
      return figures.days < LEAST_DAYS
        ? `${figures.days.toFixed(1)} days of data; ${LEAST_DAYS} at least are needed`
        : undefined
    // Decided before any fit.
    case 'constant-heat':
      return undefined
    case 'heat-follows-outdoor':
      return !(figures.heatByOutdoor <= MOST_HEAT_BY_OUTDOOR)
        ? `the outdoor temperature explains ${percent(figures.heatByOutdoor)} of the heat's variation: what heat does cannot be told from what the weather does`
        : undefined
    case 'response-uncertain':
      return responseRefusal(figures)
    case 'forecast-poor':
      return forecastRefusal(figures)
    case 'not-physical':
      return figures.atBound.length > 0
        ? `the likeliest ${figures.atBound.join(', ')} lies outside of what a building can have`
        : undefined
    default:
      return code satisfies never
  }
}

function responseRefusal({ responseHalfWidth, responseToSteps }: GateFigures): string | undefined {
  // Written so that a width that is no number is refused too.
  if (!(responseHalfWidth <= MOST_RESPONSE_HALF_WIDTH)) {
    return `what a change of heat does to the rooms in 2 h is known to ±${percent(responseHalfWidth)}; ±${percent(MOST_RESPONSE_HALF_WIDTH)} at most are allowed`
  }
  if (responseToSteps === null) return undefined
  const isNear = responseToSteps >= 1 / MOST_CONTRADICTION && responseToSteps <= MOST_CONTRADICTION
  return !isNear
    ? `the fit's answer to heat is ${responseToSteps.toFixed(2)} times what steps of the supply showed: the two contradict each other`
    : undefined
}

function forecastRefusal({ dayAheadRmseK }: GateFigures): string | undefined {
  if (dayAheadRmseK === null) return 'no prediction a day ahead could be checked on days left out of the fit'
  return !(dayAheadRmseK <= MOST_DAY_AHEAD_K)
    ? `rooms are predicted 24 h ahead to ${dayAheadRmseK.toFixed(2)} K; ${MOST_DAY_AHEAD_K} K at most are allowed`
    : undefined
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(share > 0.95 ? 1 : 0)} %` : 'any'
}
