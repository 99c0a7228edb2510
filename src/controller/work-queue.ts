/** One piece of work after the other: two plans for one building must not cross. */
export interface WorkQueue {
  /** Resolves when it is done, or has failed and been said. */
  add(work: () => Promise<void>): Promise<void>
  /** The same for what may take long: it waits for all others, and lets them pass where it says so. */
  addPatient(work: () => Promise<void>): Promise<void>
  /** From within patient work, between two of its steps: what waits meanwhile is done first. */
  letPass(): Promise<void>
  readonly isIdle: boolean
  /** Resolves when all that was added is done. */
  end(): Promise<void>
}

export function createWorkQueue(onError: (error: unknown) => void): WorkQueue {
  const prompt: (() => Promise<void>)[] = []
  const patient: (() => Promise<void>)[] = []
  const unfinished = new Set<Promise<void>>()
  let isAtWork = false

  async function work(): Promise<void> {
    if (isAtWork) return
    isAtWork = true
    try {
      for (let next = prompt.shift() ?? patient.shift(); next; next = prompt.shift() ?? patient.shift()) {
        await next()
      }
    } finally {
      isAtWork = false
    }
  }

  function addTo(waiting: (() => Promise<void>)[], one: () => Promise<void>): Promise<void> {
    const done = new Promise<void>((resolve) => {
      waiting.push(async () => {
        try {
          await one()
        } catch (error) {
          onError(error)
        } finally {
          unfinished.delete(done)
          resolve()
        }
      })
    })
    unfinished.add(done)
    // Not at once: who adds it may have more to say first.
    queueMicrotask(() => void work())
    return done
  }

  return {
    add: (one) => addTo(prompt, one),
    addPatient: (one) => addTo(patient, one),
    async letPass() {
      for (let next = prompt.shift(); next; next = prompt.shift()) await next()
    },
    get isIdle() {
      return unfinished.size === 0
    },
    async end() {
      await Promise.all(unfinished)
    },
  }
}
