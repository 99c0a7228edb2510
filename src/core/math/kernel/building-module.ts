/** The building solver compiled from `src/kernel/building.ts`, one instance of it. Addresses are bytes. */
export interface BuildingModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  /** First byte that may be written. */
  heapBase(): number
  /** Bytes that a pair of n steps takes. */
  workBytes(n: number): number
  /** Where a lane's rows lie for a pair at `at`: nine of n doubles, or ten where it knows a fee. */
  rowsAt(at: number, n: number, lane: number): number
  solvePair(
    at: number,
    n: number,
    rated: number,
    paid: number,
    warm: number,
    gap: number,
    maxIterations: number,
  ): void
}

/** The same source compiled twice: without, and with emitters that lag and a fee on the peak. */
export interface BuildingModules {
  readonly plain: BuildingModule
  readonly full: BuildingModule
}
