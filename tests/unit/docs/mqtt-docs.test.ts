import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  encodeControllerHealth,
  encodeControllerInfo,
  encodeControllerStatus,
  encodeRejected,
} from '../../../src/core/devices/controller-payload.ts'
import { decodeInbound } from '../../../src/core/devices/decode-inbound.ts'
import { decodeLease, encodeLease } from '../../../src/core/devices/lease-payload.ts'
import { buildingTopic } from '../../../src/core/devices/topics.ts'
import { parseBuildingId } from '../../../src/core/domain/building-id.ts'
import { REASON_CODES } from '../../../src/core/domain/lease.ts'
import { REJECTION_CODES } from '../../../src/core/domain/rejection.ts'
import { SCALAR_READINGS } from '../../../src/core/domain/telemetry.ts'

const page = readFileSync(new URL('../../../docs/mqtt.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```json example=(\S+)\n(.*?)```/gs)].map(([, name = '', text = '']) => ({
  name,
  text,
}))
const house = parseBuildingId('house-12')!

const ENCODERS: Readonly<Record<string, (given: never) => string>> = {
  'controller/status': encodeControllerStatus,
  'controller/info': encodeControllerInfo,
  'controller/health': encodeControllerHealth,
  'controller/rejected': encodeRejected,
}

/** Codes in the first column of the table whose head is `head`. */
function column(head: string): string[] {
  const rows = page.split(`| ${head} |`)[1]?.split('\n\n')[0] ?? ''
  return [...rows.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  )
}

describe('docs/mqtt.md', () => {
  it('has an example of every payload, and no JSON that is not read here', () => {
    const names = ['ack', 'lease', 'override', 'status', 'telemetry', ...Object.keys(ENCODERS)]
    expect([...new Set(examples.map(({ name }) => name))].sort()).toEqual(names.sort())
    expect(page.match(/```json/g)).toHaveLength(examples.length)
  })

  it.each(examples.filter(({ name }) => /^(telemetry|ack|status|override)$/.test(name)))(
    'says of $name what the controller reads',
    ({ name, text }) => {
      const decoded = decodeInbound(buildingTopic(house, name as 'ack'), text)
      expect(decoded).toMatchObject({ kind: name })
      // Nothing in an example may be a word that the controller passes over.
      if (decoded.kind === 'telemetry') expect([decoded.unknownKeys, decoded.refused]).toEqual([0, []])
    },
  )

  it.each(examples.filter(({ name }) => name === 'lease'))(
    'shows a lease as it is sent and read',
    ({ text }) => {
      const decoded = decodeLease(house, text)
      if (decoded.kind !== 'lease') throw new Error(JSON.stringify(decoded))
      expect(JSON.parse(encodeLease(decoded.lease))).toEqual(JSON.parse(text))
    },
  )

  it.each(examples.filter(({ name }) => name in ENCODERS))('shows $name as it is sent', ({ name, text }) => {
    const given = JSON.parse(text) as never
    expect(JSON.parse(ENCODERS[name]?.(given) ?? '')).toEqual(given)
  })

  it('explains every rejection, reason and ack state, and no other', () => {
    expect(column('code').sort()).toEqual([...REJECTION_CODES].sort())
    expect(column('reason').sort()).toEqual([...REASON_CODES].sort())
    expect(column('state')).toHaveLength(7)
    for (const state of column('state')) {
      const ack = JSON.stringify({ id: 'a', seq: 1, at: 1768371322000, state })
      expect(decodeInbound(buildingTopic(house, 'ack'), ack)).toMatchObject({ kind: 'ack', ack: { state } })
    }
  })

  it('names every reading', () => {
    expect(column('reading').sort()).toEqual([...SCALAR_READINGS, 'heatSource', 'zones', 'circuits'].sort())
  })
})
