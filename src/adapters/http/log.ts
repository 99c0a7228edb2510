type Write = (fields: object, message: string) => void

/** What this adapter needs of a logger; pino's fits. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}
