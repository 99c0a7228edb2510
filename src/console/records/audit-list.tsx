import type { AuditEntry } from '../api-types.ts'
import { timeNear } from '../local-time.ts'

interface AuditListProps {
  readonly audit: readonly AuditEntry[]
  readonly at: number
}

const SHOWN = 12

export function AuditList({ audit, at }: AuditListProps) {
  return (
    <section class="audit" aria-labelledby="audit-title">
      <h2 id="audit-title">Who did what</h2>
      {audit.length === 0 && <p class="empty">Nothing so far.</p>}
      <ol>
        {audit.slice(0, SHOWN).map((entry, index) => (
          <li key={`${entry.at} ${index}`}>
            <time>{timeNear(entry.at, at)}</time>
            <span>
              <b>{entry.actor}</b> {entry.action} {entry.building} <span class="what">{entry.detail}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
