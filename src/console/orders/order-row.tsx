import { useState } from 'preact/hooks'
import { cancelOrder } from '../api-client.ts'
import type { Order } from '../api-types.ts'
import { timeNear } from '../local-time.ts'
import { isStanding, orderOutcome, orderTitle } from '../order-words.ts'

interface OrderRowProps {
  readonly order: Order
  readonly at: number
  readonly isLive: boolean
  readonly say: (outcome: string) => void
}

export function OrderRow({ order, at, isLive, say }: OrderRowProps) {
  const [isAsked, ask] = useState(false)
  const cancel = async () => {
    ask(false)
    const answer = await cancelOrder(order.id)
    say(answer.ok ? `${order.id} is cancelled. It is in the audit.` : `Not cancelled: ${answer.why}`)
  }
  return (
    <li>
      <span class="order-state" data-state={order.state}>
        {order.state}
      </span>
      <span class="order-what">
        <b>{orderTitle(order)}</b>{' '}
        <time>
          {timeNear(order.from, at)} to {timeNear(order.until, at)}
        </time>
        <small>
          {[orderOutcome(order), order.note, `${order.id} by ${order.placedBy}`].filter(Boolean).join(' · ')}
        </small>
      </span>
      {isStanding(order) && !isAsked && (
        <button type="button" disabled={!isLive} onClick={() => ask(true)}>
          Cancel
        </button>
      )}
      {isAsked && (
        <span class="order-ask">
          Really?{' '}
          <button type="button" class="primary" onClick={() => void cancel()}>
            Yes, cancel it
          </button>{' '}
          <button type="button" onClick={() => ask(false)}>
            No
          </button>
        </span>
      )}
    </li>
  )
}
