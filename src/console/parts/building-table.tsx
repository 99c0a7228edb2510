import { useState } from 'preact/hooks'
import type { BuildingSummary } from '../api-types.ts'
import { type Sorting, type SortKey, sortBuildings } from '../sort-buildings.ts'
import { severity } from '../trouble.ts'
import { BuildingRow } from './building-row.tsx'
import { COLUMNS } from './columns.ts'
import { SortHead } from './sort-head.tsx'
import { TableTools } from './table-tools.tsx'

interface BuildingTableProps {
  readonly buildings: readonly BuildingSummary[]
  readonly at: number
  readonly selected: string | null
}

const DOWN_FIRST: readonly SortKey[] = ['trouble', 'refused']

export function BuildingTable({ buildings, at, selected }: BuildingTableProps) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'trouble', descending: true })
  const [onlyTrouble, setOnlyTrouble] = useState(false)
  const [sought, seek] = useState('')
  const flagged = buildings.filter((building) => severity(building, at) > 0)
  const shown = (onlyTrouble ? flagged : buildings).filter((building) => isSought(building, sought))
  const sortBy = (key: SortKey) => {
    const again = sorting.key === key
    setSorting({ key, descending: again ? !sorting.descending : DOWN_FIRST.includes(key) })
  }
  return (
    <section class="buildings" aria-labelledby="buildings-title">
      <h2 id="buildings-title">Buildings</h2>
      <TableTools
        all={buildings.length}
        flagged={flagged.length}
        onlyTrouble={onlyTrouble}
        setOnlyTrouble={setOnlyTrouble}
        sought={sought}
        seek={seek}
        sortKey={sorting.key}
        sortBy={sortBy}
      />
      <table>
        <thead>
          <tr>
            {COLUMNS.map(([key, title]) => (
              <SortHead key={title} sortKey={key} title={title} sorting={sorting} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortBuildings(shown, sorting, at).map((building) => (
            <BuildingRow
              key={building.id}
              building={building}
              at={at}
              isSelected={building.id === selected}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="empty">No building is like that.</p>}
    </section>
  )
}

function isSought({ id, name, kind }: BuildingSummary, sought: string): boolean {
  return `${id} ${name} ${kind}`.toLowerCase().includes(sought.trim().toLowerCase())
}
