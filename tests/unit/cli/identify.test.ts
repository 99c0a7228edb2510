import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type IdentifyCommand, runIdentify } from '../../../src/cli/identify.ts'
import { HOUR_MS } from '../../../src/core/domain/instant.ts'
import { pretend } from '../core/thermal/identify/pretend-building.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatflex-identify-'))
})
afterAll(() => rm(folder, { recursive: true }))

let out = ''
let told = ''
beforeEach(() => {
  out = ''
  told = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

type Row = Record<string, string | number>

const house = pretend({ days: 7 })
const rows: readonly Row[] = house.at.map((at, k) => ({
  at: new Date(at).toISOString(),
  indoorC: house.indoorC[k] ?? 0,
  heatKw: house.heatKw[k] ?? 0,
  outdoorC: house.outdoorC[k] ?? 0,
  solarWm2: house.solarWm2[k] ?? 0,
}))

function csv(name: string, of: readonly Row[]): string {
  const header = Object.keys(of[0] ?? {})
  const path = join(folder, `${name}.csv`)
  writeFileSync(path, [header, ...of.map((row) => header.map((cell) => row[cell]))].join('\n'))
  return path
}

async function identify(of: readonly Row[], more: Partial<IdentifyCommand> = {}) {
  const code = await runIdentify({ telemetry: csv('telemetry', of), power: 'ends', ...more })
  return { code, out, told }
}

const f = (c: string | number | undefined) => 32 + 1.8 * Number(c)

describe('identify', () => {
  it('tells what the building is and that it may be steered', async () => {
    const { code, out, told } = await identify(rows)
    expect(told).toBe('')
    expect(code).toBe(0)
    for (const words of [
      'heat loss',
      'W/K',
      'time constant',
      '24 h ahead',
      'free run',
      'residuals',
      'may be steered',
    ]) {
      expect(out).toContain(words)
    }
  })

  it('prints one JSON document and nothing else, with the loss a square metre where the area is known', async () => {
    const { out } = await identify(rows, { json: true, area: 2000, validate: csv('other', rows.slice(200)) })
    const document = JSON.parse(out)
    expect(document.identified.kind).toBe('fitted')
    expect(document.heatLossWPerM2K).toBeCloseTo(
      document.identified.fit.estimates.heatLossKwPerK.value / 2,
      6,
    )
    expect(document.validation.error.dayAheadRmseK).toBeLessThan(0.3)
  })

  it('goes on over gaps, and names them', async () => {
    const gaps = rows
      .filter((_, k) => k < 100 || k > 140)
      .map((row, k) => (k % 9 ? row : { ...row, indoorC: '' }))
    const { code, told } = await identify(gaps)
    expect(code).toBe(0)
    expect(told).toMatch(/1 gaps between rows, the longest of 21 h/)
    expect(told).toMatch(/indoorC: \d+ empty cells/)
  })

  it('reads the hour that comes twice when the clocks go back', async () => {
    const first = Date.parse('2024-10-24T00:00:00Z')
    const change = Date.parse('2024-10-27T01:00:00Z')
    const local = rows.map((row, k) => {
      const at = first + k * 0.5 * HOUR_MS
      const hours = at < change ? 3 : 2
      return { ...row, at: `${new Date(at + hours * HOUR_MS).toISOString().slice(0, 19)}+0${hours}:00` }
    })
    expect((await identify(local)).code).toBe(0)
  })

  it('refuses local times that do not say of which zone they are', async () => {
    const { code, told } = await identify(rows.map((row) => ({ ...row, at: String(row['at']).slice(0, 19) })))
    expect(code).toBe(2)
    expect(told).toContain('has no offset')
    expect(told).toContain('more faults')
  })

  it('finds constant heat not identifiable: exit 1, with the reason', async () => {
    const { code, out } = await identify(rows.map((row) => ({ ...row, heatKw: 40 })))
    expect(code).toBe(1)
    expect(out).toContain('constant-heat')
  })

  it.each([
    {
      what: 'negative heat',
      of: rows.map((row, k) => (k === 30 ? { ...row, heatKw: -25 } : row)),
      says: /telemetry\.csv:32: heatKw is negative/,
    },
    {
      what: 'swapped columns',
      of: rows.map((row) => ({ ...row, indoorC: row['outdoorC'] ?? 0, outdoorC: row['indoorC'] ?? 0 })),
      says: /swapped/,
    },
    {
      what: 'Fahrenheit',
      of: rows.map((row) => ({ ...row, indoorC: f(row['indoorC']), outdoorC: f(row['outdoorC']) })),
      says: /Fahrenheit/,
    },
    { what: 'ten rows', of: rows.slice(0, 10), says: /10 rows/ },
    { what: 'no heat', of: rows.map(({ heatKw: _, ...row }) => row), says: /neither a column "heatKw"/ },
    { what: 'the same row twice', of: [...rows.slice(0, 9), ...rows.slice(8)], says: /same instant/ },
  ])('refuses $what: exit 2, and says why', async ({ of, says }) => {
    const { code, told, out } = await identify(of)
    expect(code).toBe(2)
    expect(told).toMatch(says)
    expect(out).toBe('')
  })

  it('names a file that is not there', async () => {
    expect(await runIdentify({ telemetry: join(folder, 'none.csv') })).toBe(2)
    expect(told).toContain('there is no such file')
  })

  it('says a refusal in JSON too', async () => {
    const { code, out } = await identify(rows.slice(0, 10), { json: true })
    expect(code).toBe(2)
    expect(JSON.parse(out).identified).toMatchObject({ kind: 'bad-input' })
  })

  it('takes hot water off a total, by its meter', async () => {
    const totals = rows.map(({ heatKw, ...row }, k) => {
      const dhwKw = 5 + 5 * (k % 5)
      return { ...row, totalHeatKw: Number(heatKw) + dhwKw, dhwKw }
    })
    const { code, out } = await identify(totals)
    expect(code).toBe(0)
    expect(out).toContain('less metered hot water')
  })

  it('says that hot water without a meter is an estimate', async () => {
    const totals = rows.map(({ heatKw, ...row }, k) => {
      const hour = (k / 2) % 24
      return { ...row, totalHeatKw: Number(heatKw) + (hour > 5 && hour < 22 ? 10 : 1) }
    })
    expect((await identify(totals)).out).toContain('ESTIMATED')
  })
})
