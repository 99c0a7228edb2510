/** What producing the heat of one run came to, and what its owners paid for it. */
export interface Accounts {
  readonly productionEur: number
  readonly billsEur: number
}

export type Gainer = 'both' | 'utility' | 'owner' | 'nobody'

/** What a change is worth to either side, EUR; above zero is a gain. */
export interface Gains {
  readonly togetherEur: number
  readonly utilityEur: number
  readonly ownerEur: number
  readonly gainer: Gainer
}

/** Below this share of the bills nobody would notice. */
const NOTICED_RATIO = 0.0005

/**
 * Who gains by going from one run to the other. The owner gains what his bill is less, the utility what production
 * costs less without what it is paid less: a tariff may give the one what the other has saved.
 */
export function whoGains(before: Accounts, after: Accounts): Gains {
  const ownerEur = before.billsEur - after.billsEur
  const togetherEur = before.productionEur - after.productionEur
  const utilityEur = togetherEur - ownerEur
  const noticed = NOTICED_RATIO * Math.abs(before.billsEur)
  return { togetherEur, utilityEur, ownerEur, gainer: gainerOf(utilityEur > noticed, ownerEur > noticed) }
}

function gainerOf(utility: boolean, owner: boolean): Gainer {
  if (utility && owner) return 'both'
  if (utility) return 'utility'
  return owner ? 'owner' : 'nobody'
}
