import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readSessionLine, writeSessionLine } from './session-line.ts'
import type { SessionChange } from './session-state.ts'

/** Where changes of sessions and retained messages go to outlive the process. */
export interface SessionJournal {
  /** What was kept, in order; lines that a crash cut short are left out. */
  readonly kept: readonly SessionChange[]
  append(change: SessionChange): void
  /** Resolves when all that was appended is on the disk; rejects where it cannot be written. */
  flushed(): Promise<void>
  /** Hands over the way to say the whole state again, once the journal has grown long. */
  shortenWith(changes: () => Iterable<SessionChange>): void
  close(): Promise<void>
}

export class SessionJournalError extends Error {
  override readonly name = 'SessionJournalError'
}

// Subscriptions and setpoints say when people are at home.
const OWNER_ONLY = 0o600
const SHORTEN_BEYOND_BYTES = 4 * 1024 * 1024
/** A state that is long in itself is not written anew with every change of it. */
const SHORTEN_BEYOND_TIMES = 4

/** A file of one change a line. A killed process loses nothing that `flushed` has confirmed. */
export async function openSessionJournal(
  path: string,
  shortenBeyondBytes = SHORTEN_BEYOND_BYTES,
): Promise<SessionJournal> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const kept = await readKept(path)
    return new FileJournal(path, kept, await open(path, 'a', OWNER_ONLY), shortenBeyondBytes)
  } catch (cause) {
    throw new SessionJournalError(`opening the session journal ${path}`, { cause })
  }
}

async function readKept(path: string): Promise<SessionChange[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return ''
    throw cause
  })
  return text.split('\n').flatMap((one) => (one === '' ? [] : (readSessionLine(one) ?? [])))
}

class FileJournal implements SessionJournal {
  readonly kept: readonly SessionChange[]
  readonly #path: string
  #file: FileHandle
  #lines: string[] = []
  #writing: Promise<void> | undefined
  readonly #leastToShorten: number
  #bytes = Number.POSITIVE_INFINITY
  #shortenBeyond: number
  #all: (() => Iterable<SessionChange>) | undefined

  constructor(path: string, kept: readonly SessionChange[], file: FileHandle, shortenBeyondBytes: number) {
    this.#path = path
    this.kept = kept
    this.#file = file
    this.#leastToShorten = shortenBeyondBytes
    this.#shortenBeyond = 0
  }

  shortenWith(changes: () => Iterable<SessionChange>): void {
    this.#all = changes
  }

  append(change: SessionChange): void {
    this.#lines.push(writeSessionLine(change))
    // Nobody may be waiting; who waits hears of a failure by `flushed`.
    this.flushed().catch(() => undefined)
  }

  /** Changes of one tick share one write. */
  async flushed(): Promise<void> {
    while (this.#lines.length > 0 || this.#writing) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined
      })
      await this.#writing
    }
  }

  async #write(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (this.#bytes > this.#shortenBeyond && this.#all) return this.#rewrite(this.#all)
    const lines = this.#lines
    this.#lines = []
    try {
      const text = lines.join('')
      await this.#file.appendFile(text)
      await this.#file.datasync()
      this.#bytes += text.length
    } catch (cause) {
      this.#lines = [...lines, ...this.#lines]
      throw new SessionJournalError(`writing the session journal ${this.#path}`, { cause })
    }
  }

  async #rewrite(all: () => Iterable<SessionChange>): Promise<void> {
    const waiting = this.#lines
    this.#lines = []
    try {
      const text = Array.from(all(), writeSessionLine).join('')
      this.#file = await replaceFile(this.#path, text, this.#file)
      this.#bytes = text.length
      this.#shortenBeyond = Math.max(this.#leastToShorten, SHORTEN_BEYOND_TIMES * text.length)
    } catch (cause) {
      this.#lines = [...waiting, ...this.#lines]
      throw new SessionJournalError(`shortening the session journal ${this.#path}`, { cause })
    }
  }

  async close(): Promise<void> {
    try {
      await this.flushed()
    } finally {
      await this.#file.close()
    }
  }
}

/** The old file stands until the new one is whole. */
async function replaceFile(path: string, text: string, old: FileHandle): Promise<FileHandle> {
  const next = await open(`${path}.next`, 'w', OWNER_ONLY)
  await next.writeFile(text)
  await next.datasync()
  await rename(`${path}.next`, path)
  await old.close()
  return next
}
