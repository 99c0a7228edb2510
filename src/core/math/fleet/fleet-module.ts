/**
 * A fleet's buildings compiled from `src/kernel/fleet.ts`, one instance of it: where any has late emitters or a fee on
 * its peak, of the build that knows both. Addresses are bytes.
 */
export interface FleetModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  heapBase(): number
  /** Bytes from one pair of n steps to the next, of a building's rows, of the answer's scratch and of its sums. */
  strideBytes(n: number): number
  rowsBytes(n: number): number
  scratchBytes(n: number): number
  sumsBytes(n: number): number
  open(at: number, n: number, rated: number, paid: number, warm: number, first: number, second: number): void
  /** The same at the very plan in the rows, which lies inside. */
  reopen(at: number, n: number, rated: number, paid: number, first: number, second: number): void
  /** To the central point at these prices; `lanes` hold two scales, or 0, and get scales, steps, and 1 where it was reached. */
  settle(
    at: number,
    prices: number,
    warm: number,
    distance: number,
    share: number,
    most: number,
    lanes: number,
  ): void
  /** Factors the pair where it stands, for its answer; change += the way to where its inequalities cost `share`. */
  refactor(at: number, share: number, change: number): void
  /** The heat of both, and their gaps as shares of their bills. */
  tell(at: number, first: number, second: number, lanes: number): void
  /** Sets whether the second lane only repeats the first. */
  fill(at: number, repeats: number): void
  sumHeat(at: number, n: number, many: number, heat: number): void
  centreAll(at: number, n: number, many: number, prices: number, distance: number, sums: number): void
  factorAll(
    at: number,
    n: number,
    many: number,
    prices: number,
    step: number,
    heat: number,
    change: number,
    sums: number,
  ): void
  answerSingle(at: number, n: number, many: number, scratch: number, sums: number, answer: number): void
  answerDouble(at: number, n: number, many: number, scratch: number, sums: number, answer: number): void
  predictAll(at: number, n: number, many: number, change: number): number
  correctAll(at: number, n: number, many: number, target: number, trust: number, change: number): void
  directAll(at: number, n: number, many: number, change: number): number
  certifyAll(at: number, n: number, many: number, prices: number, sums: number): void
  close(at: number, first: number, second: number): void
}
