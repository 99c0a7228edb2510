import type { Sorting, SortKey } from '../sort-buildings.ts'

interface SortHeadProps {
  /** Null where the column has no order. */
  readonly sortKey: SortKey | null
  readonly title: string
  readonly sorting: Sorting
  readonly sortBy: (key: SortKey) => void
}

export function SortHead({ sortKey, title, sorting, sortBy }: SortHeadProps) {
  if (sortKey === null) return <th scope="col">{title}</th>
  const order = sorting.key !== sortKey ? 'none' : sorting.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" onClick={() => sortBy(sortKey)}>
        {title}
        <span aria-hidden="true">{order === 'none' ? '' : order === 'descending' ? ' ▾' : ' ▴'}</span>
      </button>
    </th>
  )
}
