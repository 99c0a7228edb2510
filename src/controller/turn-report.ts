import { type Instant, slotStart } from '../core/domain/instant.ts'
import type { TurnView } from '../core/domain/views.ts'
import { buildingSummary } from './building-view.ts'
import type { ControllerNews } from './controller-news.ts'
import type { ControllerState } from './controller-state.ts'
import type { DeskEvents } from './desk-events.ts'
import type { Member } from './member.ts'
import type { Desk } from './ports.ts'

const HISTORY = 2 * 96

export interface TurnReport {
  readonly view: TurnView
  readonly which: readonly Member[]
  readonly isRegular: boolean
  readonly now: Instant
}

/** Tells of a turn that is done: the desk's history, the broker, those who watch, the log. */
export async function reportTurn(
  to: {
    readonly state: ControllerState
    readonly desk: Desk
    readonly news: ControllerNews
    readonly events: DeskEvents
  },
  { view, which, isRegular, now }: TurnReport,
): Promise<void> {
  if (isRegular) {
    noteTurn(to.state, to.desk, view, now)
    await to.news.health(to.desk.health(), view)
  }
  tellBuildings(to.state, to.events, which)
  if (to.events.isWatched) to.events.emit({ type: 'turn', turn: view })
  to.state.setup.log.info({ ...view, regular: isRegular }, 'turn')
}

function noteTurn(state: ControllerState, desk: Desk, view: TurnView, now: Instant): void {
  state.lastTurnSlot = slotStart(now)
  state.turns++
  state.lastTurn = view
  state.lastTurnMs = view.tookMs
  const { heatKw, curveHeatKw } = desk.fleet()
  state.history.push({ at: slotStart(now), heatKw, curveHeatKw })
  if (state.history.length > HISTORY) state.history.shift()
}

/** Tells those who watch how these buildings are steered now: a line each, plans and forecasts are for who asks. */
export function tellBuildings(state: ControllerState, events: DeskEvents, which: readonly Member[]): void {
  if (!events.isWatched) return
  const { clock, about } = state.setup
  const shown = { simulated: about.simulated, rejected: state.rejections }
  for (const member of which) {
    events.emit({ type: 'building', building: buildingSummary(member, shown, clock.now()) })
  }
}
