import type { BuildingSummary } from '../api-types.ts'
import { STEERED_BY } from './steered-chip.tsx'

const ORDER = ['lease', 'hold', 'curve', 'lost'] as const

/** How many buildings follow whom, as one bar and in words. */
export function SteeringBar({ buildings }: { readonly buildings: readonly BuildingSummary[] }) {
  const counts = ORDER.map((by) => ({
    by,
    count: buildings.filter(({ steeredBy }) => steeredBy === by).length,
  }))
  const shown = counts.filter(({ count }) => count > 0)
  return (
    <>
      <span class="steering-bar" aria-hidden="true">
        {shown.map(({ by, count }) => (
          <i key={by} data-by={by} style={{ flexGrow: count }} />
        ))}
      </span>
      <span class="steering-words">
        {shown.map(({ by, count }) => (
          <span key={by} data-by={by}>
            <b>{count}</b> {STEERED_BY[by]}
          </span>
        ))}
      </span>
    </>
  )
}
