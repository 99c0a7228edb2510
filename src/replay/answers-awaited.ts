/** Answers that others are to give: who waits for them may sleep until one comes. */
export interface AnswersAwaited {
  /** Counts an answer, given or failed, until it is there. */
  expect(answer: Promise<unknown>): void
  /** Resolves with the next answer; undefined where none is to come. */
  next(): Promise<void> | undefined
}

export function createAnswersAwaited(): AnswersAwaited {
  let underWay = 0
  let waiting: (() => void)[] = []
  const answered = () => {
    underWay--
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
  return {
    expect(answer) {
      underWay++
      void answer.then(answered, answered)
    },
    next() {
      if (underWay === 0) return undefined
      return new Promise((resolve) => waiting.push(resolve))
    },
  }
}
