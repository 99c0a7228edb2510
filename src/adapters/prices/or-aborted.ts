/** Waits for work that others wait for too: the caller's end is not the work's, which goes on. */
export async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  let release = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    release = () => signal.removeEventListener('abort', stop)
  })
  await Promise.race([work, aborted]).finally(release)
}
