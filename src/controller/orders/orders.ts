import { orderReason } from '../../core/dispatch/order-reason.ts'
import { type Instant, slotStart } from '../../core/domain/instant.ts'
import {
  type AcceptedOrder,
  isAccepted,
  type OrderRefusal,
  type OrderRefusalCode,
} from '../../core/domain/order.ts'
import type { LedgerView } from '../../core/domain/views.ts'
import { supersededBy } from '../../core/plan/orders/check-order.ts'
import type { LimitingOrder, SlotGrid } from '../../core/plan/orders/order-limits.ts'
import { gini } from '../../core/verify/gini.ts'
import type { Member } from '../member.ts'
import type { Desk } from '../ports.ts'
import { type Commitment, orderCommitments } from '../tracking/commitment.ts'
import { type CallMark, callMark } from './call-mark.ts'
import type { ThoughtOf } from './judge-order.ts'
import { createOrderAims } from './order-aims.ts'
import { createOrderBook, type OrderBook } from './order-book.ts'
import {
  type DemandFacts,
  heldUntilOf,
  isProtectedAt,
  type OrderDemand,
  orderDemand,
} from './order-demand.ts'
import { createOrderLessons, keptBaselineError } from './order-lessons.ts'
import { createOrderLife, endingOrders } from './order-life.ts'
import { orderSettlement } from './order-settlement.ts'
import type { OrdersSetup } from './orders-setup.ts'
import {
  cancelOrder,
  type DemandWith,
  type PlaceTerms,
  placeOrder,
  quoteOrder,
  refusedQuote,
  refuseOrder,
} from './place-order.ts'
import { createPlanMisses } from './plan-misses.ts'
import { settleOrders } from './settle-orders.ts'
import { createUndisturbed } from './undisturbed.ts'

export type OrderDesk = Pick<
  Desk,
  'orders' | 'settlement' | 'ledger' | 'quoteOrder' | 'placeOrder' | 'cancelOrder'
>
export type LeaseMark = NonNullable<ReturnType<typeof orderReason>>

/** The life of orders: from the desk into plans and leases, and what came of them. */
export interface Orders {
  /** The operator's part of it. */
  readonly desk: OrderDesk
  /** What was refused since the start. */
  readonly refusedByCode: Readonly<Partial<Record<OrderRefusalCode, number>>>
  /** What the orders that stand mean for a plan that is made now. */
  demand(now: Instant): OrderDemand
  /** How a lease is marked where an order is behind it. */
  leaseMark(member: Member, now: Instant, offsetK: number): LeaseMark | undefined
  /** Whether an emergency takes the building below its band now. */
  isScarce(member: Member, now: Instant): boolean
  /** What the orders that run now commit to. */
  commitments(now: Instant): readonly Commitment[]
  /** What the call of an order is worth to a building's setting, a slot of the plan from `start` on. */
  callOf(member: Member, grid: SlotGrid, now: Instant): CallMark
  /** Before a regular turn plans: what would be now without orders. */
  look(now: Instant): Promise<void>
  /** What offers multiply their deviation by, from what orders delivered so far. */
  calibration(): number
  /** At the begin of each regular turn: what the slot that ended brought. */
  settle(now: Instant): void
  start(): void
  stop(): void
}

