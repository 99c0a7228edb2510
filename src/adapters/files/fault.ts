/** Something wrong in a file, and where: `prices.csv:12`. */
export interface Fault {
  readonly place: string
  readonly message: string
}

/** What became of a file: what it holds with notes on what was mended, or everything that is wrong with it. */
export type FileRead<T> =
  | ({ readonly ok: true; readonly notes: readonly Fault[] } & T)
  | { readonly ok: false; readonly faults: readonly Fault[] }
