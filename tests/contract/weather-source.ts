import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WeatherSource } from '../../src/controller/ports.ts'
import { DAY_MS, HOUR_MS, slotCount, slotStart } from '../../src/core/domain/instant.ts'

export interface WeatherSourceUnderTest {
  readonly source: WeatherSource
  /** An instant from which on the source knows at least a day. */
  readonly asOf: number
  stop(): Promise<void>
}

const signal = new AbortController().signal

/** What every source of weather promises (`ports.ts`), whatever is behind it. */
export function weatherSourceContract(name: string, open: () => Promise<WeatherSourceUnderTest>): void {
  describe(`weather from ${name}`, () => {
    let under: WeatherSourceUnderTest
    beforeEach(async () => {
      under = await open()
    })
    afterEach(() => under.stop())

    const window = (fromMs: number, toMs: number) => ({ from: under.asOf + fromMs, to: under.asOf + toMs })
    const ask = (fromMs: number, toMs: number, asOf = under.asOf) =>
      under.source.weather(window(fromMs, toMs), asOf, signal)

    it.each([
      { what: 'a day from now', fromMs: 0, toMs: DAY_MS },
      { what: 'a window off the grid', fromMs: 7 * 60_000, toMs: 5 * HOUR_MS + 1 },
      { what: 'yesterday and what comes', fromMs: -DAY_MS, toMs: 2 * HOUR_MS },
    ])('has one value a slot over $what', async ({ fromMs, toMs }) => {
      const series = await ask(fromMs, toMs)
      const slots = slotCount(window(fromMs, toMs))
      expect(series.start).toBe(slotStart(under.asOf + fromMs))
      for (const values of [series.outdoorC, series.solarWm2, series.windMs])
        expect(values).toHaveLength(slots)
    })

    it('knows the temperature of the hours ahead, in °C', async () => {
      const { outdoorC } = await ask(0, 6 * HOUR_MS)
      expect(outdoorC.every((value) => value > -60 && value < 60)).toBe(true)
    })

    it('has no sun below nothing and no wind backwards', async () => {
      const { solarWm2, windMs } = await ask(-DAY_MS, DAY_MS)
      expect(solarWm2.every((value) => value >= 0 || Number.isNaN(value))).toBe(true)
      expect(windMs.every((value) => value >= 0 || Number.isNaN(value))).toBe(true)
    })

    it('gives the same to whoever asks the same again', async () => {
      const [first, second] = [await ask(0, DAY_MS), await ask(0, DAY_MS)]
      expect(second).toEqual(first)
    })

    it('says where it comes from and when it was given, not later than now', async () => {
      const { provenance } = await ask(0, DAY_MS)
      expect(provenance.source).not.toBe('')
      expect(provenance.issuedAt).toBeLessThanOrEqual(under.asOf)
    })
  })
}