export function createOrders(setup: OrdersSetup): Orders {
  const { settings, places, timeZone, members } = setup
  const book = createOrderBook(setup.recorder, keptOrders(setup.kept), setup.onOrder)
  const life = createOrderLife(setup, book)
  const lessons = createOrderLessons(setup)
  const aims = createOrderAims(setup.aims, lessons)
  const misses = createPlanMisses()
  const undisturbed = createUndisturbed({
    members,
    planWith: setup.planWith,
    meteredKw: (schedules, branch, now) =>
      setup.meteredKw(schedules, ({ building }) => places.isUnder(building.branch, branch), now),
  })
  /** As they are planned for: surer than they were asked. */
  const aimed = (order: AcceptedOrder) => ({
    ...order,
    extraKw: aims.extraKw(order),
    biasKw: aims.biasKw(order),
    current: undisturbed.flows(order.branch),
  })
  const demandWith: DemandWith = (now, thought) => {
    const standing = (thought ? standingBeside(thought.order) : book.standing()).map(aimed)
    return orderDemand({
      members,
      orders: thought ? [...standing, thought.order] : standing,
      ending: endingOrders(book),
      shareOf: createShares(book, thought),
      settings,
      places,
      timeZone,
      now,
    })
  }
  const refusedByCode: Partial<Record<OrderRefusalCode, number>> = {}
  const terms: PlaceTerms = {
    ...{ setup, book, demandWith },
    baselineError: (branch) => misses.error((own) => places.isUnder(own, branch)),
    onRefused: (code) => {
      refusedByCode[code] = (refusedByCode[code] ?? 0) + 1
    },
  }
  let waiting = 0

  function standingBeside(order: LimitingOrder) {
    const standing = book.standing()
    const ended = supersededBy(order, standing)
    return standing.filter((other) => !ended.includes(other))
  }

  /** Those that ask something of this building. */
  function asking({ building }: Member, now: Instant) {
    if (isProtectedAt(building, now, setup)) return []
    return book.standing().filter(({ branch }) => places.isUnder(building.branch, branch))
  }

  /** No order is judged while another is: what one plans, the other must not change meanwhile. Turns may pass. */
  async function inTurn<T>(work: () => Promise<T>, changed: (done: T) => boolean): Promise<T> {
    waiting++
    return new Promise<T>((resolve, reject) => {
      void setup.enqueuePatient(async () => {
        waiting--
        try {
          const done = await work()
          if (changed(done)) {
            life.arm()
            setup.replan(members)
          }
          resolve(done)
        } catch (error) {
          reject(error)
        }
      })
    })
  }

  /** When its last slot is metered; who was called off promised nothing. */
  function learnFrom(order: AcceptedOrder, now: Instant): void {
    if (slotStart(now) < order.until || order.state === 'cancelled') return
    lessons.learn(order, orderSettlement(order, []), now)
  }

  return {
    refusedByCode,
    demand: (now) => demandWith(now, undefined),
    leaseMark(member, now, offsetK) {
      // Where no room is measured a lease says so, and nothing else.
      if (!member.building.hasIndoorSensor) return undefined
      const ending = endingOrders(book).filter(({ branch }) => places.isUnder(member.building.branch, branch))
      const heldUntil = heldUntilOf(member.building, { ending, settings, places, now })
      const orders = asking(member, now)
      if (orders.length === 0 && heldUntil === undefined) return undefined
      return orderReason({ orders, heldUntil, now, timeZone, offsetK })
    },
    isScarce: (member, now) =>
      asking(member, now).some(({ kind, from, until }) => kind === 'emergency' && now >= from && now < until),
    commitments: (now) => orderCommitments(book.standing().map(aimed), places, now),
    callOf: (member, grid, now) => callMark(asking(member, now), grid, now, settings.callWrites),
    look: (now) => undisturbed.look(book.standing(), now),
    calibration: lessons.calibration,
    settle(now) {
      const metered = (member: Member) => setup.metered(member, now)
      misses.note({ members, metered, plannedKw: (member) => setup.plannedKw(member, now) })
      const expectedKw = (member: Member) => setup.expectedKw(member, now)
      const running = settleOrders({ book, members, places, now, metered, expectedKw }).filter(
        ({ state }) => state === 'running',
      )
      for (const order of running) setup.onOrder(order)
      for (const order of [...book.standing(), ...book.over()]) learnFrom(order, now)
      setup.recorder
        .keepOrders(running, now)
        .catch((error: unknown) => setup.onError(error, 'order not kept'))
    },
    desk: {
      orders: () => book.all(),
      settlement(id) {
        const order = book.find(id)
        return order && isAccepted(order) ? orderSettlement(order, ledgerKh(members)) : undefined
      },
      ledger: () => ledgerOf(members),
      async quoteOrder(request) {
        if (waiting >= MOST_WAITING) return refusedQuote(TOO_MANY_WAIT)
        return inTurn(() => quoteOrder(terms, request), never)
      },
      async placeOrder(request, actor) {
        if (waiting >= MOST_WAITING) return refuseOrder(terms, request, actor, TOO_MANY_WAIT)
        return inTurn(
          async () => {
            const placed = await placeOrder(terms, request, actor)
            if (placed.ok) lessons.take(placed.order, aims.aimFor(placed.order), setup.clock.now())
            return placed
          },
          ({ ok }) => ok,
        )
      },
      cancelOrder: (id, actor) =>
        inTurn(
          () => cancelOrder(terms, id, actor),
          (done) => done === 'done',
        ),
    },
    start: life.arm,
    stop: life.stop,
  }
}

// Each may take seven plans of the fleet: who asks later than these would not be answered in time.
const MOST_WAITING = 8
const TOO_MANY_WAIT: OrderRefusal = {
  code: 'too-many-orders',
  detail: `${MOST_WAITING} orders wait to be judged already: ask again in some minutes`,
}

/** What buildings would do without an order that stands, or without one that is only thought of. */
function createShares(book: OrderBook, thought: ThoughtOf | undefined): DemandFacts['shareOf'] {
  const imagined = new Map(thought?.without.schedules.map((schedule) => [schedule.building, schedule]))
  return (order, building) => {
    if (order === thought?.order) return imagined.get(building)
    return order.id === undefined ? undefined : book.share(order.id, building)
  }
}

/** As the store has them, with what was known of their baselines. */
function keptOrders({ orders, shares, learned }: OrdersSetup['kept']) {
  const known = orders.map((order) =>
    isAccepted(order) ? { ...order, baselineError: keptBaselineError(learned, order.id) } : order,
  )
  return { orders: known, shares }
}

const never = () => false

/** So many of those who gave most are named. */
const NAMED = 1000

function ledgerKh(members: readonly Member[]): readonly number[] {
  return members.map(({ burden }) => burden.takenKh)
}

function ledgerOf(members: readonly Member[]): LedgerView {
  const taken = members.map(({ building, burden }) => ({ building: building.id, takenKh: burden.takenKh }))
  const buildings = taken.filter(({ takenKh }) => takenKh > 0).sort((a, b) => b.takenKh - a.takenKh)
  return { gini: gini(taken.map(({ takenKh }) => takenKh)) ?? 0, buildings: buildings.slice(0, NAMED) }
}
