import { HOUR_MS, type Instant, SLOT_HOURS, slotStart } from '../core/domain/instant.ts'
import type { TurnView } from '../core/domain/views.ts'
import { overheatingBalanceKh } from '../core/plan/warm-limit.ts'
import { type ControlSetup, controlTurn } from './control-loop.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'
import { snapshots } from './member-snapshot.ts'
import { NO_DEMAND } from './orders/order-demand.ts'
import { type Outlook, takeOutlook } from './outlook.ts'
import { roomLevels } from './plan-member.ts'
import { isOnNetwork, memberFlow, plantOutlook, productionView } from './plant-outlook.ts'
import type { MessageLink } from './ports.ts'

/** One turn of the loop with all that surrounds it; undefined where there is no way out to the buildings. */
export async function fleetTurn(
  state: ControllerState,
  which: readonly Member[],
  turn: { readonly now: Instant; readonly isRegular: boolean; readonly signal: AbortSignal },
): Promise<TurnView | undefined> {
  const { link } = state
  const { now, isRegular, signal } = turn
  if (!link) return undefined
  const began = performance.now()
  if (isRegular) for (const member of which) settleOverheating(member, now)
  if (isRegular) state.orders?.settle(now)
  if (isRegular) state.misses?.learn(state.members, now)
  if (isRegular && state.outlook) state.meter?.learn(state.members, state.outlook, now)
  if (!state.outlook || isRegular || state.outlook.start !== slotStart(now)) {
    const { setup, priceAhead } = state
    const asked = { ...setup, ...setup.control, priceAhead, onError: state.trouble.note }
    state.outlook = await takeOutlook(asked, now, signal, state.outlook)
  }
  if (isRegular && state.setup.learning) keepWeather(state, state.outlook)
  state.trouble.endTurn()
  if (isRegular) await state.orders?.look(now)
  const control = controlSetup(state, link, { now, isRegular })
  state.underWay = new Set(which)
  const { view, flows } = await controlTurn(control, which, state.outlook, now).finally(() => {
    state.underWay = new Set()
  })
  if (isRegular) state.flows = flows
  state.leasesSent += view.leased
  if (isRegular) {
    state.heat.issue(state.outlook, now)
    state.misses?.expect(state.members, state.outlook, now)
    state.production = seeProduction(state, state.outlook, now)
  }
  return { ...view, tookMs: Math.round(performance.now() - began) }
}

/** Production with everybody on the curves, for people to see: once an hour, for it asks every building. */
function seeProduction(
  { setup, members, production, meter }: ControllerState,
  outlook: Outlook,
  now: Instant,
) {
  if (!setup.production) return null
  if (production && outlook.start % HOUR_MS !== 0) return production
  const drawing = members.filter(({ building }) => isOnNetwork(building))
  const flows = drawing.map((member) => memberFlow(member, false, outlook, now))
  const job = plantOutlook(meter?.production() ?? setup.production, outlook, flows)
  const seen = productionView(job, outlook, setup.buildings.filter(isOnNetwork))
  return seen && { ...seen, notes: [...seen.notes, ...(meter?.notes() ?? [])] }
}

/** Not waited for: what is lost with it is a quarter-hour of a fit's sun. */
function keepWeather({ pastWeather, setup, trouble }: ControllerState, outlook: Outlook): void {
  const kept = setup.recorder.keepPastWeather(pastWeather.note(outlook))
  kept.catch((error: unknown) => trouble.note(error, 'past weather not kept'))
}

function controlSetup(
  { setup, members, orders, flows, misses, meter, outcomes, trouble }: ControllerState,
  link: MessageLink,
  { now, isRegular }: { readonly now: Instant; readonly isRegular: boolean },
): ControlSetup {
  const { recorder, planner, control } = setup
  const production = meter?.production() ?? setup.production
  const demand = orders?.demand(now) ?? NO_DEMAND
  return {
    recorder,
    link,
    planner,
    limits: control,
    ties: { members, production, demand, before: flows, misses },
    orders,
    outcomes,
    keepTurn: isRegular ? () => recorder.keepTurn(now, snapshots(members)) : undefined,
    onError: trouble.note,
  }
}

/** Once a turn, while a lease steers the building: its own curve neither spares nor spends. */
function settleOverheating(member: Member, now: Instant): void {
  const rooms = roomLevels(member)
  if (!rooms || !member.lease || member.lease.validUntil <= now) return
  // What is moved to learn from it is no saving.
  if (member.lease.reason.code === 'learning') return
  member.overheatingBalanceKh = overheatingBalanceKh(member.overheatingBalanceKh, rooms, SLOT_HOURS)
}
