import { beforeEach, describe, expect, it } from 'vitest'
import { type BranchMisses, createBranchMisses } from '../../../src/controller/branch-misses.ts'
import type { Member } from '../../../src/controller/member.ts'
import type { Outlook } from '../../../src/controller/outlook.ts'
import { memberFlow } from '../../../src/controller/plant-outlook.ts'
import { HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { NOTHING_KEPT } from '../../fixtures/nothing-kept.ts'
import { membersOf } from './orders/planned-fleet.ts'

const START = Date.UTC(2026, 0, 12, 0)
const SLOTS = 8
const flat = (value: number) => new Float64Array(SLOTS).fill(value)
const provenance = { source: 'test', kind: 'measured', issuedAt: START } as const

function outlookAt(start: number): Outlook {
  return {
    start,
    slots: SLOTS,
    timeZone: 'UTC',
    prices: {
      start,
      eurPerMwh: flat(50),
      lowEurPerMwh: flat(Number.NaN),
      highEurPerMwh: flat(Number.NaN),
      knownUntil: start + SLOTS * SLOT_MS,
      bridged: [],
      provenance,
      beyond: 'profile',
    },
    outdoorC: flat(-5),
    solarWm2: flat(0),
    weather: { start, outdoorC: flat(-5), solarWm2: flat(0), windMs: flat(0), provenance },
    issued: [],
    dayMeanOutdoorC: -5,
  }
}

let members: readonly Member[]
let kept: Map<string, string>
const start = (): BranchMisses =>
  createBranchMisses({ timeZone: 'UTC', kept, keep: ({ name, json }) => void kept.set(name, json) })

beforeEach(async () => {
  kept = new Map()
  members = await membersOf(['a', 'b'], { recover: async () => NOTHING_KEPT }, START)
})

/** What the meter of each said at the end of a quarter-hour. */
function metered(at: number, moreKw: number): void {
  for (const member of members) {
    const expectedKw = memberFlow(member, false, outlookAt(at - SLOT_MS), at - SLOT_MS).anywayKw[0]!
    const { timeline } = member
    const { belief } = timeline
    const heat = { ...belief.heat, at, totalKw: expectedKw + moreKw }
    member.timeline = { ...timeline, belief: { ...belief, at, heat } }
  }
}

/** So many quarter-hours in which each building takes so much more than expected; gives the last instant. */
function live(misses: BranchMisses, slots: number, moreKw: number, movedKw = 0): number {
  for (let k = 0; k < slots; k++) {
    const at = START + k * SLOT_MS
    misses.expect(members, outlookAt(at), at)
    for (const member of members) misses.move(member, movedKw, at)
    metered(at + SLOT_MS, moreKw)
    misses.learn(members, at + SLOT_MS)
  }
  return START + slots * SLOT_MS
}

/** What is fixed in the next plan of a network without branches, where 100 kW were. */
function fixedAfter(misses: BranchMisses, at: number): number {
  const node = { parent: -1, fixedKw: flat(100), capKw: flat(500), lossRatio: 0, delaySteps: 0 }
  const job = { nodes: [node], nodeOf: new Map() }
  return misses.applied(job, at).nodes[0]!.fixedKw[0]!
}

describe('what the meters of a branch show beyond what was expected of them', () => {
  it('is in the next plan, and in what is looked after between plans', () => {
    const misses = start()
    const at = live(misses, 12, 3)
    expect(fixedAfter(misses, at)).toBeGreaterThan(103)
    expect(fixedAfter(misses, at)).toBeLessThan(108)
    expect(misses.aheadKw(() => true, at)).toBeCloseTo(fixedAfter(misses, at) - 100, 6)
    expect(misses.aheadKw((branch) => branch !== '', at)).toBe(0)
  })

  it('is gone on with after a restart', () => {
    const misses = start()
    const at = live(misses, 12, 3)
    expect(at % HOUR_MS).toBe(0)
    expect(fixedAfter(misses, at)).toBeGreaterThan(103)
    expect(fixedAfter(start(), at)).toBe(fixedAfter(misses, at))
  })

  it('is learned anew where the store has what nobody understands', () => {
    kept.set('flow-misses', '{"north":{"hourlyKw":[1]}}')
    expect(fixedAfter(start(), START)).toBe(100)
  })

  it('is not what the fast loop moved', () => {
    const misses = start()
    const at = live(misses, 12, -3, -3)
    const unaware = start()
    expect(fixedAfter(unaware, live(unaware, 12, -3))).toBeLessThan(97)
    expect(Math.abs(fixedAfter(misses, at) - 100)).toBeLessThan(0.01)
  })
})
