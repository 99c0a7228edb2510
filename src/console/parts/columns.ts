import type { SortKey } from '../sort-buildings.ts'

/** What the table shows, and by what a column sorts: null where it has no order. */
export const COLUMNS: readonly (readonly [SortKey | null, string])[] = [
  ['name', 'Building'],
  ['steeredBy', 'Steered by'],
  ['coldest', 'Rooms, °C'],
  ['heat', 'Heat / curve'],
  ['offset', 'Setpoint'],
  [null, 'Why'],
  ['ack', 'Device says'],
  ['trouble', 'Flags'],
  ['refused', 'Refused'],
]
