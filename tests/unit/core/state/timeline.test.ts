import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { Sample } from '../../../../src/core/domain/telemetry.ts'
import { decodeBelief, encodeBelief } from '../../../../src/core/state/encode-belief.ts'
import { foldBatch } from '../../../../src/core/state/fold-batch.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { foldSample, newTimeline, type Timeline } from '../../../../src/core/state/timeline.ts'
import { block, live, quarter, ripple, rooms, sampleAt, worldOf } from './pretend.ts'

const world = worldOf((at) => -5 + ((at / HOUR_MS) % 7))

function sampleOf(k: number): Sample {
  const readings = {
    ...rooms(21.5 + ripple(k, 0), 21 + ripple(k, 1), k % 11 === 0 ? undefined : 20.5),
    heatKw: 60 + (k % 5),
  }
  return sampleAt(quarter(k), readings)
}

function foldAll(samples: readonly Sample[], from: Timeline = newTimeline(newBelief(block, 0))): Timeline {
  return samples.reduce((timeline, sample) => foldSample(timeline, block, sample, world).timeline, from)
}

const inOrder = Array.from({ length: 60 }, (_, k) => sampleOf(k + 1))

describe('a timeline', () => {
  it('believes the same whatever the order in which samples came, to the bit', () => {
    const expected = encodeBelief(foldAll(inOrder).belief)
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (shuffled) => {
        expect(encodeBelief(foldAll(shuffled).belief)).toBe(expected)
      }),
      { numRuns: 15 },
    )
  })

  it('puts a day that a gateway kept back where it belongs', () => {
    const offline = inOrder.slice(20, 50)
    const before = foldAll([...inOrder.slice(0, 20), ...inOrder.slice(50)])
    expect(encodeBelief(foldAll(offline, before).belief)).toBe(encodeBelief(foldAll(inOrder).belief))
  })

  it('believes the same after a batch as after its samples one by one, whatever is late, new or twice in it', () => {
    const expected = encodeBelief(foldAll(inOrder).belief)
    fc.assert(
      fc.property(
        fc.subarray(inOrder),
        fc.shuffledSubarray([...inOrder, ...inOrder], { minLength: 2 * inOrder.length }),
        (had, batch) => {
          const folded = foldBatch(foldAll(had), block, batch, world)
          expect(encodeBelief(folded.belief)).toBe(expected)
          expect(folded.samples.map((sample) => sample.at)).toEqual(inOrder.map((sample) => sample.at))
        },
      ),
      { numRuns: 20 },
    )
  })

  it('takes the same instant twice as one sample', () => {
    const timeline = foldAll(inOrder)
    for (const sample of [inOrder[59], inOrder[10]]) {
      const again = foldSample(timeline, block, { ...sample, readings: { heatKw: 500 } }, world)
      expect(again.outcome).toBe('duplicate')
      expect(again.timeline).toBe(timeline)
    }
  })

  it('only counts what is older than its memory, which stays bounded', () => {
    const week = foldAll(Array.from({ length: 7 * 96 }, (_, k) => sampleOf(k + 1)))
    expect(week.samples.length).toBeLessThanOrEqual(48 * 4 + 1)
    expect(week.marks.length).toBeLessThanOrEqual(50)
    const late = foldSample(week, block, sampleOf(5.5), world)
    expect(late.outcome).toBe('too-late')
    expect(late.timeline.tooLate).toBe(1)
    expect(late.timeline.belief).toBe(week.belief)
    const known = foldSample(week, block, sampleOf(7 * 96 - 80.5), world)
    expect(known.outcome).toBe('refolded')
  })

  it('remembers nothing before a belief that came from the store', () => {
    const stored = newTimeline(foldAll(inOrder).belief)
    expect(foldSample(stored, block, sampleOf(30.5), world).outcome).toBe('too-late')
    expect(foldSample(stored, block, sampleOf(61), world).outcome).toBe('folded')
  })
})

describe('a stored belief', () => {
  it('comes back to the bit, and goes on the same', () => {
    const belief = live(200, (k) => ({ ...rooms(21 + ripple(k, 0), 20.3), heatKw: 60.1 + (k % 7) / 3 }), {
      world,
    })
    const back = decodeBelief(encodeBelief(belief))!
    expect(back).toEqual(belief)
    expect(back.filter!.mean).toBeInstanceOf(Float64Array)
    const go = (from: typeof belief) =>
      encodeBelief(
        live(50, (k) => ({ ...rooms(21 + ripple(k, 0)), heatKw: 61 }), { from, first: 201, world }),
      )
    expect(go(back)).toBe(go(belief))
  })

  it('keeps numbers that JSON has no word for', () => {
    const fresh = newBelief(block, 0)
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (values) => {
        const belief = { ...fresh, gains: { profileKw: Float64Array.from(values) }, at: -0 }
        const back = decodeBelief(encodeBelief(belief))!
        expect([...back.gains.profileKw].every((value, i) => Object.is(value, values[i]))).toBe(true)
        expect(Object.is(back.at, -0)).toBe(true)
      }),
    )
  })

  it.each(['', '{', 'null', '[]', '42', '{"version":2}', '{"version":1'])('is refused as %j', (text) => {
    expect(decodeBelief(text)).toBeUndefined()
  })
})
