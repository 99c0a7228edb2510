import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeInbound } from '../../../../src/core/devices/decode-inbound.ts'
import { encodeAck, encodeOverride, encodeStatus } from '../../../../src/core/devices/reply-payload.ts'
import { encodeBatch, encodeSample } from '../../../../src/core/devices/telemetry-payload.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import type { Sample } from '../../../../src/core/domain/telemetry.ts'

const building = parseBuildingId('b-1')!
const at = Date.UTC(2024, 0, 5, 12)
const topic = 'heatflex/v1/b-1/telemetry'

const sample: Sample = {
  building,
  at,
  seq: 7,
  intervalS: 900,
  readings: {
    heatKw: 31.5,
    energyKwh: 120_004,
    indoorC: 21.2,
    heatSource: 'district',
    zones: { 'a-1': { indoorC: 20.9, windowOpen: false } },
    circuits: { 'rad-1': { kind: 'radiator', supplyC: 55, pumpOn: true } },
  },
}

function telemetry(changes: object, readings: object = { heatKw: 1 }): string {
  return JSON.stringify({ at, seq: 1, intervalS: 900, readings, ...changes })
}

it('reads back the samples it writes, alone and in a batch', () => {
  const one = decodeInbound(topic, encodeSample(sample))
  expect(one).toEqual({ kind: 'telemetry', samples: [sample], refused: [], unknownKeys: 0 })
  const later = { ...sample, at: at + 900_000 }
  const two = decodeInbound(topic, encodeBatch([sample, later]))
  expect(two).toMatchObject({ samples: [sample, later], refused: [], unknownKeys: 0 })
})

it('reads back acks, status and overrides', () => {
  const ack = { building, id: 'l-1', seq: 3, at, state: 'limited', applied: { supplyOffsetK: -2 } } as const
  expect(decodeInbound('heatflex/v1/b-1/ack', encodeAck(ack))).toEqual({ kind: 'ack', ack })
  const status = { building, state: 'offline', session: 12, at } as const
  expect(decodeInbound('heatflex/v1/b-1/status', encodeStatus(status))).toEqual({ kind: 'status', status })
  const override = {
    building,
    kind: 'warmer',
    deltaK: 1.5,
    untilAt: at,
    by: 'resident',
    zone: 'a-1',
  } as const
  const decoded = decodeInbound('heatflex/v1/b-1/override', encodeOverride(override))
  expect(decoded).toEqual({ kind: 'override', override })
})

it.each([
  ['empty', ''],
  ['not-json', '{"at":'],
  ['not-json', telemetry({}, { heatKw: 1 }).replace('"heatKw":1', '"heatKw":NaN')],
  ['not-json', telemetry({}, { heatKw: 1 }).replace('"heatKw":1', '"heatKw":Infinity')],
  ['too-deep', telemetry({ extra: [[[[[[[[1]]]]]]]] })],
  ['bad-shape', 'null'],
  ['bad-shape', '[]'],
  ['bad-shape', '12'],
  ['bad-shape', JSON.stringify({ at })],
  ['bad-shape', telemetry({}, [])],
  ['bad-shape', telemetry({}, { heatSource: 4 })],
  ['bad-shape', telemetry({}, { zones: [] })],
  ['bad-shape', telemetry({}, { zones: { 'Living Room': { indoorC: 20 } } })],
  ['bad-shape', telemetry({}, { circuits: { a: { kind: 'steam' } } })],
  ['bad-shape', telemetry({}, { zones: { a: { windowOpen: 1 } } })],
  ['bad-number', telemetry({}, { heatKw: '31.5' })],
  ['bad-number', telemetry({}, { heatKw: true })],
  ['bad-number', telemetry({}, { zones: { a: { indoorC: '20' } } })],
  ['bad-number', telemetry({}, { heatKw: 1 }).replace('"heatKw":1', '"heatKw":1e999')],
  ['bad-number', telemetry({ seq: 1.5 })],
  ['out-of-range', telemetry({ intervalS: 0 })],
  ['out-of-range', telemetry({ intervalS: 900_000 })],
  ['out-of-range', telemetry({ seq: -1 })],
  ['bad-time', telemetry({ at: undefined })],
  ['bad-time', telemetry({ at: null })],
  ['bad-time', telemetry({ at: -5 })],
  ['bad-time', telemetry({ at: at * 1000 })],
  ['bad-time', telemetry({ at: '2024-01-05T12:00:00' })],
  ['bad-time', telemetry({ at: '2024-02-30T12:00:00Z' })],
  ['bad-time', telemetry({ at: '2024-13-05T12:00:00Z' })],
  ['bad-time', telemetry({ at: '2024-01-05T25:00:00Z' })],
  ['bad-time', telemetry({ at: '0001-01-01T00:00:00Z' })],
  ['bad-time', telemetry({ at: 'yesterday' })],
  ['seconds-for-milliseconds', telemetry({ at: at / 1000 })],
  ['no-readings', telemetry({}, {})],
  ['no-readings', telemetry({}, { heatKw: null, zones: { a: { indoorC: null } } })],
  ['no-readings', JSON.stringify({ samples: [] })],
  ['wrong-building', telemetry({ building: 'b-2' })],
  ['wrong-building', JSON.stringify({ building: 'b-2', samples: [{}] })],
])('refuses with %s the text %j', (code, text) => {
  expect(decodeInbound(topic, text)).toMatchObject({ kind: 'refused', code })
})

