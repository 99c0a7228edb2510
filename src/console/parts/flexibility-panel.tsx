import { useRef, useState } from 'preact/hooks'
import type { FleetPlan, Flexibility } from '../api-types.ts'
import { behindWords, commitmentWords, type Kind, minutesWords, offerWords } from '../flexibility-words.ts'
import { FlexibilityPlot } from '../plots/flexibility-plot.tsx'
import { useWidth } from '../plots/use-width.ts'
import { shownHours } from './shown-hours.ts'

interface FlexibilityPanelProps {
  readonly flexibility: Flexibility | null
  readonly plan: FleetPlan | null
  readonly now: number
}

const NARROW_PX = 620

/** What could be called for, by the hour, and how what was called for fares. */
export function FlexibilityPanel({ flexibility, plan, now }: FlexibilityPanelProps) {
  const place = useRef<HTMLElement>(null)
  const isNarrow = useWidth(place) < NARROW_PX
  const [kind, setKind] = useState<Kind>({ durationMinutes: 120, noticeMinutes: 180 })
  const { from, to } = shownHours(plan, isNarrow)
  return (
    <section class="pictures flexibility" aria-labelledby="flexibility-title" ref={place}>
      <h2 id="flexibility-title">Flexibility beside the plan</h2>
      {flexibility && flexibility.slices.length > 0 ? (
        <>
          <p class="turn">{offerWords(flexibility, kind)}</p>
          <div class="choices">
            held for{' '}
            <Choices
              name="how long it is held"
              of={unique(flexibility, 'durationMinutes')}
              chosen={kind.durationMinutes}
              choose={(durationMinutes) => setKind({ ...kind, durationMinutes })}
            />{' '}
            called{' '}
            <Choices
              name="how long before it is called"
              of={unique(flexibility, 'noticeMinutes')}
              chosen={kind.noticeMinutes}
              choose={(noticeMinutes) => setKind({ ...kind, noticeMinutes })}
            />{' '}
            ahead
          </div>
          <FlexibilityPlot flexibility={flexibility} kind={kind} now={now} from={from} to={to} />
          <p class="forecast-note">{behindWords(flexibility)}</p>
          {flexibility.commitments.map((one) => (
            <p key={one.id} class="commitment" data-unmet={one.unmetKw > 0} aria-live="polite">
              {commitmentWords(one)}
            </p>
          ))}
        </>
      ) : (
        <p class="empty">Nothing can be offered before the first plan.</p>
      )}
    </section>
  )
}

function unique({ slices }: Flexibility, key: keyof Kind): number[] {
  return [...new Set(slices.map((one) => one[key]))].sort((a, b) => a - b)
}

interface ChoicesProps {
  readonly name: string
  readonly of: readonly number[]
  readonly chosen: number
  readonly choose: (minutes: number) => void
}

function Choices({ name, of, chosen, choose }: ChoicesProps) {
  return (
    <fieldset class="switch">
      <legend class="unseen">{name}</legend>
      {of.map((minutes) => (
        <button key={minutes} type="button" aria-pressed={minutes === chosen} onClick={() => choose(minutes)}>
          {minutesWords(minutes)}
        </button>
      ))}
    </fieldset>
  )
}
