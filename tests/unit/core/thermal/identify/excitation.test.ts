import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import {
  EXCITATION_K,
  type ExcitationAsk,
  excitationOffsetK,
} from '../../../../../src/core/thermal/identify/excitation.ts'

const START = Date.UTC(2024, 0, 8)
const ask: ExcitationAsk = {
  seed: 11,
  now: START,
  indoorC: 21.5,
  comfort: { minC: 20, maxC: 23 },
  lacks: ['response-uncertain'],
}

const offsets = (more: Partial<ExcitationAsk>, days = 60) =>
  Array.from({ length: (days * DAY_MS) / SLOT_MS }, (_, k) =>
    excitationOffsetK({ ...ask, ...more, now: START + k * SLOT_MS }),
  )

/** Hours between changes. */
function holds(values: readonly number[]): number[] {
  const changes = values.flatMap((value, k) => (k > 0 && value !== values[k - 1] ? [k] : []))
  return changes.slice(1).map((k, i) => ((k - (changes[i] ?? 0)) * SLOT_MS) / HOUR_MS)
}

describe('excitation', () => {
  it('moves the supply by three kelvins up or down, about as long either way', () => {
    const values = offsets({})
    expect(new Set(values)).toEqual(new Set([-EXCITATION_K, EXCITATION_K]))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(0.5)
  })

  it('holds each step four hours at least; where two are alike they follow on each other', () => {
    const lengths = holds(offsets({}))
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(4)
    expect(lengths.filter((hours) => hours <= 12).length).toBeGreaterThan(0.5 * lengths.length)
  })

  it('is another for another building, and the same after a restart', () => {
    expect(offsets({ seed: 12 })).not.toEqual(offsets({}))
    expect(offsets({})).toEqual(offsets({}))
  })

  it.each([
    { indoorC: 20.3, allowed: [0, EXCITATION_K], why: 'near the lower edge only the way up is left' },
    { indoorC: 19.9, allowed: [0], why: 'below the band nothing is tried' },
    { indoorC: 23.2, allowed: [-EXCITATION_K, 0], why: 'above the band only the way down' },
    { indoorC: null, allowed: [0], why: 'without a thermometer nothing is tried' },
  ])('$why', ({ indoorC, allowed }) => {
    expect([...new Set(offsets({ indoorC }))].toSorted((a, b) => a - b)).toEqual(allowed)
  })

  it.each([
    { lacks: [], moves: false },
    { lacks: ['not-physical'], moves: false },
    { lacks: ['forecast-poor'], moves: false },
    { lacks: ['forecast-poor', 'heat-follows-outdoor'], moves: true },
    { lacks: ['too-few-data'], moves: true },
    { lacks: ['constant-heat'], moves: true },
  ] as const)('where $lacks is lacking, moves: $moves', ({ lacks, moves }) => {
    expect(offsets({ lacks }, 3).some((value) => value !== 0)).toBe(moves)
  })
})
