import type { FleetQpSettings } from '../fleet-qp.ts'
import type { Ended } from '../solve-fleet-qp.ts'
import { type Judged, judgeSweep } from './judge-sweep.ts'
import type { Swept } from './member-sweeps.ts'
import { planPlant } from './plan-plant.ts'
import type { PricePlan, PriceSearch } from './price-search.ts'

// Few enough to be solved at once, many enough that their prices are nearly the fleet's.
const CORE = 256
// What the buildings' inequalities may cost in a sweep, as a share of the bill: heat jumps at prices where it is less.
const LADDER = [1e-3, 1e-4]
const LAST_SHARE = 0.3
// The next rung is for prices that moved by less than this share of the highest.
const CALM = 0.1
// How far from its point a building starts in a sweep; it knows its heat at the prices before, nothing else.
const DISTANCES = [0.1, 0.1, 0.03]
const ASKED = 2048
const MOST_SWEEPS = 16
// Earlier prices that do not do by then are left for those of the few.
const MOST_WARM = 6
// An excess over a cap that no plan meant is no plan.
const UNMEANT = 5e-7
// Caps are planned lower by this share of what the last sweep was off: the next will be off by less, until what is left
// does not get less any more.
const MARGIN = 0.3
const LAST_MARGIN = 1.2
// The plan is nearly there within this many times the wanted gap.
const NEARLY_THERE = 10
// A sweep whose bound is lower than the best of its rung went too far; this much of the way is tried then.
const BACK = 0.3
const MOST_BACK = 4
// A share of the bill that moves moves every plan: it stays where it is nearly right.
const NEARLY = 0.2

type Prices = readonly Float64Array[]

interface State {
  prices: Prices
  /** Where the prices come from; none after a step back. */
  plan: PricePlan | undefined
  rung: number
  /** A building's own share for one of the bill: they differ where most of the bill is not the buildings'. */
  perBill: number
  /** The highest bound, and the prices of the highest on this rung. */
  lower: number
  best: { readonly lower: number; readonly prices: Prices } | undefined
  stepsBack: number
}

/**
 * The prices at which buildings, each left to itself, take what the plant wants to give: sequential quadratic
 * programming on the dual. Each sweep brings every building to its central point at the prices told; how the fleet
 * answers a change of them makes the plant's problem a quadratic programme in the prices alone, which is solved exactly.
 * Where no plan could be certified the last one is told with its bounds, or undefined if there are none: the interior
 * point over everything, which needs more memory, is the safeguard.
 */
export async function solveByPrices(
  search: PriceSearch,
  { gap, warmStart }: FleetQpSettings,
): Promise<Ended | undefined> {
  const lastShare = LAST_SHARE * gap
  const earlier = warmStart?.nodePrice
  if (earlier?.length === search.qp.nodes.length) {
    const ended = await searchFrom(
      search,
      { nodePrice: earlier, shares: [lastShare], most: MOST_WARM, anew: false },
      gap,
    )
    if (ended?.status === 'solved') return ended
  }
  const nodePrice = await corePrices(search)
  const shares = [...LADDER, lastShare]
  return searchFrom(search, { nodePrice, shares, most: MOST_SWEEPS, anew: true }, gap)
}

interface Begin {
  /** By node. */
  readonly nodePrice: Prices
  readonly shares: readonly number[]
  readonly most: number
  /** Without the plans there are. */
  readonly anew: boolean
}

async function searchFrom(search: PriceSearch, { nodePrice, shares, most, anew }: Begin, gap: number) {
  const state = startState(search.network.gates.map(({ node }) => nodePrice[node]))
  let last: Ended | undefined
  for (let i = 0; i < most; i++) {
    const [share, nextShare] = [state.rung, state.rung + 1].map((rung) => state.perBill * at(shares, rung))
    const swept = await search.sweeps.sweep(state.prices, {
      anew: anew && i === 0,
      share,
      nextShare,
      distance: at(DISTANCES, i),
      asked: ASKED,
    })
    last = undefined
    if (!Number.isFinite(swept.objective)) return undefined
    const judged = state.plan && judgeSweep(search, state.plan, swept)
    if (judged && state.plan) {
      const certificate = withBound(judged, state)
      const { upper, lower, bill } = certificate
      const isFine = upper - lower <= gap * bill && judged.unmeant <= UNMEANT
      const status = isFine ? 'solved' : 'max-iterations'
      last = { status, iterations: i + 1, certificate, dual: state.plan.dual }
      if (isFine || state.stepsBack === MOST_BACK) return last
      if (stepsBack(state, judged, gap)) continue
      learnShare(state, (share * bill) / swept.gap)
    }
    const margins = judged ? marginsOf(judged, gap) : search.network.gates.map(() => 0)
    const members = { ...swept, prices: state.prices }
    const onward = state.rung < shares.length - 1 && planPlant(search, drifted(members), margins)
    const plan = onward && isCalm(state, onward) ? onward : planPlant(search, members, margins)
    if (!plan) return last
    tell(state, plan, plan === onward)
  }
  return last
}

function startState(prices: Prices): State {
  const lower = Number.NEGATIVE_INFINITY
  return { prices, plan: undefined, rung: 0, perBill: 1, lower, best: undefined, stepsBack: 0 }
}

async function corePrices({ sweeps, solveCore }: PriceSearch): Promise<Prices> {
  return (await solveCore(await sweeps.core(CORE))).nodePrice
}

/** The plan with the best bound there is. */
function withBound({ certificate }: Judged, state: State) {
  state.lower = Math.max(state.lower, certificate.lower)
  return { ...certificate, lower: state.lower }
}

/** Goes back towards the best prices of the rung where these are clearly worse. */
function stepsBack(state: State, { certificate: { lower, bill } }: Judged, gap: number): boolean {
  const { best, prices } = state
  if (!best || lower >= best.lower - gap * bill) {
    state.best = { lower, prices }
    return false
  }
  state.prices = best.prices.map((row, g) => row.map((eur, k) => eur + BACK * (prices[g][k] - eur)))
  state.plan = undefined
  state.stepsBack++
  return true
}

function marginsOf({ certificate: { upper, lower, bill }, offKw }: Judged, gap: number): number[] {
  const margin = upper - lower <= NEARLY_THERE * gap * bill ? LAST_MARGIN : MARGIN
  return offKw.map((kw) => margin * kw)
}

function learnShare(state: State, wanted: number): void {
  const share = Math.min(1, wanted)
  if (Math.abs(share / state.perBill - 1) >= NEARLY) {
    state.perBill = share
    state.best = undefined
  }
}

/** As the members will be at the next share. */
function drifted<T extends Pick<Swept, 'heat' | 'drift'>>(members: T): T {
  return { ...members, heat: members.heat.map((row, g) => row.map((kw, k) => kw + members.drift[g][k])) }
}

/** Whether the plan's prices are near those told, so that the buildings' inequalities may cost less. */
function isCalm({ prices }: State, { dual }: PricePlan): boolean {
  return largestChange(prices, dual.prices) <= CALM * largestChange(dual.prices)
}

function tell(state: State, plan: PricePlan, isOnward: boolean): void {
  if (isOnward) {
    state.rung++
    state.best = undefined
  }
  state.prices = plan.dual.prices
  state.plan = plan
}

function largestChange(from: Prices, to?: Prices): number {
  let most = 0
  from.forEach((row, g) => {
    for (let k = 0; k < row.length; k++) most = Math.max(most, Math.abs(row[k] - (to?.[g][k] ?? 0)))
  })
  return most
}

function at<T>(values: readonly T[], i: number): T {
  return values[Math.min(i, values.length - 1)]
}
