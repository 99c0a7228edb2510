import { afterEach, describe, expect, it } from 'vitest'
import { LOOK_MS } from '../../../../src/controller/tracking/tracking.ts'
import { MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import { buildingYaml, productConfig } from '../../../fixtures/product.ts'
import { START, type TrackedHouses, trackedHouses } from './tracked-houses.ts'

const IDS = ['b-1', 'b-2', 'b-3', 'b-4', 'b-5', 'b-6']
/** A minute after a regular turn; until then what houses take is learned. */
const BETWEEN = START + 73 * MINUTE_MS
let street: TrackedHouses | undefined
afterEach(() => street?.stop())

/** Six houses that take 540 kW on their curves, all on one branch. */
async function under(network: string): Promise<TrackedHouses> {
  const onNorth = (yaml: string) => yaml.replace('curve:', 'branch: north, curve:')
  const others = IDS.slice(1).map((id) => onNorth(buildingYaml(id)))
  street = await trackedHouses(
    `${onNorth(productConfig(['b-1']))}${others.join('\n')}\nnetwork: ${network}`,
    IDS,
  )
  return street
}

const sumOf = (offsets: ReadonlyMap<string, number>) => [...offsets.values()].reduce((sum, k) => sum + k, 0)

describe('a cap on a branch', () => {
  it('is left alone while plans stay far below it', async () => {
    const here = await under('{ branches: [{ id: north, capKw: 1100 }] }')
    await here.go(BETWEEN, LOOK_MS)
    expect(here.controller.desk.commitments()).toEqual([])
    expect(here.leases.filter(({ reason }) => reason === 'network-limit')).toEqual([])
  })

  it('is looked after between plans that come near to it: others take the share of a house that is gone', async () => {
    const here = await under('{ branches: [{ id: north, capKw: 480 }] }')
    await here.go(BETWEEN)
    expect(here.controller.desk.orders()).toEqual([])
    // Rooms are within their band: that they are warm enough would be no reason.
    expect([...here.houses.values()].map(({ mode, reason }) => [mode, reason])).not.toContainEqual([
      'auto',
      'comfort-high',
    ])
    expect(here.controller.desk.commitments()).toMatchObject([{ id: 'cap:north', dropped: [] }])
    expect(here.controller.desk.commitments()[0]?.committedKw).toBeCloseTo(480, 6)
    const said = here.leases.length
    expect(await loseOne(here)).toBeLessThan(0)
    const news = here.leases.slice(said)
    expect(news.map(({ id }) => id)).not.toContain('b-1')
    // It is the plan's own limit: nobody ordered anything.
    expect(new Set(news.map(({ mode, reason }) => `${mode} ${reason}`))).toEqual(
      new Set(['auto network-limit']),
    )
    expect(here.controller.desk.commitments()).toMatchObject([{ dropped: ['b-1'] }])
  })

  it('is kept from what meters show beyond the plan too, and one on the plant knows of the moves', async () => {
    const here = await under('{ capKw: 485, branches: [{ id: north, capKw: 480 }] }')
    await here.go(BETWEEN)
    const before = here.controller.desk.commitments()[0]!
    const beforeK = sumOf(here.told())
    for (const house of here.houses.values()) house.heatKw += 15
    await here.go(BETWEEN + 11 * MINUTE_MS, LOOK_MS)
    const [plant, north] = here.controller.desk.commitments()
    expect([plant?.id, north?.id]).toEqual(['cap', 'cap:north'])
    expect(plant!.biasKw).toBeGreaterThan(before.biasKw)
    expect(sumOf(here.told())).toBeLessThan(beforeK)
    // The same houses: what the one moved is no news to the other.
    expect(north!.estimatedKw).toBeCloseTo(plant!.estimatedKw, 0)
  })
})

/** How far all houses together were lowered within a minute after one was lost, K. */
async function loseOne(here: TrackedHouses): Promise<number> {
  const beforeK = sumOf(here.told())
  here.houses.get('b-1')!.isAway = true
  await here.receive('b-1', 'status', { state: 'offline', session: 9, at: here.clock.now() })
  await here.go(here.clock.now() + 2 * LOOK_MS, LOOK_MS)
  return sumOf(here.told()) - beforeK
}
