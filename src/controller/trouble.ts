import type { Instant } from '../core/domain/instant.ts'
import type { ControllerLog } from './controller-setup.ts'

/** What failed, and when last: said on the desk until it works again, or for half an hour. */
export interface Trouble {
  note(error: unknown, what: string, facts?: Readonly<Record<string, number>>): void
  /** What was helped, or what only an operator can mend; nothing has failed. */
  warn(what: string, facts?: Readonly<Record<string, unknown>>): void
  /** Rows are durable: whatever the store could not do before, it can again. */
  endStore(): void
  /** A new turn begins: it says itself what fails. */
  endTurn(): void
  since(from: Instant): readonly string[]
}

export function createTrouble(setup: { readonly now: () => Instant; readonly log: ControllerLog }): Trouble {
  const last = new Map<string, Instant>()
  const end = (isOver: (what: string) => boolean) => {
    for (const what of last.keys()) if (isOver(what)) last.delete(what)
  }
  return {
    note(error, what, facts) {
      last.set(what, setup.now())
      setup.log.error({ err: error, ...facts }, what)
    },
    warn(what, facts) {
      last.set(what, setup.now())
      setup.log.warn({ ...facts }, what)
    },
    endStore: () => end(isStoreTrouble),
    endTurn: () => end((what) => !isStoreTrouble(what) && !isNightTrouble(what)),
    since: (from) => [...last].filter(([, at]) => at > from).map(([what]) => what),
  }
}

/** The next turn knows nothing of it. */
function isNightTrouble(what: string): boolean {
  return what.startsWith('model')
}

export function isStoreTrouble(what: string): boolean {
  return what.endsWith('not kept') || what.endsWith('not flushed')
}
