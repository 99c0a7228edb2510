import { beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '../../../../src/controller/member.ts'
import { networkPlaces } from '../../../../src/controller/orders/network-places.ts'
import { type DemandFacts, orderDemand } from '../../../../src/controller/orders/order-demand.ts'
import { NO_BURDEN } from '../../../../src/core/plan/orders/fairness.ts'
import { DEFAULT_ORDER_SETTINGS } from '../../../../src/core/plan/orders/order-settings.ts'
import { NOTHING_KEPT } from '../../../fixtures/nothing-kept.ts'
import { at, START as NOW, standingOrder } from '../../core/plan/orders/standing-order.ts'
import { jobOf, membersOf } from './planned-fleet.ts'

let members: readonly Member[]
let facts: DemandFacts
beforeAll(async () => {
  members = await membersOf(['a', 'b', 'c'], { recover: async () => NOTHING_KEPT }, NOW)
  const [a, b] = members
  a!.building = { ...a!.building, branch: 'hill' }
  b!.building = { ...b!.building, branch: 'south', priority: 'protected' }
  facts = {
    members,
    orders: [standingOrder()],
    ending: [],
    shareOf: () => undefined,
    settings: DEFAULT_ORDER_SETTINGS,
    places: networkPlaces([{ id: 'north' }, { id: 'hill', parent: 'north' }, { id: 'south' }]),
    timeZone: 'Europe/Helsinki',
    now: NOW,
  }
})

const changed = (demand: ReturnType<typeof orderDemand>) =>
  members.flatMap((member) => {
    const job = jobOf(member, NOW)
    return demand.jobOf(member, job) === job ? [] : [member.building.id]
  })

describe('what orders demand of a plan', () => {
  it('is nothing where there is none', () => {
    const demand = orderDemand({ ...facts, orders: [] })
    expect([demand.isWanted, changed(demand)]).toEqual([false, []])
    expect(demand.limits({ start: NOW, slots: 8 }, () => 0, [])).toEqual([])
  })

  it('concerns the buildings under its branch', () => {
    const on = (branch: string | undefined) =>
      changed(orderDemand({ ...facts, orders: [standingOrder({ branch })] }))
    expect(on(undefined)).toEqual(['a', 'b', 'c'])
    expect(on('north')).toEqual(['a'])
    expect(on('south')).toEqual(['b'])
  })

  it('leaves protected buildings their heat, and holds their comfort dearest', () => {
    const demand = orderDemand(facts)
    const [a, b] = members.map((member) => demand.jobOf(member, jobOf(member, NOW)))
    const k = 10
    expect(a!.minHeatKw[k]).toBeLessThan(a!.curveHeatKw[k]!)
    expect(b!.minHeatKw[k]).toBe(b!.curveHeatKw[k])
    expect(members.map((member) => demand.weightOf(member))).toEqual([1, 8, 1])
  })

  it('spares who gave more than most, by where its rooms would be', () => {
    const [a] = members
    a!.burden = { ...NO_BURDEN, takenKh: 5 }
    const share = { start: NOW, indoorC: new Float64Array(64).fill(22) }
    const job = jobOf(a!, NOW)
    const spared = orderDemand({ ...facts, shareOf: () => share }).jobOf(a!, job).minC[10]!
    const unknown = orderDemand(facts).jobOf(a!, job).minC[10]!
    expect(spared).toBeGreaterThan(21.5)
    expect(unknown).toBe(job.minC[10])
    expect(orderDemand(facts).weightOf(a!)).toBeGreaterThan(2)
    a!.burden = NO_BURDEN
  })

  it('is worth twice the dearest heat ahead, and something where heat is free', () => {
    const grid = { start: NOW, slots: 32 }
    const worth = (eur: number) => {
      const eurPerKwh = new Float64Array(32).fill(0.01)
      eurPerKwh[7] = eur
      const jobs = [jobOf(members[0]!, NOW, { eurPerKwh })]
      return orderDemand(facts).limits(grid, () => 0, jobs)[0]?.eurPerKw
    }
    expect(worth(5)).toBeCloseTo(2 * 5 * 0.25, 12)
    expect(worth(-0.5)).toBeCloseTo(2 * 0.05 * 0.25, 12)
  })

  it('holds a building where it is until its turn to return', () => {
    const ended = standingOrder({ from: at(-2), until: NOW, state: 'releasing' })
    const demand = orderDemand({ ...facts, orders: [], ending: [ended] })
    const [a] = members
    const job = jobOf(a!, NOW, { heatKw: 25 })
    expect(demand.jobOf(a!, job).maxHeatKw[0]).toBe(25)
    const later = orderDemand({ ...facts, orders: [], ending: [ended], now: at(1) })
    expect(later.jobOf(a!, job)).toBe(job)
  })
})
