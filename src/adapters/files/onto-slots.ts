import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { Grid } from './regular-grid.ts'

/** The first slot that starts inside the grid. */
export function firstSlot(grid: Grid): Instant {
  return Math.ceil(grid.start / SLOT_MS) * SLOT_MS
}

/** How many whole slots lie inside the grid; its last row holds for one step. */
export function slotsInside(grid: Grid): number {
  const end = grid.start + grid.count * grid.stepMs
  return Math.max(0, Math.floor((end - firstSlot(grid)) / SLOT_MS))
}

/** Values that hold from their row to the next, as means of the slots. */
export function heldOntoSlots(grid: Grid, values: Float64Array): Float64Array {
  const first = firstSlot(grid)
  return Float64Array.from({ length: slotsInside(grid) }, (_, k) =>
    meanBetween(grid, values, first + k * SLOT_MS),
  )
}

function meanBetween(grid: Grid, values: Float64Array, from: Instant): number {
  const to = from + SLOT_MS
  let sum = 0
  for (let row = Math.floor((from - grid.start) / grid.stepMs); ; row++) {
    const rowFrom = grid.start + row * grid.stepMs
    if (rowFrom >= to) return sum / SLOT_MS
    const overlapMs = Math.min(to, rowFrom + grid.stepMs) - Math.max(from, rowFrom)
    sum += (values[row] ?? Number.NaN) * overlapMs
  }
}

/** Values that are instants at their rows, on a line from row to row; the last one holds for its step. */
export function lineOntoSlots(grid: Grid, values: Float64Array): Float64Array {
  const first = firstSlot(grid)
  return Float64Array.from({ length: slotsInside(grid) }, (_, k) => {
    const place = (first + k * SLOT_MS - grid.start) / grid.stepMs
    const row = Math.floor(place)
    const share = place - row
    const here = values[row] ?? Number.NaN
    if (share === 0 || row + 1 >= grid.count) return here
    return here * (1 - share) + (values[row + 1] ?? Number.NaN) * share
  })
}
