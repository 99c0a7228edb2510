import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Building, Fleet, Series } from '../api-types.ts'
import { ForecastNote } from '../parts/forecast-note.tsx'
import { SteeredChip } from '../parts/steered-chip.tsx'
import { TroubleList } from '../parts/trouble-list.tsx'
import { buildingData } from '../plots/building-data.ts'
import { BuildingHeatPlot } from '../plots/building-heat-plot.tsx'
import { IndoorPlot } from '../plots/indoor-plot.tsx'
import { useBuilding } from '../use-building.ts'
import { clearSelection } from '../use-selection.ts'
import { GateNote } from './gate-note.tsx'
import { LeaseFacts } from './lease-facts.tsx'
import { ModeControl } from './mode-control.tsx'
import { ModelFacts } from './model-facts.tsx'
import { RefusedFacts } from './refused-facts.tsx'
import { ZoneGrid } from './zone-grid.tsx'

interface BuildingDetailProps {
  readonly id: string
  readonly fleet: Fleet
  readonly at: number
  readonly isLive: boolean
  readonly priceKnownUntil: number
}

export function BuildingDetail({ id, fleet, at, isLive, priceKnownUntil }: BuildingDetailProps) {
  const summary = fleet.buildings.find((building) => building.id === id)
  const { building, series, why } = useBuilding(id, summary, at)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => closeOnEscape(), [])
  return (
    <aside class="detail" aria-labelledby="detail-title">
      <header>
        <h2 id="detail-title" tabIndex={-1} ref={heading}>
          {summary?.name ?? id}
        </h2>
        <button type="button" class="close" onClick={clearSelection} aria-label="Close the building">
          ✕
        </button>
      </header>
      {building && (
        <Contents
          building={building}
          series={series}
          at={at}
          isLive={isLive}
          priceKnownUntil={priceKnownUntil}
        />
      )}
      {!building && <p class="empty">{why ?? 'Asking the controller …'}</p>}
    </aside>
  )
}

interface ContentsProps {
  readonly building: Building
  readonly series: Series | null
  readonly at: number
  readonly isLive: boolean
  readonly priceKnownUntil: number
}

const HOUR_MS = 3_600_000

function Contents({ building, series, at, isLive, priceKnownUntil }: ContentsProps) {
  const { plan } = building
  const data = useMemo(
    () => plan && buildingData(plan, series, plan.start - 12 * HOUR_MS, plan.start + 36 * HOUR_MS),
    [plan, series],
  )
  return (
    <>
      <p class="under-title">
        <SteeredChip building={building} /> {building.kind.replaceAll('-', ' ')}
        {building.simulated && ', SIMULATED'} · <code>{building.id}</code>
      </p>
      <TroubleList building={building} at={at} />
      <p class="reason">{building.lease?.reason.text}</p>
      <GateNote building={building} />
      <ModeControl building={building} at={at} isLive={isLive} />
      {plan && data ? (
        <>
          <h3>Heat, kW, and its price</h3>
          <BuildingHeatPlot data={data} name={building.name} now={at} priceKnownUntil={priceKnownUntil} />
          {building.heatForecast && <ForecastNote heat={building.heatForecast} />}
          <h3>
            Rooms against {building.comfort.minC}–{building.comfort.maxC} °C
          </h3>
          <IndoorPlot data={data} building={building} now={at} />
          {plan.outcome !== 'solved' && <PlanWarning plan={plan} />}
        </>
      ) : (
        <p class="empty">No plan: the building is left to its own curve.</p>
      )}
      <ZoneGrid building={building} />
      <LeaseFacts building={building} at={at} />
      <RefusedFacts building={building} />
      <ModelFacts building={building} />
    </>
  )
}

function PlanWarning({
  plan: { outcome, underKh, overKh },
}: {
  readonly plan: NonNullable<Building['plan']>
}) {
  if (outcome === 'not-solved')
    return <p class="warning">No plan could be solved; the building follows its own curve.</p>
  return (
    <p class="warning">
      The band cannot be kept: {underKh.toFixed(1)} kelvin-hours below it and {overKh.toFixed(1)} above are
      left.
    </p>
  )
}

function closeOnEscape(): () => void {
  const close = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) clearSelection()
  }
  window.addEventListener('keydown', close)
  return () => window.removeEventListener('keydown', close)
}
