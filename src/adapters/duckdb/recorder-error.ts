export type RecorderErrorKind =
  | 'locked'
  | 'corrupt'
  | 'foreign'
  | 'read-only'
  | 'disk-full'
  | 'queue-full'
  | 'stopped'
  | 'failed'

/** The store could not do what was asked: the message says what, `kind` what stood in the way. */
export class RecorderError extends Error {
  override readonly name = 'RecorderError'
  readonly kind: RecorderErrorKind
  /** Who holds the file, where another process does. */
  readonly holder: string | undefined

  constructor(kind: RecorderErrorKind, doing: string, cause?: unknown) {
    const said = cause instanceof Error ? cause.message : cause
    super(said === undefined ? doing : `${doing}: ${String(said).split('\n')[0]}`, { cause })
    this.kind = kind
    const held = /held in (.+?) \(PID (\d+)\)/.exec(String(said))
    this.holder = held ? `${held[1]} (process ${held[2]})` : undefined
  }
}

const SIGNS: readonly (readonly [RecorderErrorKind, RegExp])[] = [
  ['locked', /Could not set lock|Conflicting lock/],
  ['foreign', /Extension "\w+" is an existing extension|sqlite_scanner/],
  ['disk-full', /No space left|ENOSPC|File too large|EFBIG|Disk quota|EDQUOT/],
  ['read-only', /Read-only file system|Permission denied|EROFS|EACCES|EPERM/],
  [
    'corrupt',
    /Corrupt|not a valid DuckDB|replaying WAL|deserialize|Could not read enough bytes|INTERNAL Error/,
  ],
]

/** What a failure of the database or the file system means to us. */
export function recorderError(doing: string, cause: unknown): RecorderError {
  if (cause instanceof RecorderError) return cause
  const said = cause instanceof Error ? cause.message : String(cause)
  const kind = SIGNS.find(([, sign]) => sign.test(said))?.[0] ?? 'failed'
  return new RecorderError(kind, doing, cause)
}

/** After such an error the database answers nothing more until it is opened again. */
export function isFatal(cause: unknown): boolean {
  return cause instanceof Error && /FATAL Error|has been invalidated|INTERNAL Error/.test(cause.message)
}
