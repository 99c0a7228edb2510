import type { Rejection } from '../api-types.ts'
import { timeNear } from '../local-time.ts'
import { buildingHref } from '../use-selection.ts'

interface RefusedListProps {
  readonly rejected: readonly Rejection[]
  readonly at: number
}

const SHOWN = 40

export function RefusedList({ rejected, at }: RefusedListProps) {
  return (
    <section class="refused" aria-labelledby="refused-title">
      <h2 id="refused-title">Refused messages</h2>
      {rejected.length === 0 && <p class="empty">None so far.</p>}
      <ol>
        {rejected.slice(0, SHOWN).map((rejection, index) => (
          <li key={`${rejection.at} ${rejection.topic} ${index}`}>
            <time>{timeNear(rejection.at, at)}</time>
            <span class="code">{rejection.code}</span>
            <span class="who">
              {rejection.building ? (
                <a href={buildingHref(rejection.building)}>{rejection.building}</a>
              ) : (
                rejection.topic
              )}
            </span>
            <span class="what">{rejection.detail}</span>
            <code>{rejection.head}</code>
          </li>
        ))}
      </ol>
    </section>
  )
}
