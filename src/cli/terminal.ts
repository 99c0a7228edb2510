/** One line for people, on stderr: stdout is for what a program may read. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One line that is the command's answer. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Whoever reads the answer may stop early, as `head` does: then there is nothing left to say, and nothing wrong. */
export function leaveWhenUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}

/** Aborts at SIGINT, SIGTERM or the end of the parent's pipe. */
export function untilSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

/** An error and its causes in one line. */
export function explain(error: unknown): string {
  const parts: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) parts.push(cause.message)
  return parts.length > 0 ? parts.join(': ') : String(error)
}
