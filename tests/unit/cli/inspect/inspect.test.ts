import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runInspect } from '../../../../src/cli/inspect/inspect.ts'
import { acknowledgement, entsoeDocument, nordpoolAnswer } from '../../../fixtures/prices/documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'heatflex-inspect-'))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const START = Date.parse('2026-01-14T23:00Z')
const fine = file(
  'fine.xml',
  entsoeDocument({
    periods: [{ start: '2026-01-14T23:00Z', end: '2026-01-15T01:00Z', points: { 1: 20, 2: '30,5' } }],
  }),
)

const said = { out: '', err: '' }
const listen = (stream: NodeJS.WriteStream, to: keyof typeof said) => {
  said[to] = ''
  vi.spyOn(stream, 'write').mockImplementation((text) => {
    said[to] += String(text)
    return true
  })
}
beforeEach(() => {
  listen(process.stdout, 'out')
  listen(process.stderr, 'err')
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => rmSync(folder, { recursive: true }))

describe('inspect prices', () => {
  it('shows people the slots an hour a line, and every gap', async () => {
    expect(await runInspect({ kind: 'prices', file: fine, as: 'entsoe' })).toBe(0)
    expect(said.out.split('\n')).toEqual([
      '8 slots of 15 min from 2026-01-14T23:00Z, EUR/MWh',
      'least 20, mean 20, most 20',
      'gap: 2026-01-15T00:00Z to 2026-01-15T01:00Z, not-a-number',
      '2026-01-14T23:00Z     20.00    20.00    20.00    20.00',
      '2026-01-15T00:00Z         -        -        -        -',
      '',
    ])
    expect(said.err).toBe('')
  })

  it('gives programs one document, gaps as null', async () => {
    expect(await runInspect({ kind: 'prices', file: fine, as: 'ENTSO-E', json: true })).toBe(0)
    expect(JSON.parse(said.out)).toMatchObject({
      ok: true,
      kind: 'prices',
      as: 'entsoe',
      start: START,
      slotMinutes: 15,
      slots: 8,
      known: 4,
      eurPerMwhMean: 20,
      eurPerMwh: [20, 20, 20, 20, null, null, null, null],
      gaps: [{ from: START + 3_600_000, to: START + 7_200_000, cause: 'not-a-number' }],
      issuedAt: Date.parse('2026-01-14T12:05Z'),
    })
  })

  it('takes the first answer out of a recorded conversation', async () => {
    const body = nordpoolAnswer({ from: START, to: START + 3_600_000 }, 'FI')
    const cassette = file(
      'cassette.yaml',
      `interactions:\n- request: { uri: x }\n  response:\n    body:\n      string: '${body}'\n`,
    )
    expect(await runInspect({ kind: 'prices', file: cassette, as: 'Nord Pool', zone: 'FI' })).toBe(0)
    expect(said.out).toMatch(/^4 slots of 15 min/)
  })

  it.each([
    { what: 'an unknown kind', kind: 'gas', as: 'entsoe', path: fine, says: /"gas" is no kind.*prices/ },
    { what: 'a kind that every object has', kind: 'constructor', as: 'entsoe', path: fine, says: /no kind/ },
    { what: 'an unknown provider', kind: 'prices', as: 'epex', path: fine, says: /--as epex.*nordpool/ },
    { what: 'a missing file', kind: 'prices', as: 'entsoe', path: join(folder, 'none'), says: /ENOENT/ },
    {
      what: 'an answer without prices',
      kind: 'prices',
      as: 'entsoe',
      path: file('ack.xml', acknowledgement('No matching data found')),
      says: /ack\.xml: no-data: 999 No matching data found/,
    },
    { what: 'another answer', kind: 'co2', as: 'fingrid', path: fine, says: /not-json/ },
  ])('ends with 2 on $what, and says why', async ({ kind, as, path, says }) => {
    expect(await runInspect({ kind, file: path, as })).toBe(2)
    expect(said.err).toMatch(says)
    expect(said.out).toBe('')
  })

  it('gives programs the refusal too', async () => {
    const path = file('unit.xml', entsoeDocument({ unit: 'KWH', periods: [] }))
    expect(await runInspect({ kind: 'prices', file: path, as: 'entsoe', json: true })).toBe(2)
    expect(JSON.parse(said.out)).toMatchObject({ ok: false, why: 'unit' })
  })
})
