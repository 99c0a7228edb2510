import type { DeskState } from '../desk-state.ts'
import { clockTime, localDay, zoneName } from '../local-time.ts'

interface ConnectionNoteProps {
  readonly connection: DeskState['connection']
  readonly at: number | null
}

/** Always in the page, so that a screen reader tells of the change. */
export function ConnectionNote({ connection, at }: ConnectionNoteProps) {
  return (
    <div class="connection" role="status" aria-live="assertive" data-state={connection}>
      {connection === 'lost' && (
        <>
          <strong>Connection lost.</strong> {ofWhen(at)} Trying again by itself.
        </>
      )}
      {connection !== 'lost' && at === null && 'Asking the controller …'}
    </div>
  )
}

function ofWhen(at: number | null): string {
  if (at === null) return 'The controller does not answer.'
  return `Figures from ${localDay(at)} ${clockTime(at)} ${zoneName(at)}.`
}
