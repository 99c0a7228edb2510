import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import type { Member } from '../../../../src/controller/member.ts'
import type { PlanWith } from '../../../../src/controller/orders/judge-order.ts'
import { networkPlaces } from '../../../../src/controller/orders/network-places.ts'
import type { OrderDemand } from '../../../../src/controller/orders/order-demand.ts'
import { createOrders, type Orders } from '../../../../src/controller/orders/orders.ts'
import type { OrdersSetup } from '../../../../src/controller/orders/orders-setup.ts'
import { createWorkQueue, type WorkQueue } from '../../../../src/controller/work-queue.ts'
import { HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { Order, OrderRequest } from '../../../../src/core/domain/order.ts'
import { DEFAULT_ORDER_SETTINGS } from '../../../../src/core/plan/orders/order-settings.ts'
import { createManualClock, type ManualClock } from '../../simulators/manual-clock.ts'
import { jobOf, membersOf, meteredOf, planTogether, SLOTS, START } from './planned-fleet.ts'

const log = pino({ level: 'silent' })
const request: OrderRequest = {
  kind: 'reduce',
  kw: 20,
  from: START + HOUR_MS,
  until: START + 3 * HOUR_MS,
}

let clock: ManualClock
let recorder: DuckdbRecorder
let members: readonly Member[]
let queue: WorkQueue
let told: Order[]
let replanned: (readonly Member[])[]
let running: Orders[]

beforeEach(async () => {
  clock = createManualClock(START)
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  queue = createWorkQueue((error) => {
    throw error
  })
  told = []
  replanned = []
  running = []
})
afterEach(async () => {
  for (const orders of running) orders.stop()
  await queue.end()
  await recorder.stop()
})

/** Orders as a controller has them that starts now. */
async function start(more: Partial<OrdersSetup> = {}): Promise<Orders> {
  members = await membersOf(['a', 'b', 'c', 'd'], recorder, clock.now())
  const { orders: kept, shares, learned } = await recorder.recover()
  const orders = createOrders({
    clock,
    recorder,
    members,
    settings: DEFAULT_ORDER_SETTINGS,
    places: networkPlaces([]),
    timeZone: 'Europe/Helsinki',
    horizonHours: 16,
    kept: { orders: kept, shares, learned },
    planWith: planTogether(members),
    isAskable: () => true,
    meteredKw: (schedules) => meteredOf(schedules),
    metered: () => ({ totalKw: 30, spaceKw: 25 }),
    plannedKw: () => 30,
    expectedKw: () => 50,
    enqueue: queue.add,
    enqueuePatient: queue.addPatient,
    letPass: queue.letPass,
    replan: (which) => void replanned.push(which),
    onOrder: (order) => void told.push(order),
    aims: { offer: () => undefined, biasKw: () => 0 },
    onError: (error) => {
      throw error
    },
    ...more,
  })
  orders.start()
  running.push(orders)
  return orders
}

async function goTo(at: number): Promise<void> {
  // Step by step, as time goes: what an instant brings may ask for the next.
  for (let next = clock.now() + MINUTE_MS; next < at; next += MINUTE_MS) {
    clock.goTo(next)
    await queue.end()
  }
  clock.goTo(at)
  await queue.end()
}

async function accepted(orders: Orders, asked = request) {
  const placed = await orders.desk.placeOrder(asked, 'anna')
  if (!placed.ok) throw new Error(placed.order.refusal.detail)
  return placed.order
}

describe('an order that is judged', () => {
  /** Plans that are under way until they are let go, one after another. */
  function slowPlans() {
    const begun: (() => void)[] = []
    const plan = (...given: Parameters<PlanWith>) => planTogether(members)(...given)
    const planWith: PlanWith = async (demand) => {
      await new Promise<void>((resolve) => begun.push(resolve))
      // On the slots of the last turn, whenever the order was placed.
      return plan(demand, clock.now())
    }
    return { begun, planWith }
  }
  const begunAt = (begun: readonly unknown[], count: number) =>
    vi.waitFor(() => expect(begun).toHaveLength(count), { interval: 1 })

  it('lets a turn pass after the plan that is under way', async () => {
    const { begun, planWith } = slowPlans()
    const orders = await start({ planWith })
    const placed = orders.desk.placeOrder(request, 'anna')
    const done: string[] = []
    await begunAt(begun, 1)
    void queue.add(async () => void done.push('turn'))
    expect(done).toEqual([])
    begun[0]!()
    await begunAt(begun, 2)
    expect(done).toEqual(['turn'])
    begun[1]!()
    for (let k = 2; k < 7; k++) {
      const more = await Promise.race([placed.then(() => false), begunAt(begun, k + 1).then(() => true)])
      if (!more) break
      begun[k]!()
    }
    expect((await placed).ok).toBe(true)
  })

  it('is judged once more where a regular turn has passed meanwhile, and kept as of then', async () => {
    const { begun, planWith } = slowPlans()
    const orders = await start({ planWith })
    const placed = orders.desk.placeOrder({ ...request, kw: 5 }, 'anna')
    await begunAt(begun, 1)
    begun[0]!()
    void queue.add(async () => clock.goTo(START + 16 * MINUTE_MS))
    for (let k = 1; k < 9; k++) {
      const more = await Promise.race([placed.then(() => false), begunAt(begun, k + 1).then(() => true)])
      if (!more) break
      begun[k]!()
    }
    const answer = await placed
    expect(answer.ok && answer.order.baseline.start).toBe(START + 15 * MINUTE_MS)
  })
})

describe('an order that is accepted', () => {
  it('is kept with its baseline, told, written down and planned for at once', async () => {
    const orders = await start()
    const order = await accepted(orders, { ...request, note: 'pump 3' })
    expect(order).toMatchObject({ ...request, state: 'accepted', placedBy: 'anna', note: 'pump 3' })
    expect(orders.desk.orders()).toEqual([order])
    expect(told).toEqual([order])
    expect(replanned).toEqual([members])
    const [entry] = await recorder.audit(1)
    expect(entry).toMatchObject({ actor: 'anna', action: 'order' })
    expect(entry?.detail).toContain(order.id)
    const { orders: kept, shares } = await recorder.recover()
    expect(kept.map(({ id }) => id)).toEqual([order.id])
    expect(shares.map(({ building }) => building)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('runs, releases and is done at its instants, and each is kept', async () => {
    const orders = await start()
    const { id } = await accepted(orders)
    const states: string[] = []
    for (const hours of [0.9, 1, 2.9, 3, 6.9, 7]) {
      await goTo(START + hours * HOUR_MS)
      states.push(orders.desk.orders()[0]!.state)
    }
    expect(states).toEqual(['accepted', 'running', 'running', 'releasing', 'releasing', 'done'])
    expect(told.map(({ state }) => state)).toEqual(['accepted', 'running', 'releasing', 'done'])
    expect((await recorder.recover()).orders).toMatchObject([{ id, state: 'done' }])
    expect(orders.demand(clock.now()).isWanted).toBe(false)
  })

  it('limits the flow while it stands, and asks nothing of it afterwards', async () => {
    const orders = await start()
    await accepted(orders)
    const jobs = members.map((member) => jobOf(member, START))
    const limits = () => orders.demand(clock.now()).limits({ start: START, slots: SLOTS }, () => 0, jobs)
    expect(limits()).toHaveLength(2)
    expect(limits()[0]!.eurPerKw).toBeCloseTo(2 * 0.08 * 0.25, 12)
    await goTo(START + 7 * HOUR_MS)
    expect(limits()).toEqual([])
  })

  it('has the fleet planned anew at instants that no regular turn is near', async () => {
    const orders = await start()
    await accepted(orders, { ...request, from: request.from + 7 * MINUTE_MS })
    replanned.length = 0
    await goTo(request.from + 7 * MINUTE_MS)
    expect(replanned).toEqual([members])
    await goTo(request.until)
    expect(replanned).toHaveLength(1)
  })

  it('lets buildings return one by one, each held until its turn', async () => {
    const orders = await start()
    await accepted(orders)
    await goTo(request.until)
    replanned.length = 0
    const held = () => {
      const demand = orders.demand(clock.now())
      return members.filter((member) => {
        const job = jobOf(member, clock.now(), { heatKw: 20 })
        return demand.jobOf(member, job).maxHeatKw[0]! < job.maxHeatKw[0]!
      })
    }
    const first = held()
    expect(first.length).toBeGreaterThan(1)
    await goTo(request.until + 31 * MINUTE_MS)
    expect(held()).toEqual([])
    const returned = replanned.flat().map(({ building }) => building.id)
    expect(returned.toSorted()).toEqual(['a', 'b', 'c', 'd'])
    expect(replanned.length).toBeGreaterThan(1)
  })

  it('goes on after a restart with the same baseline, and ends what ended meanwhile', async () => {
    const order = await accepted(await start())
    running.pop()?.stop()
    clock.goTo(START + 2 * HOUR_MS)
    const again = await start()
    await goTo(clock.now() + 2)
    const [kept] = again.desk.orders()
    expect(kept).toMatchObject({ id: order.id, state: 'running' })
    expect(kept?.state !== 'refused' && kept?.baseline.flowKw.length).toBe(order.baseline.flowKw.length)
    running.pop()?.stop()
    clock.goTo(START + 9 * HOUR_MS)
    const later = await start()
    await goTo(clock.now() + 2)
    expect(later.desk.orders()[0]).toMatchObject({ state: 'done' })
  })

  it('can be cancelled, once', async () => {
    const orders = await start()
    const { id } = await accepted(orders)
    await goTo(START + 2 * HOUR_MS)
    expect(await orders.desk.cancelOrder(id, 'anna')).toBe('done')
    expect(orders.desk.orders()[0]).toMatchObject({ state: 'cancelled', endedAt: clock.now() })
    expect(orders.demand(clock.now()).isWanted).toBe(false)
    expect(await orders.desk.cancelOrder(id, 'anna')).toBe('over')
    expect(await orders.desk.cancelOrder('reduce-0', 'anna')).toBe('unknown-order')
    expect((await recorder.audit(9)).map(({ detail }) => detail.split(':')[0])).toContain(`${id} cancelled`)
    const job = jobOf(members[0]!, clock.now(), { heatKw: 20 })
    const held = members.filter(
      (member) => orders.demand(clock.now()).jobOf(member, job).maxHeatKw[0]! < job.maxHeatKw[0]!,
    )
    expect(held.length).toBeGreaterThan(0)
  })
})

describe('an order that is refused', () => {
  it('is kept with its reason and what can be had, and changes nothing', async () => {
    const orders = await start()
    const placed = await orders.desk.placeOrder({ ...request, kw: 5000 }, 'anna')
    expect(placed.ok).toBe(false)
    expect(placed.order).toMatchObject({ state: 'refused', refusal: { code: 'more-than-deliverable' } })
    expect(orders.desk.orders()).toEqual([placed.order])
    expect((await recorder.recover()).orders).toEqual([placed.order])
    expect((await recorder.audit(1))[0]?.detail).toContain('refused: more-than-deliverable')
    expect(replanned).toEqual([])
    expect(await orders.desk.cancelOrder(placed.order.id, 'anna')).toBe('over')
  })

  it.each([
    { asked: { from: START - 2 * HOUR_MS, until: START - HOUR_MS }, code: 'in-the-past' },
    { asked: { until: START + 17 * HOUR_MS }, code: 'beyond-horizon' },
    { asked: { branch: 'north' }, code: 'unknown-branch' },
    { asked: { kw: Number.NaN }, code: 'kw-out-of-range' },
  ])('for $code never asks for a plan', async ({ asked, code }) => {
    const orders = await start({ planWith: () => Promise.reject(new Error('asked')) })
    const placed = await orders.desk.placeOrder({ ...request, ...asked }, 'anna')
    expect(placed.ok ? undefined : placed.order.refusal.code).toBe(code)
  })

  it('may be asked of nobody: all are protected, or none is steered', async () => {
    const orders = await start({ isAskable: () => false })
    const placed = await orders.desk.placeOrder(request, 'anna')
    expect(placed.order).toMatchObject({ refusal: { code: 'nobody-to-ask', deliverableKw: 0 } })
  })

  it('contradicts one that stands', async () => {
    const orders = await start()
    const { id } = await accepted(orders)
    const placed = await orders.desk.placeOrder({ ...request, kind: 'increase' }, 'anna')
    expect(placed.order).toMatchObject({ refusal: { code: 'contradictory' } })
    expect(placed.ok ? '' : placed.order.refusal.detail).toContain(id)
  })

  it('is refused where no plan comes about, and where a planner fails it is said who asked in vain', async () => {
    const silent = await start({ planWith: async () => undefined })
    expect((await silent.desk.placeOrder(request, 'anna')).order).toMatchObject({
      refusal: { code: 'not-planned' },
    })
    const broken = await start({ planWith: () => Promise.reject(new Error('the worker died')) })
    await expect(broken.desk.placeOrder(request, 'anna')).rejects.toThrow('the worker died')
  })
})

describe('a quote', () => {
  it('says what would be promised and how much could be, and leaves no trace', async () => {
    const orders = await start()
    const quote = await orders.desk.quoteOrder(request)
    expect(quote).toMatchObject({ refusal: null, promised: { kw: 20 } })
    expect(quote.deliverableKw).toBeGreaterThan(20)
    expect([orders.desk.orders(), told, replanned, await recorder.audit(9)]).toEqual([[], [], [], []])
  })
})

describe('two orders', () => {
  it('of one second have names of their own', async () => {
    const orders = await start()
    const first = await accepted(orders, { ...request, kw: 5 })
    const second = await accepted(orders, { ...request, kw: 6 })
    expect(new Set([first.id, second.id]).size).toBe(2)
  })

  it('add up: the second is held under what the first leaves', async () => {
    const orders = await start()
    const first = await accepted(orders)
    const second = await accepted(orders)
    const k = (request.from - START) / SLOT_MS + 2
    expect(second.baseline.flowKw[k]! - first.baseline.flowKw[k]!).toBeLessThan(-19)
  })

  it('are both planned for, but an increase ends where an emergency comes', async () => {
    const orders = await start()
    const { id } = await accepted(orders, { ...request, kind: 'increase' })
    const emergency = await accepted(orders, { ...request, kind: 'emergency', kw: 0 })
    expect(orders.desk.orders().map((order) => [order.id, order.state])).toEqual(
      expect.arrayContaining([
        [id, 'cancelled'],
        [emergency.id, 'accepted'],
      ]),
    )
    expect(emergency.promised.kw).toBeGreaterThan(30)
    await goTo(request.from)
    expect(orders.isScarce(members[0]!, clock.now())).toBe(true)
  })
})

describe('what an order takes from buildings', () => {
  it('is counted from the plan without it, and written down when it is done', async () => {
    const orders = await start({ metered: () => ({ totalKw: 30, spaceKw: 5 }) })
    const { id } = await accepted(orders)
    for (let at = START + SLOT_MS; at <= START + 7.5 * HOUR_MS; at += SLOT_MS) {
      await goTo(at)
      orders.settle(at + 20_000)
    }
    const { gini, buildings } = orders.desk.ledger()
    expect(buildings).toHaveLength(4)
    for (const { takenKh } of buildings) expect(takenKh).toBeGreaterThan(0.05)
    expect(gini).toBeLessThan(0.5)
    for (const member of members) expect(member.givenKh.size).toBe(0)
    const [order] = orders.desk.orders()
    expect(order).toMatchObject({ id, state: 'done' })
    const metered = order?.state === 'refused' ? [] : Array.from(order!.measured.meteredKw)
    expect(metered.slice(0, 20)).toEqual(Array(20).fill(120))
  })

  it('is not known where more meters are silent than speak', async () => {
    const orders = await start({
      metered: ({ building }) => (building.id === 'a' ? { totalKw: 30, spaceKw: 25 } : undefined),
    })
    await accepted(orders)
    orders.settle(START + SLOT_MS + 20_000)
    const [order] = orders.desk.orders()
    expect(order?.state !== 'refused' && order?.measured.meteredKw[0]).toBeNaN()
    expect(orders.desk.ledger().buildings.map(({ building }) => building)).toEqual(['a'])
  })

  it('counts a silent meter as on its curve, not as given', async () => {
    const orders = await start({
      metered: ({ building }) => (building.id === 'd' ? undefined : { totalKw: 30, spaceKw: 25 }),
    })
    await accepted(orders)
    orders.settle(START + SLOT_MS + 20_000)
    const [order] = orders.desk.orders()
    expect(order?.state !== 'refused' && order?.measured.meteredKw[0]).toBe(140)
  })
})

/** Prices that some houses can make more of than others. */
const UNSTEADY = Float64Array.from({ length: SLOTS }, (_, k) => 0.08 + 0.04 * Math.sin(k / 15 - 0.6))

describe('ten orders', () => {
  /** Kelvin-hours of each after ten orders, had each been carried out as it was planned. */
  async function ledgerAfterTen(fairness: number): Promise<number> {
    const settings = { ...DEFAULT_ORDER_SETTINGS, fairness }
    const planWith = (demand: OrderDemand, now: number) =>
      planTogether(members, { eurPerKwh: UNSTEADY })(demand, now)
    const orders = await start({ settings, planWith, metered: (member) => asPlanned(member) })
    let spaceKw = new Map<string, Float64Array>()
    let plannedFrom = START
    function asPlanned({ building }: Member) {
      const k = Math.round((clock.now() - SLOT_MS - plannedFrom) / SLOT_MS)
      const kw = spaceKw.get(building.id)?.[k]
      return kw === undefined ? undefined : { totalKw: kw, spaceKw: kw }
    }
    for (let n = 0; n < 10; n++) {
      const from = clock.now() + HOUR_MS
      const placed = await orders.desk.placeOrder({ ...request, kw: 25, from, until: from + HOUR_MS }, 'test')
      if (!placed.ok) throw new Error(placed.order.refusal.detail)
      const planned = await planWith(orders.demand(clock.now()), clock.now())
      plannedFrom = clock.now()
      spaceKw = new Map(planned!.schedules.map(({ building, heatKw }) => [building, heatKw]))
      for (let k = 1; k <= 24; k++) {
        clock.goTo(plannedFrom + k * SLOT_MS)
        await queue.end()
        orders.settle(clock.now())
      }
    }
    return orders.desk.ledger().gini
  }

  it('fall on all more alike where those who gave are spared', async () => {
    const blind = await ledgerAfterTen(0)
    const fair = await ledgerAfterTen(2)
    expect(fair).toBeLessThan(0.8 * blind)
  }, 60_000)
})
