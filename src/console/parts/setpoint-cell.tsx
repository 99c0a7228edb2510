import type { Lease } from '../api-types.ts'
import { leaseNow } from '../lease-now.ts'
import { timeNear } from '../local-time.ts'

interface SetpointCellProps {
  readonly lease: Lease | null
  readonly at: number
}

export function SetpointCell({ lease, at }: SetpointCellProps) {
  const now = leaseNow(lease, at)
  switch (now.kind) {
    case 'none':
      return <span class="unknown">no lease</span>
    case 'lapsed':
      return <span class="unknown">lapsed</span>
    case 'running':
      return (
        <span class="setpoint">
          <b>{now.asks}</b>
          <small>until {timeNear(now.until, at)}</small>
        </span>
      )
    default:
      return now satisfies never
  }
}
