import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { PriceServiceName } from '../../../../src/adapters/prices/price-providers.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { slotPrice } from '../../../fixtures/prices/documents.ts'
import { startLiveMarket } from '../../../fixtures/prices/live-market.ts'
import type { ReplyOrRule } from '../../../fixtures/web/scripted-server.ts'

/** Midnight of the market, in winter. */
const TO = Date.UTC(2026, 0, 15) - HOUR_MS
const WINDOW = { from: TO - 60 * DAY_MS, to: TO }

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'heatflex-past-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return join(path, 'prices.json')
}

async function marketOf(name: PriceServiceName, keptIn: string, ...replies: ReplyOrRule[]) {
  const market = await startLiveMarket(name, replies, { keptIn })
  onTestFinished(market.stop)
  const { past } = market.source
  if (!past) throw new Error(`${name} knows no past`)
  return { ...market, past }
}

const known = ({ values }: { readonly values: Float64Array }) =>
  values.filter((value) => !Number.isNaN(value)).length

/** Keeping goes on when telling is done. */
async function untilKept(path: string, part: string): Promise<void> {
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain(part)
}

it.each(['entsoe', 'energi-data-service', 'elering'] as const)(
  'asks %s once for all of the past, and after a restart for what is missing alone',
  async (name) => {
    const path = await folder()
    const first = await marketOf(name, path)
    const told = await first.past.tell(WINDOW)
    expect(first.server.asked).toHaveLength(1)
    expect(told && known(told)).toBe((60 * DAY_MS) / SLOT_MS)
    expect(told?.values[0]).toBeCloseTo(slotPrice(WINDOW.from), 2)
    await untilKept(path, 'eurPerMwh')

    const same = await marketOf(name, path)
    expect(await same.past.tell(WINDOW)).toEqual(told)
    expect(same.server.asked).toHaveLength(0)
  },
)

it('asks Nord Pool for nothing, and tells what was kept', async () => {
  const path = await folder()
  const { past, server } = await marketOf('nordpool', path)
  const nothing = await past.tell(WINDOW)
  expect(nothing && known(nothing)).toBe(0)
  past.keep({ start: WINDOW.from, values: Float64Array.of(1, Number.NaN, 3) })
  await untilKept(path, '[1,null,3]')
  const later = await marketOf('nordpool', path)
  expect([...((await later.past.tell(WINDOW))?.values.subarray(0, 4) ?? [])]).toEqual([
    1,
    Number.NaN,
    3,
    Number.NaN,
  ])
  expect([...server.asked, ...later.server.asked]).toHaveLength(0)
})

it.each([
  { what: 'of another market', text: '{"source":"elering:EE","start":0,"eurPerMwh":[1]}' },
  { what: 'that broke off', text: '{"source":"eler' },
])('reads no file $what', async ({ text }) => {
  const path = await folder()
  await writeFile(path, text)
  const { past, server } = await marketOf('elering', path)
  const told = await past.tell(WINDOW)
  expect(told && known(told)).toBe((60 * DAY_MS) / SLOT_MS)
  expect(server.asked).toHaveLength(1)
  // What is kept afterwards must not come into a folder that is gone.
  await untilKept(path, `"start":${WINDOW.from}`)
})

it('says nothing where the service has no answer and nothing was kept', async () => {
  const { past, notes } = await marketOf('energi-data-service', await folder(), { status: 500, body: '' })
  expect(await past.tell(WINDOW)).toBeUndefined()
  expect(notes).toMatchObject([{ kind: 'no-answer' }])
})
