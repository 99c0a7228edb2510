import { describe, expect, it } from 'vitest'
import { INSPECT_KINDS } from '../../../../src/cli/inspect/kinds.ts'
import { noRecordings, recordings } from '../../../fixtures/wire.ts'

interface Expected {
  readonly slots: number
  /** Worked out apart from our parsers, by the document's own averages where it has some. */
  readonly mean: number
  readonly gaps?: number
}

const read = (slots: number, mean: number, gaps = 0): Expected => ({ slots, mean, gaps })

/** What every recording holds, or why it is refused. */
const ENTSOE: Readonly<Record<string, Expected | string>> = {
  // Its last period tells a third hour of two: those two hours are a gap.
  'hass-entso-e_BE_15M_avg.xml': read(28, 35.263, 1),
  'hass-entso-e_BE_15M_exact4.xml': read(4, 42.9375),
  'hass-entso-e_BE_60M.xml': read(96, 70.498333),
  'hass-entso-e_BE_60M_15M_mix.xml': read(288, 60.864028),
  'hass-entso-e_DE_60M_15M_overlap.xml': read(192, 69.308958),
  'hexagon_acknowledgement.invalidrequest.xml': 'no-data',
  'hexagon_gl.load.singlepoint.xml': 'other-document',
  'hexagon_invalid.xml': 'other-document',
  'hexagon_publication.a03curvetype.xml': 'unit',
  'hexagon_publication.explicitallocations.xml': 'other-document',
  'krose_bad_request.xml': 'not-xml',
  'krose_error_body.xml': 'other-document',
  'krose_no_data.xml': 'no-data',
  'krose_not_available.xml': 'no-data',
  'krose_offset_response.xml': 'service-error',
  'krose_something_went_wrong.xml': 'service-error',
  'krose_unexpected_structure.xml': 'other-document',
}

const NORDPOOL: Readonly<Record<string, Expected | string>> = {
  'eb_dataportal_DK1_NO3_2024-09-22.json': read(96, 892.5 / 11.68922),
  'eb_legacy_page10_NOK_23H.json': read(92, 760.43 / 11.2781),
  'eb_legacy_page10_NOK_25H.json': read(100, 692.56 / 10.2985),
  'kipe_vcr_different_currency.yaml': 'currency',
  'kipe_vcr_multiple_area_hourly.yaml': read(96, 64.89),
  'kipe_vcr_prices_not_available.yaml': 'no-data',
  'kipe_vcr_single_area_15min.yaml': read(96, 73.207),
  'kipe_vcr_single_area_30min.yaml': read(96, 73.207),
  'kipe_vcr_single_area_hourly.yaml': read(96, 73.207),
  'kipe_vcr_system_hourly.yaml': read(96, 88.948),
  'pynordpool_delivery_period_SE3_2024-11-05.json': read(96, 77.38),
}

const ELECTRICITYMAPS: Readonly<Record<string, Expected | string>> = {
  'carbon_intensity_history.json': read(96, 599.9583),
  'latest_carbon_intensity.json': read(4, 216),
  'no-data-response.json': 'no-data',
  'response.json': read(4, 474),
}

const SAHKOTIN = { 'sahkotin_prices.json': read(92, 39.3074) }
const PREDICTION = { 'nordpool-predict-fi_prediction.json': read(876, 60.874883) }

describe.skipIf(noRecordings).each([
  { kind: 'prices', provider: 'entsoe', folder: 'entsoe', expected: ENTSOE },
  { kind: 'prices', provider: 'nordpool', folder: 'nordpool', expected: NORDPOOL },
  { kind: 'co2', provider: 'electricitymaps', folder: 'electricitymaps', expected: ELECTRICITYMAPS },
  { kind: 'prices', provider: 'sahkotin', folder: 'other', expected: SAHKOTIN },
  { kind: 'prices', provider: 'nordpool-predict-fi', folder: 'other', expected: PREDICTION },
])('recorded $kind of $provider', ({ kind, provider, folder, expected }) => {
  const found = recordings(folder)
  const inspect = (name: string) => INSPECT_KINDS[kind]!.inspect(found.get(name) ?? '', provider, undefined)

  it('are all known', () => {
    const names = [...found.keys()].filter((name) => folder !== 'other' || name in expected)
    expect(names.sort()).toEqual(Object.keys(expected).sort())
  })

  it.each(Object.entries(expected))('%s is read, or refused by name', (name, wanted) => {
    const inspected = inspect(name)
    if (typeof wanted === 'string') {
      expect(inspected).toMatchObject({ ok: false, why: wanted })
      return
    }
    if (!inspected.ok) throw new Error(`${inspected.why}: ${inspected.detail}`)
    const { document } = inspected
    expect(document['slots']).toBe(wanted.slots)
    expect(document['gaps']).toHaveLength(wanted.gaps ?? 0)
    // Their own averages are rounded to cents of their currency.
    expect(document['eurPerMwhMean'] ?? document['gPerKwhMean']).toBeCloseTo(wanted.mean, 2)
  })
})
