import { useEffect } from 'preact/hooks'
import { BuildingDetail } from './detail/building-detail.tsx'
import { OrdersPanel } from './orders/orders-panel.tsx'
import { BuildingTable } from './parts/building-table.tsx'
import { ConnectionNote } from './parts/connection-note.tsx'
import { FleetPictures } from './parts/fleet-pictures.tsx'
import { FlexibilityPanel } from './parts/flexibility-panel.tsx'
import { KeyFigures } from './parts/key-figures.tsx'
import { NetworkPanel } from './parts/network-panel.tsx'
import { TopBar } from './parts/top-bar.tsx'
import { AuditList } from './records/audit-list.tsx'
import { RefusedList } from './records/refused-list.tsx'
import { RunsWhere } from './records/runs-where.tsx'
import { useDesk } from './use-desk.ts'
import { useFlexibility } from './use-flexibility.ts'
import { useSelection } from './use-selection.ts'

export function App() {
  const desk = useDesk()
  const selected = useSelection()
  const flexibility = useFlexibility(desk.fleet?.lastTurn?.at ?? null)
  const { fleet, plan, forecast, health, connection } = desk
  useEffect(() => {
    document.title = connection === 'lost' ? 'connection lost · heatflex' : 'heatflex'
  }, [connection])
  if (!fleet) return <ConnectionNote connection={connection} at={null} />
  const at = desk.at ?? fleet.at
  return (
    <div class="page" data-detail={selected !== null} data-stale={connection === 'lost'}>
      <TopBar fleet={fleet} at={at} connection={connection} />
      <ConnectionNote connection={connection} at={at} />
      <main>
        <KeyFigures fleet={fleet} forecast={forecast} at={at} />
        <FleetPictures plan={plan} forecast={forecast} turn={fleet.lastTurn} now={at} />
        <NetworkPanel plan={plan} at={at} />
        <FlexibilityPanel flexibility={flexibility} plan={plan} now={at} />
        <OrdersPanel orders={desk.orders} at={at} isLive={connection === 'live'} />
        <BuildingTable buildings={fleet.buildings} at={at} selected={selected} />
        <div class="records">
          <RefusedList rejected={desk.rejected} at={at} />
          <RunsWhere fleet={fleet} health={health} at={at} />
          <AuditList audit={desk.audit} at={at} />
        </div>
      </main>
      {selected !== null && (
        <BuildingDetail
          key={selected}
          id={selected}
          fleet={fleet}
          at={at}
          isLive={connection === 'live'}
          priceKnownUntil={forecast?.priceKnownUntil ?? Number.POSITIVE_INFINITY}
        />
      )}
    </div>
  )
}
