import { type Instant, SLOT_MS, slotStart } from '../core/domain/instant.ts'
import type { ControllerState } from './controller-state.ts'

/** Says when a regular turn is due: a little after each quarter-hour, never twice in one. */
export function scheduleTurns(state: ControllerState, onDue: (now: Instant) => void): () => void {
  const { clock, control } = state.setup
  const delayMs = control.turnDelayS * 1000
  let cancel = () => {}
  const schedule = () => {
    const slot = Math.max(slotStart(clock.now() - delayMs), state.lastTurnSlot)
    cancel = clock.at(slot + SLOT_MS + delayMs, () => {
      schedule()
      const now = clock.now()
      if (slotStart(now) > state.lastTurnSlot) onDue(now)
    })
  }
  schedule()
  return () => cancel()
}
