import { useMemo, useRef } from 'preact/hooks'
import type { FleetPlan, Forecast, Turn } from '../api-types.ts'
import { clockTime } from '../local-time.ts'
import { AheadPlot } from '../plots/ahead-plot.tsx'
import { FleetHeatPlot } from '../plots/fleet-heat-plot.tsx'
import { useWidth } from '../plots/use-width.ts'
import { ForecastNote } from './forecast-note.tsx'
import { ProvenanceNote } from './provenance-note.tsx'
import { shownHours } from './shown-hours.ts'

interface FleetPicturesProps {
  readonly plan: FleetPlan | null
  readonly forecast: Forecast | null
  readonly turn: Turn | null
  readonly now: number
}

const NARROW_PX = 620

/** Heat above, price and weather below, on the same hours: why the plan bends is seen at once. */
export function FleetPictures({ plan, forecast, turn, now }: FleetPicturesProps) {
  const place = useRef<HTMLElement>(null)
  const isNarrow = useWidth(place) < NARROW_PX
  const start = plan?.start ?? 0
  const { from, to } = useMemo(() => shownHours(plan, isNarrow), [start, plan?.heatKw.length, isNarrow])
  return (
    <section class="pictures" aria-labelledby="pictures-title" ref={place}>
      <h2 id="pictures-title">Fleet heat against the curves</h2>
      <p class="turn" aria-live="polite">
        {turn ? (
          <>
            <time>{clockTime(turn.at)}</time> {turn.text}
          </>
        ) : (
          'The first plan is being made.'
        )}
      </p>
      {plan && plan.heatKw.length > 0 ? (
        <FleetHeatPlot plan={plan} heat={forecast?.heat ?? null} now={now} from={from} to={to} />
      ) : (
        <p class="empty">No plan yet.</p>
      )}
      {forecast?.heat && <ForecastNote heat={forecast.heat} />}
      <h2>
        Electricity price and outdoor temperature ahead
        {forecast && <ProvenanceNote name="prices" of={forecast.prices} />}
        {forecast && <ProvenanceNote name="weather" of={forecast.weather} />}
      </h2>
      {forecast && plan ? (
        <AheadPlot forecast={forecast} now={now} from={from} to={to} />
      ) : (
        <p class="empty">No forecast yet.</p>
      )}
    </section>
  )
}
