import type { BuildingId } from './building-id.ts'

/** Promised against delivered. Null where too little was metered to claim it. */
export interface OrderSettlement {
  readonly status: 'metered' | 'partly-metered' | 'not-metered'
  /** Share of the order's slots that anybody metered. */
  readonly measuredShare: number
  /** Meters that were silent for so many slots: each is taken to have given nothing meanwhile. */
  readonly silent: readonly { readonly building: BuildingId; readonly slots: number }[]
  /**
   * Whether the baseline carries the claim: `large` where plans were lately off by more than half of the order,
   * `unknown` where they had not been held against meters for long enough. Of caps and emergencies nothing is claimed
   * against a baseline.
   */
  readonly doubt: 'none' | 'unknown' | 'large'
  /** What meters showed beyond plans before acceptance, in the mean and as root mean square. */
  readonly baselineBiasKw: number | null
  readonly baselineErrorKw: number | null
  /** Mean delivered with that bias taken out: what it would be if plans were off as before. */
  readonly adjustedKw: number | null
  /** Over the metered slots of the order. */
  readonly promisedKwh: number
  readonly deliveredKwh: number | null
  /** Mean over the order. */
  readonly deliveredKw: number | null
  readonly deliveredShare: number | null
  /** Share of slots in which all that was promised was delivered, and the most that was missing in one. */
  readonly heldShare: number | null
  readonly worstShortfallKw: number | null
  /** In the 24 h after: the most above the baseline, and the heat that came back less what stayed saved. */
  readonly reboundKw: number | null
  readonly reboundKwh: number | null
  readonly reboundMeasuredShare: number
  /** The steepest change from slot to slot against the baseline's own. */
  readonly rampKw: number | null
  /** Of the kelvin-hours taken from buildings so far: 0 is even. Null before any were. */
  readonly gini: number | null
}
