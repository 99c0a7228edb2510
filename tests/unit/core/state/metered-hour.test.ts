import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import type { Readings, Sample } from '../../../../src/core/domain/telemetry.ts'
import { meteredHourKw } from '../../../../src/core/state/metered-hour.ts'

const FROM = Date.UTC(2026, 0, 5, 6)
const building = parseBuildingId('b-1')!

function sample(minutes: number, readings: Readings, intervalMin = 15): Sample {
  return { building, at: FROM + minutes * MINUTE_MS, intervalS: intervalMin * 60, readings }
}

describe('the heat of an hour', () => {
  it.each([
    { of: 'four quarters', samples: [15, 30, 45, 60].map((m) => sample(m, { heatKw: m })), kw: 37.5 },
    {
      of: 'hours before and after',
      samples: [sample(0, { heatKw: 9 }), sample(60, { heatKw: 5 }, 60), sample(120, { heatKw: 1 }, 60)],
      kw: 5,
    },
    {
      of: 'an interval that lies across its end',
      samples: [sample(30, { heatKw: 10 }, 30), sample(90, { heatKw: 20 }, 60)],
      kw: 15,
    },
    { of: 'half an hour alone', samples: [sample(15, { heatKw: 9 }), sample(30, { heatKw: 9 })], kw: null },
    { of: 'a heat pump', samples: [sample(60, { electricKw: 4, copRatio: 3 }, 60)], kw: 12 },
    { of: 'no meter', samples: [sample(60, { indoorC: 21 }, 60)], kw: null },
    { of: 'nothing', samples: [], kw: null },
  ])('is $kw kW of $of', ({ samples, kw }) => {
    // biome-ignore format: a table
    expect(meteredHourKw(samples, FROM)).toBe(kw)
  })
})
