import type { Building } from '../api-types.ts'
import { driftText } from '../identification-words.ts'
import { localDay } from '../local-time.ts'

/** Why a building that is being learned is not steered yet, and whether it has changed. */
export function GateNote({ building: { identification } }: { readonly building: Building }) {
  if (!identification) return null
  const { gate, reasons, drift } = identification
  return (
    <>
      {gate === 'shut' && (
        <div class="warning">
          <p>Not steered before it is understood:</p>
          <ul>
            {reasons.map(({ code, text }) => (
              <li key={code}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {drift && (
        <p class="warning">
          Since {localDay(drift.since)} it {driftText(drift)}.
        </p>
      )}
    </>
  )
}
