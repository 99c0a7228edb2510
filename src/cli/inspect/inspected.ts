/** What we make of a document, for people and for programs. */
export type Inspected =
  | {
      readonly ok: true
      /** For people, a line each. */
      readonly lines: readonly string[]
      /** For programs; every number carries its unit in its name. */
      readonly document: Readonly<Record<string, unknown>>
    }
  | { readonly ok: false; readonly why: string; readonly detail: string }

/** One kind of document: which providers' forms are known, and how one is read. */
export interface InspectKind {
  readonly providers: readonly string[]
  inspect(text: string, provider: string, zone: string | undefined): Inspected
}
