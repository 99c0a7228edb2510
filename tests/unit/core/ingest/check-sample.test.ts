import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { DAY_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import type { Readings, Sample } from '../../../../src/core/domain/telemetry.ts'
import { type CheckedSample, checkSample } from '../../../../src/core/ingest/check-sample.ts'
import { forget, hasSeen, type IngestMemory, NO_MEMORY } from '../../../../src/core/ingest/ingest-memory.ts'
import { DEFAULT_LIMITS } from '../../../../src/core/ingest/limits.ts'

const NOW = Date.parse('2024-01-10T12:00:00Z')
const building = parseBuildingId('street-1')!
const QUARTER = 15 * MINUTE_MS

function sample(readings: Readings, at = NOW): Sample {
  return { building, at, intervalS: 900, readings }
}

function check(readings: Readings, at = NOW, memory: IngestMemory = NO_MEMORY): CheckedSample {
  return checkSample(sample(readings, at), memory, NOW)
}

/** What came of a row of register values, a quarter-hour apart. */
function meter(values: readonly number[], stepMs = QUARTER) {
  let memory = NO_MEMORY
  return values.map((energyKwh, k) => {
    const at = NOW - (values.length - k) * stepMs
    const checked = checkSample(sample({ energyKwh, supplyC: 50 }, at), memory, NOW)
    if (!checked.ok) return checked.code
    memory = checked.memory
    return checked.refused[0]?.code ?? checked.sample.readings.heatKw ?? null
  })
}

describe('the time of a sample', () => {
  it.each([
    { what: 'now', at: NOW, expected: 'ok' },
    { what: 'five minutes ahead', at: NOW + 5 * MINUTE_MS, expected: 'ok' },
    { what: 'a day ahead', at: NOW + DAY_MS, expected: 'in-future' },
    { what: 'a day ago, kept by a gateway', at: NOW - DAY_MS, expected: 'ok' },
    { what: 'a month ago', at: NOW - 31 * DAY_MS, expected: 'too-old' },
    { what: 'no number', at: Number.NaN, expected: 'too-old' },
  ])('is judged $expected where it is $what', ({ at, expected }) => {
    const checked = check({ indoorC: 21 }, at)
    expect(checked.ok ? 'ok' : checked.code).toBe(expected)
  })

  it('takes the limits that it is given', () => {
    const strict = { ...DEFAULT_LIMITS, maxAgeMs: MINUTE_MS }
    const checked = checkSample(sample({ indoorC: 21 }, NOW - DAY_MS), NO_MEMORY, NOW, strict)
    expect(checked).toMatchObject({ ok: false, code: 'too-old' })
  })
})

describe('one reading that cannot be', () => {
  it.each<{ readings: Readings; detail: string }>([
    { readings: { indoorC: 850 }, detail: 'indoorC: 850' },
    { readings: { indoorC: 85 }, detail: 'indoorC: 85' },
    { readings: { outdoorC: -327.68 }, detail: 'outdoorC: -327.68' },
    { readings: { heatKw: -4 }, detail: 'heatKw: -4' },
    { readings: { flowM3h: 655.35 }, detail: 'flowM3h: 655.35' },
    { readings: { copRatio: Number.NaN }, detail: 'copRatio: NaN' },
    { readings: { supplyC: Number.POSITIVE_INFINITY }, detail: 'supplyC: Infinity' },
    { readings: { zones: { a1: { indoorC: 6553.5, rhPercent: 40 } } }, detail: 'zones.a1.indoorC: 6553.5' },
    {
      readings: { circuits: { r: { valvePercent: 140, pumpOn: true } } },
      detail: 'circuits.r.valvePercent: 140',
    },
  ])('is refused alone: $detail', ({ readings, detail }) => {
    const checked = check({ ...readings, returnC: 35 })
    expect(checked.ok && checked.refused.map((part) => part.detail)).toEqual([
      expect.stringContaining(detail),
    ])
    expect(checked.ok && checked.sample.readings.returnC).toBe(35)
    expect(checked.ok && JSON.stringify(checked.sample.readings)).not.toContain(detail.split(': ')[1])
  })

  it('leaves the other zones, and the rest of its own', () => {
    const zones = { a: { indoorC: 850, rhPercent: 31 }, b: { indoorC: 20.5 } }
    const checked = check({ zones })
    expect(checked).toMatchObject({
      sample: { readings: { zones: { a: { rhPercent: 31 }, b: { indoorC: 20.5 } } } },
    })
    expect(zones.a.indoorC).toBe(850)
  })

  it('takes the sample with it where it was the only one', () => {
    expect(check({ indoorC: 850 })).toMatchObject({ ok: false, code: 'no-readings' })
    expect(check({ zones: { a: { indoorC: 850 } } })).toMatchObject({ ok: false, code: 'no-readings' })
  })

  it('is 85.0 on a supply only where the site says so', () => {
    expect(check({ supplyC: 85, returnC: 60 })).toMatchObject({ ok: true, refused: [] })
    const limits = { ...DEFAULT_LIMITS, sentinels: [...DEFAULT_LIMITS.sentinels, 85] }
    const checked = checkSample(sample({ supplyC: 85, returnC: 60 }), NO_MEMORY, NOW, limits)
    expect(checked.ok && checked.refused).toHaveLength(1)
  })

  it('may be a register that happens to stand at 65535', () => {
    expect(check({ energyKwh: 65535 })).toMatchObject({ ok: true, refused: [] })
  })
})

describe('the same instant twice', () => {
  it('is one sample', () => {
    const first = check({ indoorC: 21 })
    if (!first.ok) throw new Error(first.detail)
    expect(check({ indoorC: 21 }, NOW, first.memory)).toMatchObject({ ok: false, code: 'duplicate' })
    expect(check({ indoorC: 21 }, NOW - 1, first.memory).ok).toBe(true)
  })

  it('is known over a thousand samples in any order, in bounded memory', () => {
    const limits = { ...DEFAULT_LIMITS, rememberedSamples: 500 }
    let memory = NO_MEMORY
    const times = Array.from({ length: 1000 }, (_, k) => NOW - ((k * 389) % 1000) * MINUTE_MS)
    for (const at of times) {
      const checked = checkSample(sample({ indoorC: 21 }, at), memory, NOW, limits)
      if (checked.ok) memory = checked.memory
    }
    expect(memory.older.length + memory.latest.length).toBeLessThan(600)
    for (let k = 0; k < 400; k++) expect(hasSeen(memory, NOW - k * MINUTE_MS)).toBe(true)
  })

  it('is taken again where the first could not be kept', () => {
    const first = check({ indoorC: 21 })
    if (!first.ok) throw new Error(first.detail)
    expect(check({ indoorC: 21 }, NOW, forget(first.memory, NOW)).ok).toBe(true)
  })
})

describe('a heat register', () => {
  it('gives heat where the meter gives none', () => {
    expect(meter([100, 110, 110, 125])).toEqual([null, 40, 0, 60])
  })

  it('gives no heat over a gap that is too long to say when', () => {
    expect(meter([100, 150], 2 * 60 * MINUTE_MS)).toEqual([null, null])
  })

  it('leaves a metered power alone', () => {
    const first = check({ energyKwh: 100 }, NOW - QUARTER)
    if (!first.ok) throw new Error(first.detail)
    expect(check({ energyKwh: 110, heatKw: 37 }, NOW, first.memory)).toMatchObject({
      sample: { readings: { heatKw: 37 } },
    })
  })

  it('goes on after a reset, which is named once', () => {
    expect(meter([5000, 5010, 3, 13, 23])).toEqual([null, 40, 'counter-reset', 40, 40])
  })

  it('goes on from before a slip of one value, which is named', () => {
    expect(meter([5000, 5010, 0, 5030, 5040])).toEqual([null, 40, 'counter-reset', 40, 40])
    expect(meter([5000, 5010, 987_654_321, 5030, 5040])).toEqual([null, 40, 'counter-reset', 40, 40])
  })

  it('counts on over its last digit', () => {
    expect(meter([99_985, 99_995, 5, 15])).toEqual([null, 40, 40, 40])
  })

  it('is not disturbed by a value that comes late', () => {
    const first = check({ energyKwh: 100 }, NOW)
    if (!first.ok) throw new Error(first.detail)
    const late = check({ energyKwh: 90, supplyC: 40 }, NOW - QUARTER, first.memory)
    expect(late).toMatchObject({ ok: true, refused: [], memory: { register: { kwh: 100 } } })
  })
})
