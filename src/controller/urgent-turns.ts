import type { Instant } from '../core/domain/instant.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'

/** Buildings that cannot wait for the next regular turn. */
export interface UrgentTurns {
  /** Plans this building at once, or as soon as its last plan is old enough. */
  ask(member: Member): void
  stop(): void
}

export interface UrgentTurnsSetup {
  readonly state: ControllerState
  /** Work that waits for its place among the turns. */
  readonly enqueue: (work: () => Promise<void>) => unknown
  readonly turn: (which: readonly Member[], now: Instant) => Promise<void>
}

export function createUrgentTurns({ state, enqueue, turn }: UrgentTurnsSetup): UrgentTurns {
  const { clock, control } = state.setup
  const urgent = new Set<Member>()
  let cancel: (() => void) | undefined
  let nextAt = Number.POSITIVE_INFINITY
  let isStopped = false

  const ripeAt = (member: Member) => member.plannedAt + control.replanSeconds * 1000

  function ask(member: Member): void {
    if (!state.link || isStopped || member.mode.kind !== 'auto') return
    urgent.add(member)
    const due = Math.max(clock.now(), ripeAt(member))
    if (cancel && due >= nextAt) return
    cancel?.()
    nextAt = due
    cancel = clock.at(due, () => {
      cancel = undefined
      nextAt = Number.POSITIVE_INFINITY
      enqueue(planRipe)
    })
  }

  /** Who is ripe is asked when its turn comes: a turn before may have planned it meanwhile. */
  async function planRipe(): Promise<void> {
    const now = clock.now()
    const ripe = state.members.filter((member) => urgent.has(member) && ripeAt(member) <= now)
    for (const member of ripe) urgent.delete(member)
    try {
      if (ripe.length > 0) await turn(ripe, now)
    } finally {
      for (const member of urgent) ask(member)
    }
  }

  return {
    ask,
    stop() {
      isStopped = true
      cancel?.()
    },
  }
}
