import type { Identifier } from '../controller/ports.ts'
import { createAnswersAwaited } from './answers-awaited.ts'

export interface WatchedIdentifier extends Identifier {
  /** Resolves with the next fit, made or failed; undefined where none is being made. */
  next(): Promise<void> | undefined
}

/** The same identifier, so that who waits for its fits may sleep until one comes. */
export function watchIdentifier(identifier: Identifier): WatchedIdentifier {
  const answers = createAnswersAwaited()
  return {
    fit(job) {
      const fit = identifier.fit(job)
      answers.expect(fit)
      return fit
    },
    next: answers.next,
    stop: () => identifier.stop(),
  }
}