it('judges size and depth before it parses', () => {
  expect(decodeInbound(topic, ' '.repeat(256 * 1024 + 1))).toMatchObject({ code: 'too-large' })
  expect(decodeInbound(topic, '['.repeat(100_000))).toMatchObject({ code: 'too-deep' })
  const quoted = telemetry({ note: '[[[[[[[[[[\\"[[[[' })
  expect(decodeInbound(topic, quoted)).toMatchObject({ kind: 'telemetry' })
})

it('names the field and what is wrong with it', () => {
  const decoded = decodeInbound(topic, telemetry({}, { zones: { 'a-1': { indoorC: '20' } } }))
  expect(decoded).toMatchObject({ detail: expect.stringContaining('readings.zones.a-1.indoorC') })
})

it.each([['2024-01-05T14:00:00+02:00'], ['2024-01-05T12:00Z'], ['2024-01-05T06:30:00.000-0530']])(
  'reads %s as the instant it is',
  (text) => {
    expect(decodeInbound(topic, telemetry({ at: text }))).toMatchObject({ samples: [{ at }] })
  },
)

it('refuses in a batch only the sample that is bad', () => {
  const good = { at, intervalS: 900, readings: { heatKw: 1 } }
  const samples = [good, { ...good, at: at / 1000 }, { ...good, readings: { heatKw: '1' } }, good, 'x']
  const decoded = decodeInbound(topic, JSON.stringify({ samples }))
  expect(decoded).toMatchObject({ samples: [{ at }, { at }] })
  expect(decoded.kind === 'telemetry' && decoded.refused.map(({ code }) => code)).toEqual([
    'seconds-for-milliseconds',
    'bad-number',
    'bad-shape',
  ])
})

it('limits samples a batch and zones a sample', () => {
  const samples = Array.from({ length: 5001 }, () => 1)
  expect(decodeInbound(topic, JSON.stringify({ samples }))).toMatchObject({ code: 'too-large' })
  const zones = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`z${i}`, { indoorC: 20 }]))
  expect(decodeInbound(topic, telemetry({}, { zones }))).toMatchObject({ code: 'too-large' })
})

it('passes over unknown keys and counts them', () => {
  const readings = { heatKw: 1, kelvin: 3, zones: { a: { indoorC: 20, co2Ppm: 800 } } }
  const decoded = decodeInbound(topic, telemetry({ vendor: { name: 'x', model: 'y' } }, readings))
  expect(decoded).toMatchObject({ kind: 'telemetry', unknownKeys: 3 })
})

it('takes a null reading for one that is absent, and a missing interval for a quarter-hour', () => {
  const decoded = decodeInbound(topic, JSON.stringify({ at, readings: { heatKw: null, indoorC: 20 } }))
  expect(decoded).toMatchObject({ samples: [{ intervalS: 900, readings: { indoorC: 20 } }] })
  expect(decoded.kind === 'telemetry' && Object.keys(decoded.samples[0].readings)).toEqual(['indoorC'])
})

it('is not moved by keys that name the prototype', () => {
  const zones = '{"__proto__":{"indoorC":99},"constructor":{"indoorC":20}}'
  const readings = `{"heatKw":1,"__proto__":{"indoorC":99},"constructor":{"name":"x"},"zones":${zones}}`
  const text = `{"at":${at},"__proto__":{"seq":5},"constructor":1,"readings":${readings}}`
  const decoded = decodeInbound(topic, text)
  if (decoded.kind !== 'telemetry') throw new Error(JSON.stringify(decoded))
  expect(decoded.unknownKeys).toBe(5)
  const [read] = decoded.samples
  expect(read.readings.indoorC).toBeUndefined()
  expect(read.seq).toBeUndefined()
  expect(Object.entries(read.readings.zones ?? {})).toEqual([['constructor', { indoorC: 20 }]])
  expect(Object.prototype).not.toHaveProperty('indoorC')
})

it.each([
  ['heatflex/v1/b-1/setpoint', 'not-allowed'],
  ['heatflex/v1/controller/status', 'not-allowed'],
  ['heatflex/v1/b-1/elsewhere', 'unknown-topic'],
])('does not listen on %s', (elsewhere, code) => {
  expect(decodeInbound(elsewhere, '{}')).toMatchObject({ kind: 'refused', code })
})

it('has an answer to whatever text comes', () => {
  const kinds = new Set(['telemetry', 'ack', 'status', 'override', 'refused'])
  const channel = fc.constantFrom('telemetry', 'ack', 'status', 'override')
  fc.assert(
    fc.property(channel, fc.oneof(fc.string(), fc.json()), (name, text) => {
      expect(kinds).toContain(decodeInbound(`heatflex/v1/b-1/${name}`, text).kind)
    }),
    { seed: 1, numRuns: 500 },
  )
})
