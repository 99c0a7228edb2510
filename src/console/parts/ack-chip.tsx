import type { Ack } from '../api-types.ts'

export function AckChip({ ack }: { readonly ack: Ack }) {
  return (
    <span class="ack" data-state={ack.state} title={ack.reason}>
      {ack.state}
      {ack.reason && <small>{ack.reason}</small>}
    </span>
  )
}
