import { describe, expect, it } from 'vitest'
import { type Attempt, firstProven } from '../../../../src/adapters/workers/first-proven.ts'
import { PlannerError } from '../../../../src/adapters/workers/planner-error.ts'
import { createShardRest } from '../../../../src/adapters/workers/shard-rest.ts'
import { withoutPlan } from '../../../../src/core/math/fleet/fleet-plan.ts'
import type { FleetQpResult } from '../../../../src/core/math/fleet/fleet-qp.ts'

const none = withoutPlan({
  ...{ n: 2, members: [], nodes: [], sources: [], peakEurPerKw: 0, limits: [], co2CapKg: 0 },
})
const ended = (status: FleetQpResult['status'], gap: number): FleetQpResult => ({ ...none, status, gap })
const gives = (by: Attempt['by'], result: FleetQpResult): Attempt => ({ by, run: async () => result })
const falls = (by: Attempt['by'], error: Error): Attempt => ({ by, run: () => Promise.reject(error) })
const never: Attempt = falls(undefined, new Error('this was not to be tried'))

describe('ways to a plan of the fleet', () => {
  it('end with the first that is proven', async () => {
    const { result, mishaps } = await firstProven([gives('shard', ended('solved', 1e-5)), never])
    expect([result.gap, mishaps]).toEqual([1e-5, []])
  })

  it.each([
    { error: new PlannerError('died', 'it died'), what: 'shard-died' },
    { error: new PlannerError('silent', 'it hung'), what: 'shard-silent' },
    { error: new TypeError('a bug'), what: 'shard-died' },
  ])('go on where one falls ($what), with the cause', async ({ error, what }) => {
    const told = new Error(error.message, { cause: new Error('out of memory') })
    for (const thrown of [error, Object.assign(error, { cause: told.cause })]) {
      const { result, mishaps } = await firstProven([
        falls('shard', thrown),
        gives('kernel', ended('solved', 0)),
      ])
      expect(result.status).toBe('solved')
      expect(mishaps).toMatchObject([{ what, detail: expect.stringContaining(error.message) }])
    }
    const { mishaps } = await firstProven([falls('shard', error), gives('kernel', ended('solved', 0))])
    expect(mishaps[0]?.detail).toContain('out of memory')
  })

  it('end with the smallest gap where none is proven, and say who was not', async () => {
    const { result, mishaps } = await firstProven([
      gives('shard', ended('max-iterations', 0.02)),
      gives('kernel', ended('max-iterations', 0.01)),
      gives(undefined, ended('max-iterations', 0.03)),
    ])
    expect(result).toMatchObject({ status: 'max-iterations', gap: 0.01 })
    expect(mishaps.map(({ what }) => what)).toEqual(['shard-unproven', 'kernel-unproven'])
  })

  it('find nobody at fault where the numbers are none', async () => {
    const { result, mishaps } = await firstProven([gives('shard', none), gives('kernel', none)])
    expect([result.status, mishaps]).toEqual(['not-finite', []])
  })

  it('reject where not one gives a plan', async () => {
    const cause = new RangeError('memory')
    const told = firstProven([falls('shard', new Error('first')), falls('kernel', cause)])
    await expect(told).rejects.toMatchObject({ name: 'PlannerError', cause })
  })
})

describe('threads that are lost', () => {
  it('are tried by the very next plan, then after one, two, four and at most 32 plans without', () => {
    const rest = createShardRest()
    const waited: number[] = []
    for (let loss = 0; loss < 9; loss++) {
      let plans = 0
      while (!rest.isOver()) plans++
      waited.push(plans)
      rest.lost()
    }
    expect(waited).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 32])
  })

  it('are trusted again once they held', () => {
    const rest = createShardRest()
    for (let loss = 0; loss < 4; loss++) rest.lost()
    while (!rest.isOver());
    rest.held()
    rest.lost()
    expect(rest.isOver()).toBe(true)
  })
})
