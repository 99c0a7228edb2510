import { setImmediate } from 'node:timers/promises'

/** What must be still before virtual time may pass. */
export interface Stillness {
  isQuiet(): boolean
  /** Commits what waits: in a replay nothing is written by timer. Undefined where nothing does. */
  flush(): Promise<void> | undefined
  /** The next answer of a thread; undefined where none is at work. */
  answer(): Promise<void> | undefined
}

export class RestlessReplayError extends Error {
  override readonly name = 'RestlessReplayError'
}

// Streams hand on their data some turns of the loop later than they are asked.
const QUIET_ROUNDS = 3
const LONGEST_MS = 60_000

/** Waits until messages, commits and planner threads are quiet. */
export async function settle({ isQuiet, flush, answer }: Stillness, at: number): Promise<void> {
  let deadline = performance.now() + LONGEST_MS
  for (let quiet = 0; quiet < QUIET_ROUNDS; ) {
    await setImmediate()
    // Asleep, not asking again and again: the threads need the processor.
    const writing = flush()
    const thinking = writing ? undefined : answer()
    await (writing ?? thinking)
    // A thread that answers makes headway, however many models a night has to fit.
    if (thinking) deadline = performance.now() + LONGEST_MS
    quiet = isQuiet() ? quiet + 1 : 0
    if (performance.now() > deadline) {
      throw new RestlessReplayError(`the replay did not come to rest at ${new Date(at).toISOString()}`)
    }
  }
}
