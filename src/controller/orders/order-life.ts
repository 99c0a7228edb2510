import { type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { AcceptedOrder } from '../../core/domain/order.ts'
import { releaseAt } from '../../core/plan/orders/release.ts'
import type { Member } from '../member.ts'
import type { OrderBook } from './order-book.ts'
import { type EndingOrder, heldUntilOf } from './order-demand.ts'
import type { OrdersSetup } from './orders-setup.ts'
import { orderEnd } from './settle-orders.ts'

/** Lets orders begin, end and be over, and buildings return one by one, at their instants. */
export interface OrderLife {
  /** An order came or went: the next instant may be another. */
  arm(): void
  stop(): void
}

/** A store that could not write is asked again then. */
const AGAIN_MS = MINUTE_MS

export function createOrderLife(setup: OrdersSetup, book: OrderBook): OrderLife {
  const { clock, enqueue, onError } = setup
  let cancel: (() => void) | undefined
  let releasedUntil = clock.now()
  let isStopped = false
  let notBefore = 0

  function arm(): void {
    cancel?.()
    cancel = undefined
    const at = isStopped ? undefined : nextInstant(setup, book, clock.now())
    if (at !== undefined) cancel = clock.at(Math.max(at, notBefore), () => void enqueue(live))
  }

  async function live(): Promise<void> {
    const now = clock.now()
    try {
      const began = await changeStates(setup, book, now)
      if (began) setup.replan(setup.members)
      else replanReleased(setup, book, { from: releasedUntil, to: now })
    } catch (error) {
      onError(error, 'order not kept')
      notBefore = now + AGAIN_MS
    } finally {
      releasedUntil = now
      arm()
    }
  }

  return {
    arm,
    stop() {
      isStopped = true
      cancel?.()
    },
  }
}

function nextInstant({ settings }: OrdersSetup, book: OrderBook, now: Instant): Instant | undefined {
  const ahead = book.standing().flatMap((order) => {
    const due = { accepted: order.from, running: order.until, releasing: orderEnd(order, settings) }
    return Math.max(due[order.state as keyof typeof due], now + 1)
  })
  // Buildings that return within a minute return together: each is a plan of its own.
  const isReleasing = endingOrders(book).some(
    ({ until }) => now < until + (settings.releaseMinutes + 1) * MINUTE_MS,
  )
  if (isReleasing) ahead.push((Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS)
  return ahead.length > 0 ? Math.min(...ahead) : undefined
}

/** Whether an order began or ended between two regular turns, so that one is due now. */
async function changeStates(setup: OrdersSetup, book: OrderBook, now: Instant): Promise<boolean> {
  const changed = book.standing().flatMap((order) => {
    const state = stateAt(order, setup.settings, now)
    if (state === order.state) return []
    return { ...order, state, ...(state === 'done' && { endedAt: now }) }
  })
  if (changed.length === 0) return false
  const over = changed.filter(({ state }) => state === 'done')
  await closeAccounts(setup, over, now)
  await book.put(changed, now)
  await setup.recorder.keepAudit(
    changed.map(({ id, state }) => ({
      at: now,
      actor: 'controller',
      action: 'order',
      detail: `${id} is ${state}`,
    })),
  )
  return changed.some(
    ({ state, from, until }) =>
      (state === 'running' && from % SLOT_MS !== 0) || (state === 'releasing' && until % SLOT_MS !== 0),
  )
}

export function stateAt(
  order: AcceptedOrder,
  settings: OrdersSetup['settings'],
  now: Instant,
): AcceptedOrder['state'] {
  if (now < order.from) return 'accepted'
  if (now < order.until) return 'running'
  return now < orderEnd(order, settings) ? 'releasing' : 'done'
}

/** What the order took from each building is written down, and no more counted as it goes. */
export async function closeAccounts(
  { members, recorder }: Pick<OrdersSetup, 'members' | 'recorder'>,
  over: readonly { readonly id: string }[],
  now: Instant,
): Promise<void> {
  const entries = over.flatMap(({ id }) =>
    members.flatMap(({ building, givenKh }) => {
      const kelvinHours = givenKh.get(id)
      return kelvinHours === undefined ? [] : { order: id, building: building.id, at: now, kelvinHours }
    }),
  )
  await recorder.keepLedger(entries)
  for (const member of members) {
    if (!over.some(({ id }) => member.givenKh.has(id))) continue
    member.givenKh = new Map([...member.givenKh].filter(([id]) => !over.some((order) => order.id === id)))
  }
}

/** Orders whose buildings return: at their end, or where one was cancelled while it ran, from then on. */
export function endingOrders(book: OrderBook): readonly EndingOrder[] {
  const cancelled = book
    .over()
    .filter(({ state, from, endedAt }) => state === 'cancelled' && endedAt !== undefined && endedAt > from)
    .map((order) => ({ ...order, until: Math.min(order.until, order.endedAt ?? order.until) }))
  return [...book.standing().filter(({ state }) => state === 'releasing'), ...cancelled]
}

function replanReleased(
  setup: OrdersSetup,
  book: OrderBook,
  window: { readonly from: Instant; readonly to: Instant },
): void {
  const { members, settings, places } = setup
  const ending = endingOrders(book)
  const isDue = ({ building }: Member) =>
    ending.some((order) => {
      if (!places.isUnder(building.branch, order.branch)) return false
      const at = releaseAt(order, building.id, settings.releaseMinutes)
      return at > window.from && at <= window.to
    }) && heldUntilOf(building, { ending, settings, places, now: window.to }) === undefined
  const due = ending.length > 0 ? members.filter(isDue) : []
  if (due.length > 0) setup.replan(due)
}
