import type { BuildingSummary, Fleet, Forecast } from '../api-types.ts'
import { figure, percentAgainst, signedFigure } from '../figures.ts'
import { timeNear } from '../local-time.ts'
import { severity } from '../trouble.ts'
import { KeyFigure } from './key-figure.tsx'
import { SteeringBar } from './steering-bar.tsx'

interface KeyFiguresProps {
  readonly fleet: Fleet
  readonly forecast: Forecast | null
  readonly at: number
}

export function KeyFigures({ fleet, forecast, at }: KeyFiguresProps) {
  const { heatKw, curveHeatKw, buildings } = fleet
  const againstKw = heatKw === null || curveHeatKw === null ? null : heatKw - curveHeatKw
  const acting = buildings.filter((building) => severity(building, at) >= 2).length
  const looking = buildings.filter((building) => severity(building, at) === 1).length
  return (
    <dl class="key-figures" aria-label="The fleet now">
      <KeyFigure
        name="Fleet heat"
        value={figure(heatKw)}
        unit="kW"
        note={`curves: ${figure(curveHeatKw)} kW`}
      />
      <KeyFigure
        name="Against the curves"
        value={signedFigure(againstKw)}
        unit="kW"
        note={`${signedFigure(percentAgainst(heatKw, curveHeatKw))} %`}
        tone={againstKw !== null && againstKw < 0 ? 'spared' : 'stored'}
      />
      <PriceNow forecast={forecast} at={at} />
      <OutdoorNow forecast={forecast} at={at} />
      <ColdestNow buildings={buildings} />
      <KeyFigure
        name="Trouble"
        value={figure(acting)}
        unit={acting === 1 ? 'building' : 'buildings'}
        note={`${looking} more worth a look`}
        tone={acting > 0 ? 'bad' : 'good'}
      />
      <div class="key-figure wide">
        <dt>Steered by</dt>
        <dd>
          <SteeringBar buildings={buildings} />
        </dd>
      </div>
    </dl>
  )
}

function PriceNow({ forecast, at }: { readonly forecast: Forecast | null; readonly at: number }) {
  const note = forecast ? `published to ${timeNear(forecast.priceKnownUntil, at)}` : 'no forecast yet'
  return (
    <KeyFigure
      name="Electricity"
      value={figure(slotValue(forecast, 'eurPerMwh', at), 1)}
      unit="€/MWh"
      note={note}
    />
  )
}

function OutdoorNow({ forecast, at }: { readonly forecast: Forecast | null; readonly at: number }) {
  const inADay = slotValue(forecast, 'outdoorC', at + 86_400_000)
  const note = `in 24 h ${figure(inADay, 1)} °C`
  return (
    <KeyFigure name="Outdoor" value={figure(slotValue(forecast, 'outdoorC', at), 1)} unit="°C" note={note} />
  )
}

function ColdestNow({ buildings }: { readonly buildings: readonly BuildingSummary[] }) {
  const measured = buildings.flatMap((building) => (building.coldestC === null ? [] : [building]))
  const coldest = measured.toSorted((a, b) => (a.coldestC ?? 0) - (b.coldestC ?? 0))[0]
  const below = measured.filter(({ coldestC, comfort }) => (coldestC ?? 0) < comfort.minC).length
  return (
    <KeyFigure
      name="Coldest room"
      value={figure(coldest?.coldestC, 1)}
      unit="°C"
      note={below === 0 ? 'every building in its band' : `${below} of ${measured.length} under their band`}
      tone={below === 0 ? 'good' : 'plain'}
    />
  )
}

function slotValue(forecast: Forecast | null, name: 'eurPerMwh' | 'outdoorC', at: number): number | null {
  if (!forecast) return null
  return forecast[name][Math.floor((at - forecast.start) / forecast.stepMs)] ?? null
}
