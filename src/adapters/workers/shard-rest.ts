/** Whether a fleet is worth sharing among threads once more: what fails again and again costs every plan its time. */
export interface ShardRest {
  /** Asked once a plan: false while the threads rest. */
  isOver(): boolean
  lost(): void
  held(): void
}

// At one plan a quarter-hour about a working day.
const LONGEST_PLANS = 32

/** After the first loss the next plan tries anew; from then on plans are left out, twice as many after each loss. */
export function createShardRest(): ShardRest {
  let restPlans = 0
  let nextRest = 0
  return {
    isOver() {
      if (restPlans === 0) return true
      restPlans--
      return false
    },
    lost() {
      restPlans = nextRest
      nextRest = Math.min(LONGEST_PLANS, Math.max(1, 2 * nextRest))
    },
    held() {
      nextRest = 0
    },
  }
}
