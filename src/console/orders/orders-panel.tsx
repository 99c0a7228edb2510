import { useState } from 'preact/hooks'
import type { Order } from '../api-types.ts'
import { OrderForm } from './order-form.tsx'
import { OrderRow } from './order-row.tsx'

interface OrdersPanelProps {
  readonly orders: readonly Order[]
  readonly at: number
  readonly isLive: boolean
}

const SHOWN = 12

/** What is asked of the fleet, and the place to ask it. */
export function OrdersPanel({ orders, at, isLive }: OrdersPanelProps) {
  const [isAsking, ask] = useState(false)
  const [outcome, setOutcome] = useState('')
  const close = (said: string) => {
    ask(false)
    setOutcome(said)
  }
  return (
    <section class="orders" aria-labelledby="orders-title">
      <h2 id="orders-title">
        Orders
        {!isAsking && (
          <button type="button" disabled={!isLive} onClick={() => ask(true)}>
            Place an order
          </button>
        )}
      </h2>
      {isAsking && <OrderForm at={at} close={close} />}
      <p class="outcome" role="status" aria-live="polite">
        {outcome}
      </p>
      {orders.length === 0 && !isAsking && <p class="empty">Nothing is asked of the fleet.</p>}
      <ol>
        {orders.slice(0, SHOWN).map((order) => (
          <OrderRow key={order.id} order={order} at={at} isLive={isLive} say={setOutcome} />
        ))}
      </ol>
    </section>
  )
}
