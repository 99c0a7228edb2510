import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PriceSource } from '../../src/controller/ports.ts'
import { dayAheadKnownUntil } from '../../src/core/domain/day-ahead.ts'
import { DAY_MS, HOUR_MS, SLOT_MS, slotCount, slotStart } from '../../src/core/domain/instant.ts'

export interface PriceSourceUnderTest {
  readonly source: PriceSource
  /** An instant, in the market's morning, at which the source knows all that is public. */
  readonly asOf: number
  stop(): Promise<void>
}

const signal = new AbortController().signal

/** What every source of prices promises (`ports.ts`), whatever is behind it. */
export function priceSourceContract(name: string, open: () => Promise<PriceSourceUnderTest>): void {
  describe(`prices from ${name}`, () => {
    let under: PriceSourceUnderTest
    beforeEach(async () => {
      under = await open()
    })
    afterEach(() => under.stop())

    const window = (fromMs: number, toMs: number) => ({ from: under.asOf + fromMs, to: under.asOf + toMs })
    const ask = (fromMs: number, toMs: number, asOf = under.asOf) =>
      under.source.prices(window(fromMs, toMs), asOf, signal)

    it.each([
      { what: 'two days from now', fromMs: 0, toMs: 2 * DAY_MS },
      { what: 'a window off the grid', fromMs: 7 * 60_000, toMs: 5 * HOUR_MS + 1 },
      { what: 'a week back and two days ahead', fromMs: -7 * DAY_MS, toMs: 2 * DAY_MS },
    ])('has one value a slot over $what', async ({ fromMs, toMs }) => {
      const series = await ask(fromMs, toMs)
      expect(series.start).toBe(slotStart(under.asOf + fromMs))
      expect(series.values).toHaveLength(slotCount(window(fromMs, toMs)))
    })

    it('knows what is public, past and to come, and not a slot more', async () => {
      const { start, values } = await ask(-2 * DAY_MS, 3 * DAY_MS)
      const knownUntil = dayAheadKnownUntil(under.asOf)
      const wrong = [...values.keys()].filter((k) => {
        const isPublic = start + k * SLOT_MS < knownUntil
        return Number.isNaN(values[k]) === isPublic
      })
      expect(wrong).toEqual([])
    })

    it('tells of whole megawatt-hours in euros', async () => {
      const { values } = await ask(-DAY_MS, DAY_MS)
      const known = values.filter((value) => !Number.isNaN(value))
      expect(known.every((value) => value >= -500 && value <= 5_000)).toBe(true)
      expect(known.some((value) => Math.abs(value) > 5)).toBe(true)
    })

    it('gives the same to whoever asks the same again', async () => {
      const [first, second] = [await ask(-DAY_MS, DAY_MS), await ask(-DAY_MS, DAY_MS)]
      expect(second.values).toEqual(first.values)
    })

    it('says where it comes from and when it was given, not later than now', async () => {
      const { provenance } = await ask(0, DAY_MS)
      expect(provenance.source).not.toBe('')
      expect(provenance.issuedAt).toBeLessThanOrEqual(under.asOf)
    })
  })
}
