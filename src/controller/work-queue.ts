/** One piece of work after the other: two plans for one building must not cross. */
export interface WorkQueue {
  /** Resolves when it is done, or has failed and been said. */
  add(work: () => Promise<void>): Promise<void>
  readonly isIdle: boolean
  /** Resolves when all that was added is done. */
  end(): Promise<void>
}

export function createWorkQueue(onError: (error: unknown) => void): WorkQueue {
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  return {
    add(work) {
      waiting++
      last = last
        .then(work)
        .catch(onError)
        .finally(() => {
          waiting--
        })
      return last
    },
    get isIdle() {
      return waiting === 0
    },
    end: () => last,
  }
}
