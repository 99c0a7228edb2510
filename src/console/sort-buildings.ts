import type { BuildingSummary } from './api-types.ts'
import { percentAgainst } from './figures.ts'
import { leaseNow } from './lease-now.ts'
import { severity } from './trouble.ts'

export type SortKey = 'trouble' | 'name' | 'steeredBy' | 'coldest' | 'heat' | 'offset' | 'ack' | 'refused'

export interface Sorting {
  readonly key: SortKey
  readonly descending: boolean
}

/** A new list; what is unknown comes last whichever way, and names settle ties. */
export function sortBuildings(
  buildings: readonly BuildingSummary[],
  { key, descending }: Sorting,
  at: number,
): BuildingSummary[] {
  const sign = descending ? -1 : 1
  return [...buildings].sort((a, b) => {
    const [one, other] = [sortValue(a, key, at), sortValue(b, key, at)]
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byName(a, b)
    return sign * compare(one, other) || byName(a, b)
  })
}

function sortValue(building: BuildingSummary, key: SortKey, at: number): string | number | null {
  switch (key) {
    case 'trouble':
      return severity(building, at)
    case 'name':
      return building.name
    case 'steeredBy':
      return building.steeredBy
    case 'coldest':
      return building.coldestC
    case 'heat':
      return percentAgainst(building.heatKw, building.curveHeatKw)
    case 'offset':
      return offsetK(building, at)
    case 'ack':
      return building.ack?.state ?? null
    case 'refused':
      return building.rejected
    default:
      return key satisfies never
  }
}

function offsetK(building: BuildingSummary, at: number): number | null {
  const now = leaseNow(building.lease, at)
  return now.kind === 'running' ? now.offsetK : null
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b
}

function byName(a: BuildingSummary, b: BuildingSummary): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true })
}
