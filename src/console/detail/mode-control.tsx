import { useState } from 'preact/hooks'
import { setMode } from '../api-client.ts'
import type { Building, ModeRequest } from '../api-types.ts'
import { signedFigure } from '../figures.ts'
import { leaseNow } from '../lease-now.ts'
import { ModeConfirm } from './mode-confirm.tsx'

interface ModeControlProps {
  readonly building: Building
  readonly at: number
  readonly isLive: boolean
}

type Mode = ModeRequest['mode']

const MODES: readonly (readonly [Mode, string])[] = [
  ['auto', 'Plan'],
  ['curve', 'Own curve'],
  ['hold', 'Hold'],
]

/** The operator's three levers. Nothing is sent before it is confirmed. */
export function ModeControl({ building, at, isLive }: ModeControlProps) {
  const [asked, ask] = useState<Mode | null>(null)
  const [outcome, setOutcome] = useState('')
  const send = async (request: ModeRequest) => {
    ask(null)
    setOutcome('Sending …')
    const answer = await setMode(building.id, request)
    setOutcome(
      answer.ok ? `Done: ${modeText(answer.value.mode)}. It is in the audit.` : `Not done: ${answer.why}`,
    )
  }
  return (
    <section class="mode" aria-label="Mode">
      <fieldset class="switch">
        <legend class="unseen">Who steers this building</legend>
        {MODES.map(([mode, text]) => (
          <button
            key={mode}
            type="button"
            aria-pressed={building.mode.kind === mode}
            disabled={!isLive}
            onClick={() => ask(mode)}
          >
            {text}
          </button>
        ))}
      </fieldset>
      <span class="mode-now">{modeText(building.mode)}</span>
      {asked && (
        <ModeConfirm
          key={asked}
          name={building.name}
          mode={asked}
          offsetK={offsetNow(building, at)}
          confirm={(request) => void send(request)}
          cancel={() => ask(null)}
        />
      )}
      <p class="outcome" role="status" aria-live="polite">
        {outcome}
      </p>
    </section>
  )
}

function modeText(mode: Building['mode']): string {
  if (mode.kind === 'hold') return `held at ${signedFigure(mode.supplyOffsetK, 1)} K on its curve`
  return mode.kind === 'auto' ? 'follows the plan' : 'left to its own curve'
}

function offsetNow({ mode, lease }: Building, at: number): number {
  if (mode.kind === 'hold') return mode.supplyOffsetK
  const now = leaseNow(lease, at)
  return now.kind === 'running' ? (now.offsetK ?? 0) : 0
}
