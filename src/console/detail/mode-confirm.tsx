import { useEffect, useRef, useState } from 'preact/hooks'
import type { ModeRequest } from '../api-types.ts'

interface ModeConfirmProps {
  readonly name: string
  readonly mode: ModeRequest['mode']
  /** What the building has now: where a hold starts. */
  readonly offsetK: number
  readonly confirm: (request: ModeRequest) => void
  readonly cancel: () => void
}

const QUESTIONS: Readonly<Record<ModeRequest['mode'], string>> = {
  auto: 'follow the plan again?',
  curve: 'go back to its own curve, and stay there until you change it?',
  hold: 'hold this offset on its curve, whatever the plan says, until you change it?',
}

export function ModeConfirm({ name, mode, offsetK, confirm, cancel }: ModeConfirmProps) {
  const [heldK, hold] = useState(offsetK)
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  const submit = (event: Event) => {
    event.preventDefault()
    confirm(mode === 'hold' ? { mode, supplyOffsetK: heldK } : { mode })
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    cancel()
  }
  return (
    <form class="confirm" onSubmit={submit} onKeyDown={leave}>
      <p>
        Shall <b>{name}</b> {QUESTIONS[mode]}
      </p>
      {mode === 'hold' && (
        <label>
          Supply offset, K
          <input
            type="number"
            min={-30}
            max={15}
            step={0.5}
            required
            value={heldK}
            onInput={(event) => hold(event.currentTarget.valueAsNumber)}
          />
        </label>
      )}
      <button type="submit" class="primary" ref={yes}>
        Yes, do it
      </button>
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </form>
  )
}
