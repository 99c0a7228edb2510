import { describe, expect, it } from 'vitest'
import { orderView } from '../../../src/adapters/http/order-view.ts'
import { type DeskState, deskState, NOTHING_YET } from '../../../src/console/desk-state.ts'
import { createFixtureDesk } from '../../fixtures/desk.ts'
import { DESK_NOW } from '../../fixtures/desk-curves.ts'

const fleet = createFixtureDesk().fleet()
const state: DeskState = { ...NOTHING_YET, fleet, at: DESK_NOW, connection: 'live' }
const [first] = fleet.buildings

describe('the state of the page', () => {
  it('moves the fleet’s sum with a building', () => {
    const building = { ...first, heatKw: (first.heatKw ?? 0) + 10, curveHeatKw: null }
    const after = deskState(state, { type: 'building', building }).fleet
    expect(after?.heatKw).toBeCloseTo((fleet.heatKw ?? 0) + 10, 9)
    expect(after?.curveHeatKw).toBeCloseTo((fleet.curveHeatKw ?? 0) - (first.curveHeatKw ?? 0), 9)
    expect(after?.buildings.map(({ id }) => id)).toEqual(fleet.buildings.map(({ id }) => id))
  })

  it('takes in a building that was not there', () => {
    const building = { ...first, id: 'new', heatKw: 5, curveHeatKw: 5 }
    const after = deskState(state, { type: 'building', building }).fleet
    expect([after?.buildings.length, after?.heatKw]).toEqual([21, (fleet.heatKw ?? 0) + 5])
  })

  it('keeps its figures when the connection is lost, and is live at the next beat', () => {
    const lost = deskState(state, { type: 'lost' })
    expect([lost.connection, lost.at, lost.fleet]).toEqual(['lost', DESK_NOW, fleet])
    expect(deskState(lost, { type: 'beat', at: DESK_NOW + 5 })).toMatchObject({
      connection: 'live',
      at: DESK_NOW + 5,
    })
  })

  it('puts a new order first, and one that it knows in its place', () => {
    const [running, refused] = createFixtureDesk().orders().map(orderView)
    if (!running || !refused) throw new Error('the fixture has two orders')
    const one = deskState(state, { type: 'order', order: refused })
    const two = deskState(one, { type: 'order', order: running })
    const ended = deskState(two, { type: 'order', order: { ...refused, state: 'done' } })
    expect(two.orders.map(({ id }) => id)).toEqual(['k-1', 'k-2'])
    expect(ended.orders.map(({ id, state: is }) => [id, is])).toEqual([
      ['k-1', 'running'],
      ['k-2', 'done'],
    ])
  })

  it('keeps the last hundred refusals, newest first', () => {
    const [rejection] = createFixtureDesk().rejected(1)
    let after = state
    for (let at = 0; at < 150; at++)
      after = deskState(after, { type: 'rejected', rejection: { ...rejection, at } })
    expect([after.rejected.length, after.rejected[0].at]).toEqual([100, 149])
  })
})
