/*
 * Two buildings' heating plans at once: the core's `solveBuildingQp` on f64x2. This is the module's door; what is
 * exported here is called by `building-kernel.ts` of the core.
 */
import { readRows, rowBytes, writeAnswers } from './exchange.ts'
import { Pair, pairBytes } from './layout.ts'
import { solve } from './solve.ts'
import { drawPlan } from './start.ts'

// Complementarity of a start, as a multiple of what it costs: a cold path is anywhere, a warm one is near.
const COLD: f64 = 2
const WARM: f64 = 0.3

/** Where a pair may lie, and how many bytes it takes with the rows of its two buildings behind it. */
export function heapBase(): usize {
  return (__heap_base + 63) & ~63
}

export function workBytes(n: i32): usize {
  return pairBytes(n) + 2 * rowBytes(n)
}

export function rowsAt(at: usize, n: i32, lane: i32): usize {
  return at + pairBytes(n) + <usize>lane * rowBytes(n)
}

/** Solves the pair whose head and rows are written; `warm` starts from the heat in them. Answers are in their place. */
export function solvePair(
  at: usize,
  n: i32,
  rated: bool,
  paid: bool,
  warm: bool,
  share: f64,
  most: i32,
): void {
  const pair = changetype<Pair>(at)
  pair.n = n
  pair.rated = rated
  pair.paid = paid
  readRows(pair, rowsAt(at, n, 0), rowsAt(at, n, 1))
  drawPlan(pair, warm)
  solve(pair, warm ? WARM : COLD, share, most)
  writeAnswers(pair)
}
