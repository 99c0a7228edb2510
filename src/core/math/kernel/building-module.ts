/** The building solver compiled from `src/kernel/building.ts`, one instance of it. Addresses are bytes. */
export interface BuildingModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  /** First byte that may be written. */
  heapBase(): number
  /** Bytes that a pair of n steps takes. */
  workBytes(n: number): number
  /** Where a lane's rows lie for a pair at `at`: nine of n doubles. */
  rowsAt(at: number, n: number, lane: number): number
  solvePair(at: number, n: number, rated: number, warm: number, gap: number, maxIterations: number): void
}

/** The same source compiled twice: with the emitters' heat as a third state, and without. */
export interface BuildingModules {
  readonly quick: BuildingModule
  readonly lagged: BuildingModule
}
