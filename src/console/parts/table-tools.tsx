import type { SortKey } from '../sort-buildings.ts'
import { COLUMNS } from './columns.ts'

interface TableToolsProps {
  readonly all: number
  readonly flagged: number
  readonly onlyTrouble: boolean
  readonly setOnlyTrouble: (only: boolean) => void
  readonly sought: string
  readonly seek: (text: string) => void
  readonly sortKey: SortKey
  readonly sortBy: (key: SortKey) => void
}

export function TableTools(props: TableToolsProps) {
  const { all, flagged, onlyTrouble, setOnlyTrouble, sought, seek, sortKey, sortBy } = props
  return (
    <div class="tools">
      <fieldset class="switch">
        <legend class="unseen">Which buildings</legend>
        <button type="button" aria-pressed={!onlyTrouble} onClick={() => setOnlyTrouble(false)}>
          All <b>{all}</b>
        </button>
        <button type="button" aria-pressed={onlyTrouble} onClick={() => setOnlyTrouble(true)}>
          Flagged <b>{flagged}</b>
        </button>
      </fieldset>
      <label>
        <span class="unseen">Find a building</span>
        <input
          type="search"
          placeholder="Find a building"
          value={sought}
          onInput={(event) => seek(event.currentTarget.value)}
        />
      </label>
      <SortSelect sortKey={sortKey} sortBy={sortBy} />
    </div>
  )
}

/** Stands in for the table's head where the table is a list of cards. */
function SortSelect({ sortKey, sortBy }: Pick<TableToolsProps, 'sortKey' | 'sortBy'>) {
  const choose = (value: string) => {
    const chosen = COLUMNS.find(([key]) => key === value)?.[0]
    if (chosen) sortBy(chosen)
  }
  return (
    <label class="sort-select">
      <span class="unseen">Sort by</span>
      <select value={sortKey} onChange={(event) => choose(event.currentTarget.value)}>
        {COLUMNS.map(([key, title]) => key && <option value={key}>by {title.toLowerCase()}</option>)}
      </select>
    </label>
  )
}
