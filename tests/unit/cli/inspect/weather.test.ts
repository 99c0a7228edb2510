import { expect, it } from 'vitest'
import { bodyOf } from '../../../../src/cli/inspect/read-recording.ts'
import { WEATHER } from '../../../../src/cli/inspect/weather.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import { metnoDocument, openmeteoDocument } from '../../../fixtures/weather/documents.ts'

const FORECAST = { start: Date.UTC(2026, 0, 15, 6), outdoorC: [-10, -8] }

it('shows the slots of a forecast by the hour, and names what is missing', () => {
  const inspected = WEATHER.inspect(openmeteoDocument(FORECAST), 'open-meteo', undefined)
  expect(inspected.ok && inspected.lines).toEqual([
    '5 slots of 15 min from 2026-01-15T06:00Z',
    'known: outdoorC 5, solarWm2 4, windMs 5, cloudRatio 0',
    'gap: solarWm2 2026-01-15T07:00Z to 2026-01-15T07:15Z, no-row',
    '                  outdoorC solarWm2   windMs cloudRatio',
    '2026-01-15T06:00Z    -10.00   100.00     3.00        -',
    '2026-01-15T07:00Z     -8.00        -     3.00        -',
  ])
})

it('gives programs every slot, null where there is a gap', () => {
  const inspected = WEATHER.inspect(openmeteoDocument(FORECAST), 'open-meteo', undefined)
  expect(inspected.ok && inspected.document).toMatchObject({
    start: FORECAST.start,
    slotMinutes: 15,
    slots: 5,
    outdoorC: [-10, -9.5, -9, -8.5, -8],
    solarWm2: [100, 100, 100, 100, null],
    gaps: [
      {
        quantity: 'solarWm2',
        from: FORECAST.start + HOUR_MS,
        to: FORECAST.start + 1.25 * HOUR_MS,
        why: 'no-row',
      },
    ],
  })
})

it('refuses by name', () => {
  const inspected = WEATHER.inspect('{"error":true,"reason":"too\\n many"}', 'open-meteo', undefined)
  expect(inspected).toEqual({ ok: false, why: 'service-error', detail: 'too many' })
})

it.each([
  {
    what: 'status and headers around it',
    text: (body: string) => `{"status_code":200,"headers":{},"data":${body}}`,
  },
  { what: 'nothing around it', text: (body: string) => body },
])('reads an answer with $what', ({ text }) => {
  expect(WEATHER.inspect(bodyOf(text(metnoDocument(FORECAST))), 'metno', undefined).ok).toBe(true)
})

it('hands a recording that was cut short on as it is', () => {
  expect(bodyOf('{"status_code":200,"hea')).toBe('{"status_code":200,"hea')
})
