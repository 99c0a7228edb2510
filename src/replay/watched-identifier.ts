import type { Identifier } from '../controller/ports.ts'

export interface WatchedIdentifier extends Identifier {
  /** Resolves with the next fit, made or failed; undefined where none is being made. */
  next(): Promise<void> | undefined
}

/** The same identifier, so that who waits for its fits may sleep until one comes. */
export function watchIdentifier(identifier: Identifier): WatchedIdentifier {
  let underWay = 0
  let waiting: (() => void)[] = []
  const answered = () => {
    underWay--
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  return {
    fit(job) {
      underWay++
      const fit = identifier.fit(job)
      void fit.then(answered, answered)
      return fit
    },
    next() {
      if (underWay === 0) return undefined
      return new Promise((resolve) => waiting.push(resolve))
    },
    stop: () => identifier.stop(),
  }
}
