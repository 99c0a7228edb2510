import { beforeEach, describe, expect, it } from 'vitest'
import { fullPipes } from '../../../src/controller/full-pipes.ts'
import type { Member } from '../../../src/controller/member.ts'
import type { PlannedFlows } from '../../../src/controller/plan-together.ts'
import { SLOT_MS } from '../../../src/core/domain/instant.ts'
import { NOTHING_KEPT } from '../../fixtures/nothing-kept.ts'
import { membersOf } from './orders/planned-fleet.ts'

const START = Date.UTC(2026, 0, 12, 6)
const branch = (id: string, parent?: string) => ({ id, parent, lossRatio: 0, delayMinutes: 0 })
const production = {
  network: {
    branches: [branch('north'), branch('far-north', 'north'), branch('south')],
    peakEurPerKw: 0,
    supply: [{ outdoorC: 0, supplyC: 80 }],
    objective: 'owner',
  },
  emissions: { eurPerT: 0, electricityEurPerT: 0 },
} as const
const row = (...kw: readonly number[]) => Float64Array.from(kw)
const NONE = row(Infinity, Infinity, Infinity)

/** The north is full in the first two slots and again in none, the plant never. */
const flows: PlannedFlows = {
  start: START,
  nodeOf: new Map([
    ['north', 1],
    ['far-north', 2],
    ['south', 3],
  ]),
  levelsKwh: new Map(),
  capKw: [row(900, 900, 900), row(400, 400, 400), NONE, NONE],
  hasFlows: true,
  isPriced: false,
  plan: {
    nodeEurPerKwh: [],
    flowKw: [row(800, 800, 800), row(400, 399, 300), row(100, 100, 100), row(50, 50, 50)],
    sourceKw: [],
    stores: [],
    certificate: {
      status: 'solved',
      iterations: 1,
      upperEur: 0,
      lowerEur: 0,
      gap: 0,
      violation: [],
      limitExcessKw: [],
      co2ExcessKg: 0,
      excluded: [],
    },
  },
}

let member: Member
beforeEach(async () => {
  const [one] = await membersOf(['a'], { recover: async () => NOTHING_KEPT }, START)
  member = one!
})
const saidOn = (on: string | undefined, at = START) => {
  const standing = { ...member, building: { ...member.building, branch: on } }
  return fullPipes(production, flows, at, 'UTC')(standing)
}

describe('a pipe that is full', () => {
  it.each(['north', 'far-north'])('is why those behind it take less, until it no longer is: %s', (on) => {
    const said = saidOn(on)
    expect(said).toMatchObject({ mode: 'auto', reason: { code: 'network-limit' } })
    expect(said?.reason.text).toContain('06:30')
  })

  it.each(['south', undefined])('is no reason for others: %s', (on) => {
    expect(saidOn(on)).toBeUndefined()
  })

  it('is no reason once it is no longer full', () => {
    expect(saidOn('north', START + 2 * SLOT_MS)).toBeUndefined()
  })

  it('is none where nobody described the pipes, or no plan came about', () => {
    expect(fullPipes(undefined, flows, START, 'UTC')(member)).toBeUndefined()
    expect(fullPipes(production, undefined, START, 'UTC')(member)).toBeUndefined()
  })
})
