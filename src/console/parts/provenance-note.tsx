import type { Provenance } from '../api-types.ts'
import { clockTime } from '../local-time.ts'

interface ProvenanceNoteProps {
  readonly name: string
  readonly of: Provenance
}

/** What stands behind a figure, beside the figure. */
export function ProvenanceNote({ name, of: { kind, source, issuedAt, standsInFor } }: ProvenanceNoteProps) {
  const isSynthetic = kind === 'synthetic'
  return (
    <span class="provenance" data-kind={kind} title={standsInFor && `stands in for ${standsInFor}`}>
      {isSynthetic ? `SYNTHETIC ${name}` : `${name}: ${source}, ${kind}`} <small>{clockTime(issuedAt)}</small>
      {standsInFor && <b> stand-in</b>}
    </span>
  )
}
