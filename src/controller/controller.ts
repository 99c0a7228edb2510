import type { Instant } from '../core/domain/instant.ts'
import { DEFAULT_ORDER_SETTINGS } from '../core/plan/orders/order-settings.ts'
import { createControllerNews } from './controller-news.ts'
import type { ControllerSetup } from './controller-setup.ts'
import { countedDoor } from './counted-door.ts'
import { createDesk } from './desk.ts'
import { createDeskEvents } from './desk-events.ts'
import { fleetTurn } from './fleet-turn.ts'
import { createFlexibilityDesk } from './flexibility-desk.ts'
import { hearSample, isUnplanned } from './hear-sample.ts'
import { createIntake } from './intake-loop.ts'
import { createLeaseRenewals } from './lease-renewals.ts'
import type { Member } from './member.ts'
import { createNightFits } from './night-fits.ts'
import { openState } from './open-state.ts'
import { isProtectedAt } from './orders/order-demand.ts'
import { createOrders } from './orders/orders.ts'
import { ordersSetup } from './orders/orders-setup.ts'
import { planWith } from './orders/plan-with.ts'
import type { Desk, MessageDoor, MessageLink } from './ports.ts'
import { scheduleTurns } from './regular-turns.ts'
import { setMode } from './set-mode.ts'
import { createCapCommitments } from './tracking/cap-commitments.ts'
import { createTracking } from './tracking/tracking.ts'
import { reportTurn, tellBuildings } from './turn-report.ts'
import { createUrgentTurns } from './urgent-turns.ts'
import { createWorkQueue } from './work-queue.ts'

export interface Controller {
  readonly door: MessageDoor
  readonly desk: Desk
  /** Takes up what the store remembers, says that it is there, and plans from now on. */
  start(link: MessageLink): Promise<void>
  /** The way out is there, for the first time or again: says so, and says the running leases again. */
  onLinkUp(): Promise<void>
  /** Nothing waits, plans or is being written: a replay may let time pass. */
  readonly isQuiet: boolean
  stop(): Promise<void>
}

/** The controller without the world: what it hears comes by `door`, what it says goes by the link it is given. */
export async function createController(setup: ControllerSetup): Promise<Controller> {
  const { clock, recorder } = setup
  const stopping = new AbortController()
  const events = createDeskEvents()
  const state = await openState(setup, events, stopping.signal)
  const { trouble, counts, fleet, members, rejections } = state
  const news = createControllerNews(state)
  const queue = createWorkQueue((error) => trouble.note(error, 'turn failed'))

  const renewals = createLeaseRenewals({
    state,
    enqueue: queue.add,
    onRenewed: (which) => tellBuildings(state, events, which),
  })
  const turn = async (which: readonly Member[], now: Instant, isRegular: boolean) => {
    const view = await fleetTurn(state, which, { now, isRegular, signal: stopping.signal })
    renewals.arm()
    tracking.arm()
    if (view) await reportTurn({ state, desk, news, events }, { view, which, isRegular, now })
  }
  const urgent = createUrgentTurns({
    state,
    enqueue: queue.add,
    turn: (which, now) => turn(which, now, false),
  })
  const orderTerms = { settings: setup.orders ?? DEFAULT_ORDER_SETTINGS, timeZone: setup.timeZone }
  const isProtected = (member: Member, at: Instant) => isProtectedAt(member.building, at, orderTerms)
  const flexibility = createFlexibilityDesk(state, {
    isProtected,
    calibration: () => state.orders?.calibration() ?? 1,
  })
  const orders = createOrders(
    ordersSetup(state, {
      planWith: planWith(state),
      enqueue: queue.add,
      enqueuePatient: queue.addPatient,
      letPass: queue.letPass,
      replan: (which) => void queue.add(() => turn(which, clock.now(), false)),
      onOrder: (order) => events.emit({ type: 'order', order }),
      aims: {
        offer: (order) => flexibility.offerFor(order, clock.now()),
        biasKw: (id) => tracking.biasKw(id),
      },
    }),
  )
  state.orders = orders
  const caps = createCapCommitments(state)
  const tracking = createTracking({
    state,
    enqueue: queue.add,
    commitments: (now) => [...orders.commitments(now), ...caps(now)],
    isProtected,
    onMoved: (which) => {
      renewals.arm()
      tellBuildings(state, events, which)
    },
  })
  const desk = createDesk(state, {
    ...orders.desk,
    flexibility: (confidence) => flexibility.offers(clock.now(), confidence),
    commitments: tracking.views,
    setMode: (id, mode, actor) =>
      setMode(state, { id, mode, actor }, (member) => queue.add(() => turn([member], clock.now(), false))),
    subscribe: events.subscribe,
  })
  const door = countedDoor(
    createIntake({
      fleet,
      meter: state.meter,
      clock,
      recorder,
      rejections,
      counts,
      onSample: (member, sample) => {
        if (hearSample(state, member, sample)) urgent.ask(member)
      },
      onOverride: urgent.ask,
      onError: trouble.note,
    }),
  )
  const nights = setup.learning && createNightFits(state, setup.learning, stopping.signal)
  let cancelTurns = () => {}

  return {
    door,
    desk,
    get isQuiet() {
      return door.isIdle && queue.isIdle && (nights?.isIdle ?? true)
    },
    async start(given) {
      state.link = given
      if (given.connected) await news.linkUp()
      cancelTurns = scheduleTurns(state, (now) => void queue.add(() => turn(members, now, true)))
      nights?.start()
      orders.start()
      // The broker lets buildings in before we can answer them.
      for (const member of members) if (isUnplanned(state, member, clock.now())) urgent.ask(member)
    },
    onLinkUp: news.linkUp,
    async stop() {
      stopping.abort()
      cancelTurns()
      urgent.stop()
      orders.stop()
      tracking.stop()
      nights?.stop()
      renewals.stop()
      await queue.end()
      await news.goodbye()
      state.link = undefined
    },
  }
}
