import { expect, it } from 'vitest'
import { decodeLease, encodeLease } from '../../../../src/core/devices/lease-payload.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import type { Lease } from '../../../../src/core/domain/lease.ts'

const building = parseBuildingId('b-1')!
const at = Date.UTC(2024, 0, 5, 12)
const lease: Lease = {
  id: 'b-1-7',
  building,
  seq: 7,
  issuedAt: at,
  validFrom: at,
  validUntil: at + 1_800_000,
  steps: [{ from: at, supplyOffsetK: -3.5, heatLimitKw: null }],
  mode: 'auto',
  reason: { code: 'dear-heat-ahead', text: 'Heat is dear for the next two hours.' },
}

function changed(changes: object): string {
  return JSON.stringify({ ...JSON.parse(encodeLease(lease)), ...changes })
}

it('reads back the lease it writes', () => {
  expect(decodeLease(building, encodeLease(lease))).toEqual({ kind: 'lease', lease })
})

it('takes an empty payload for a cleared setpoint', () => {
  expect(decodeLease(building, '')).toEqual({ kind: 'cleared' })
})

it('puts steps in the order of time', () => {
  const steps = [
    { from: at + 900_000, supplyOffsetK: 1 },
    { from: at, supplyOffsetK: 0 },
  ]
  expect(decodeLease(building, changed({ steps }))).toMatchObject({ lease: { steps: [steps[1], steps[0]] } })
})

it('keeps the words of a reason that it does not know', () => {
  const reason = { code: 'solar-storm', text: 'The sun.' }
  expect(decodeLease(building, changed({ reason }))).toMatchObject({
    lease: { reason: { code: 'steady', text: 'The sun.' } },
  })
})

it.each([
  ['bad-shape', '{"version":2,"offset":-3}'],
  ['bad-shape', changed({ mode: 'turbo' })],
  ['bad-number', changed({ steps: [{ from: at, supplyOffsetK: '-3' }] })],
  ['bad-time', changed({ validUntil: at - 1 })],
  ['bad-time', changed({ validFrom: '2024-01-05T12:00:00' })],
  ['seconds-for-milliseconds', changed({ issuedAt: at / 1000 })],
  ['not-json', 'off'],
])('refuses with %s the setpoint %j', (code, text) => {
  expect(decodeLease(building, text)).toMatchObject({ kind: 'refused', code })
})
