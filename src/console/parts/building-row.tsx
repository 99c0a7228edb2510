import type { BuildingSummary } from '../api-types.ts'
import { timeAgo } from '../local-time.ts'
import { severity } from '../trouble.ts'
import { buildingHref } from '../use-selection.ts'
import { AckChip } from './ack-chip.tsx'
import { HeatCell } from './heat-cell.tsx'
import { RoomsCell } from './rooms-cell.tsx'
import { SetpointCell } from './setpoint-cell.tsx'
import { SteeredChip } from './steered-chip.tsx'
import { TroubleList } from './trouble-list.tsx'

interface BuildingRowProps {
  readonly building: BuildingSummary
  readonly at: number
  readonly isSelected: boolean
}

export function BuildingRow({ building, at, isSelected }: BuildingRowProps) {
  const { name, kind, lastSampleAt, lease, ack, rejected } = building
  const heard = lastSampleAt === null ? 'never heard' : timeAgo(lastSampleAt, at)
  return (
    <tr data-severity={severity(building, at)} aria-current={isSelected ? 'true' : undefined}>
      <th scope="row" class="cell-name">
        <a href={buildingHref(building.id)}>{name}</a>
        <small>
          {kind.replaceAll('-', ' ')} · {heard}
        </small>
      </th>
      <td class="cell-steered">
        <SteeredChip building={building} />
      </td>
      <td class="cell-rooms">
        <RoomsCell building={building} />
      </td>
      <td class="cell-heat">
        <HeatCell building={building} />
      </td>
      <td class="cell-setpoint">
        <SetpointCell lease={lease} at={at} />
      </td>
      <td class="cell-why">{lease?.reason.text ?? ''}</td>
      <td class="cell-ack">{ack && <AckChip ack={ack} />}</td>
      <td class="cell-flags">
        <TroubleList building={building} at={at} />
      </td>
      <td class="cell-refused" data-some={rejected > 0}>
        {rejected}
      </td>
    </tr>
  )
}
