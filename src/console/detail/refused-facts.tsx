import type { Building } from '../api-types.ts'

/** What this building sent that was refused, by reason code; nothing where nothing was. */
export function RefusedFacts({ building: { rejectedByCode } }: { readonly building: Building }) {
  const codes = Object.entries(rejectedByCode)
  if (codes.length === 0) return null
  return (
    <section aria-labelledby="refused-here-title">
      <h3 id="refused-here-title">Refused, by reason</h3>
      <dl class="facts">
        {codes.map(([code, count]) => (
          <div key={code}>
            <dt>{code}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
