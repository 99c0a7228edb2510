import { describe, expect, it } from 'vitest'
import type { BuildingSummary } from '../../../src/console/api-types.ts'
import { sortBuildings } from '../../../src/console/sort-buildings.ts'
import { severity, troubles } from '../../../src/console/trouble.ts'
import { createFixtureDesk } from '../../fixtures/desk.ts'
import { DESK_NOW } from '../../fixtures/desk-curves.ts'

const MINUTE_MS = 60_000
const fleet: readonly BuildingSummary[] = createFixtureDesk().fleet().buildings
const calm = fleet.find(({ id }) => id === 'satama-1')!

describe('trouble', () => {
  it('finds none in a calm building', () => {
    expect(troubles(calm, DESK_NOW)).toEqual([])
  })

  it.each<{ change: Partial<BuildingSummary>; worst: number; text: string }>([
    { change: { lastSampleAt: null }, worst: 3, text: 'no telemetry yet' },
    { change: { lastSampleAt: DESK_NOW - 46 * MINUTE_MS }, worst: 3, text: 'telemetry lost' },
    { change: { steeredBy: 'lost' }, worst: 3, text: 'telemetry lost' },
    { change: { coldestC: 19.4 }, worst: 3, text: 'too cold' },
    { change: { coldestC: 19.6 }, worst: 1, text: 'cool' },
    { change: { warmestC: 24.1 }, worst: 1, text: 'too warm' },
    { change: { online: false }, worst: 2, text: 'offline' },
    { change: { lease: { ...calm.lease!, validUntil: DESK_NOW } }, worst: 2, text: 'lease lapsed' },
    { change: { ack: { ...calm.ack!, state: 'rejected' } }, worst: 2, text: 'setpoint rejected' },
    { change: { ack: { ...calm.ack!, state: 'limited' } }, worst: 1, text: 'setpoint limited' },
    { change: { flags: ['sensor-stuck'] }, worst: 1, text: 'sensor stuck' },
    { change: { rejected: 3 }, worst: 1, text: '3 refused' },
  ])('calls $change "$text", of severity $worst', ({ change, worst, text }) => {
    expect(troubles({ ...calm, ...change }, DESK_NOW)).toEqual([{ severity: worst, text }])
  })

  it('says the same thing once, and the worst first', () => {
    const building = { ...calm, steeredBy: 'lost' as const, flags: ['telemetry-lost'], rejected: 1 }
    expect(troubles(building, DESK_NOW).map(({ text }) => text)).toEqual(['telemetry lost', '1 refused'])
  })

  it('does not call an operator’s own lapsed lease a fault', () => {
    const lease = { ...calm.lease!, validUntil: DESK_NOW }
    expect(severity({ ...calm, lease, mode: { kind: 'curve' } }, DESK_NOW)).toBe(0)
  })
})

describe('the order of buildings', () => {
  const names = (key: Parameters<typeof sortBuildings>[1]['key'], descending: boolean) =>
    sortBuildings(fleet, { key, descending }, DESK_NOW).map(({ name }) => name)

  it('puts trouble first', () => {
    expect(names('trouble', true).slice(0, 3)).toEqual(['Myllymäki row 2', 'Raastuvankatu 5', 'Leirikatu 4'])
  })

  it('leaves the unknown at the end whichever way', () => {
    expect(names('coldest', false).at(-1)).toBe('Myllymäki row 3')
    expect(names('coldest', true).at(-1)).toBe('Myllymäki row 3')
    expect(names('heat', true).at(-1)).toBe('Myllymäki row 2')
  })

  it('keeps every building, and the list it was given', () => {
    const before = fleet.map(({ id }) => id)
    for (const key of [
      'trouble',
      'name',
      'steeredBy',
      'coldest',
      'heat',
      'offset',
      'ack',
      'refused',
    ] as const) {
      expect(names(key, true).toSorted()).toEqual(fleet.map(({ name }) => name).toSorted())
    }
    expect(fleet.map(({ id }) => id)).toEqual(before)
  })
})
