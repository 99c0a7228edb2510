import { describe, expect, it } from 'vitest'
import { hashedNormal } from '../../../../../src/core/domain/chance.ts'
import { SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import { timedLoadKw } from '../../../../../src/core/thermal/identify/timed-load.ts'

const DAYS = 14
/** A Monday. */
const START = Date.UTC(2024, 0, 8)
const PHI_KW_PER_K = 4

const at = Array.from({ length: DAYS * 96 }, (_, k) => START + (k + 1) * SLOT_MS)
const hourOf = (k: number) => Math.floor(k / 4) % 24
const dayOf = (k: number) => Math.floor(k / 96) % 7
const outdoorC = at.map((_, k) => -5 + 4 * Math.sin(k / 60) + 3 * hashedNormal(1, Math.floor(k / 24)))
const moved = at.map((_, k) => (hashedNormal(2, Math.floor(k / 30)) > 0 ? 2 : -2))
const shape = at.map((_, k) => 10 - 0.3 * (outdoorC[k] ?? 0) + (moved[k] ?? 0))
const fanKw = at.map((_, k) =>
  dayOf(k) < 5 && hourOf(k) >= 6 && hourOf(k) < 16 ? 2 * (15 - (outdoorC[k] ?? 0)) : 0,
)
const meter = (fan: readonly number[]) =>
  at.map((_, k) => PHI_KW_PER_K * (shape[k] ?? 0) + (fan[k] ?? 0) + 2 * hashedNormal(3, k))

function meanError(loadKw: Float64Array, trueKw: readonly number[]): number {
  return loadKw.reduce((sum, kw, k) => sum + Math.abs(kw - (trueKw[k] ?? 0)), 0) / loadKw.length
}

describe('a load by the clock in a heat meter', () => {
  it('is told from what the pipes carry, in the hours in which it runs and by the frost', () => {
    const loadKw = timedLoadKw({ at, meteredKw: meter(fanKw), shape, outdoorC })
    const meanKw = fanKw.reduce((sum, kw) => sum + kw, 0) / fanKw.length
    expect(meanError(loadKw ?? new Float64Array(), fanKw)).toBeLessThan(0.15 * meanKw)
  })

  it('is next to nothing where there is none', () => {
    const none = at.map(() => 0)
    const loadKw = timedLoadKw({ at, meteredKw: meter(none), shape, outdoorC })
    expect(meanError(loadKw ?? new Float64Array([99]), none)).toBeLessThan(1)
  })

  it('is not looked for in a few days', () => {
    const few = at.slice(0, 400)
    expect(timedLoadKw({ at: few, meteredKw: meter(fanKw), shape, outdoorC })).toBeUndefined()
  })
})
