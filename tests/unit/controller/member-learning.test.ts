import { describe, expect, it } from 'vitest'
import { identificationView } from '../../../src/controller/identification-view.ts'
import type { Member } from '../../../src/controller/member.ts'
import { gateTexts, learnerSteering } from '../../../src/controller/member-learning.ts'
import { restoreFleet } from '../../../src/controller/restore-fleet.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import type { Override } from '../../../src/core/domain/lease.ts'
import { noteNight } from '../../../src/core/state/learned-model.ts'
import { nightFit } from '../../../src/core/state/night-fit.ts'
import { house, houseJob } from '../core/state/learned-house.ts'

const NOW = Date.UTC(2024, 0, 18, 9)
const empty = { leases: new Map(), plans: new Map(), acks: new Map(), beliefs: new Map(), modes: new Map() }
const recorder = {
  recover: async () => ({
    ...empty,
    overrides: [],
    orders: [],
    shares: [],
    learned: new Map(),
    lastTurnAt: undefined,
  }),
}
const { fleet } = await restoreFleet([house], recorder, NOW)
const fresh = fleet.get(house.id)!
const learned = noteNight(undefined, nightFit(houseJob(9)), NOW - HOUR_MS)
const plan = { kind: 'plan' } as const

/** Unlearned, with its coldest room at `coldestC`. */
function memberAt(coldestC: number, more: Partial<Member> = {}): Member {
  const { belief } = fresh.timeline
  const comfort = { coldestC, lowestC: coldestC, meanC: coldestC, warmestC: coldestC, zones: 3 }
  return { ...fresh, timeline: { ...fresh.timeline, belief: { ...belief, comfort } }, ...more }
}

/** What it is set to in each quarter-hour of ten days. */
function offsets(member: Member): number[] {
  return Array.from({ length: 960 }, (_, k) => {
    const steering = learnerSteering(member, plan, NOW + k * SLOT_MS)
    return steering.kind === 'excite' ? steering.supplyOffsetK : 0
  })
}

describe('a building whose model is to be learned', () => {
  it('is moved both ways while rooms are comfortable, and nothing is planned', () => {
    const seen = offsets(memberAt(21.5))
    expect(new Set(seen)).toEqual(new Set([-3, 3]))
    const changes = seen.filter((offset, k) => k > 0 && offset !== seen[k - 1]).length
    expect(changes).toBeGreaterThan(10)
    expect(changes).toBeLessThan(10 * 6)
  })

  it.each([
    { room: 'under its band', coldestC: 19.5, set: [0] },
    { room: 'near the lower edge', coldestC: 20.35, set: [0, 3] },
    { room: 'near the upper edge', coldestC: 22.9, set: [-3, 0] },
  ])('is not moved further where a room is $room', ({ coldestC, set }) => {
    expect([...new Set(offsets(memberAt(coldestC)))].sort((a, b) => a - b)).toEqual(set)
  })

  it('rests on its curve, with the reason, where it is not moved', () => {
    expect(learnerSteering(memberAt(19.5), plan, NOW)).toEqual({ kind: 'curve', why: 'not-learned' })
  })

  it('is moved only where its actuator can go', () => {
    const actuator = { ...house.actuator, kind: 'heatLimitKw' } as const
    const member = memberAt(21.5, { building: { ...house, actuator } })
    expect(new Set(offsets(member))).toEqual(new Set([-3, 0]))
    const gentle = memberAt(21.5, {
      building: { ...house, actuator: { ...house.actuator, min: -2, max: 2 } },
    })
    expect(new Set(offsets(gentle))).toEqual(new Set([-2, 2]))
  })

  it('is left alone by experiments while a resident has a wish', () => {
    const wish: Override = {
      building: house.id,
      kind: 'warmer',
      deltaK: 1,
      untilAt: NOW + 20 * DAY_MS,
      by: 'resident',
    }
    expect(new Set(offsets(memberAt(21.5, { overrides: [wish] })))).toEqual(new Set([0]))
  })

  it('spends no more writes than leave some to whoever steers in earnest', () => {
    const writes = Array.from({ length: 10 }, (_, k) => NOW - k * HOUR_MS)
    expect(learnerSteering(memberAt(21.5, { writes }), plan, NOW).kind).toBe('curve')
  })

  it('is planned for once the gate is open, but no sooner than plans begin', () => {
    const member = memberAt(21.5, { learned })
    expect(gateTexts(member)).toEqual([])
    expect(learnerSteering(member, plan, NOW)).toBe(plan)
    expect(learnerSteering(member, plan, NOW, NOW + 1).kind).toBe('excite')
  })

  it('follows who may overrule a plan whatever it knows', () => {
    const hold = { kind: 'hold', supplyOffsetK: 2 } as const
    expect(learnerSteering(memberAt(21.5), hold, NOW)).toBe(hold)
  })

  it('is planned for at once where its model was given, or where no room is measured', () => {
    const given = memberAt(21.5, { building: { ...house, learnsModel: undefined } })
    expect(learnerSteering(given, plan, NOW)).toBe(plan)
    expect(identificationView(given)).toBeNull()
  })

  it('shows what is known and what is lacking', () => {
    expect(identificationView(memberAt(21.5))).toMatchObject({
      gate: 'shut',
      reasons: [{ code: 'too-few-data' }],
      heatLossKwPerK: null,
    })
    const view = identificationView(memberAt(21.5, { learned }))
    expect(view).toMatchObject({ gate: 'open', reasons: [], learnedAt: NOW - HOUR_MS })
    expect(view?.heatLossKwPerK?.low).toBeLessThan(view?.heatLossKwPerK?.value ?? 0)
    expect(view?.dayAheadRmseK).toBeGreaterThan(0)
  })
})
