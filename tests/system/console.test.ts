import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer, type HttpServer } from '../../src/adapters/http/create-http-server.ts'
import type { DeskEvent } from '../../src/core/domain/views.ts'
import { type Browser, browserPath, type Page, startBrowser } from '../fixtures/browser.ts'
import { createFixtureDesk, type FixtureDesk } from '../fixtures/desk.ts'
import { DESK_NOW } from '../fixtures/desk-curves.ts'
import { fixtureId } from '../fixtures/desk-views.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const WIDE = { width: 1440, height: 900 }
const SHOWN = 'document.querySelectorAll(".pictures:not(.flexibility) .uplot").length === 2'

const text = (selector: string) => `(document.querySelector(${JSON.stringify(selector)})?.textContent ?? '')`
const row = (name: string) =>
  `[...document.querySelectorAll('.buildings tbody tr')].find((row) => row.textContent.includes(${JSON.stringify(name)}))`

describe.skipIf(!browserPath)(
  `the console in Chromium${browserPath ? '' : ' (skipped: none is installed)'}`,
  () => {
    let consoleDir: string
    let browser: Browser
    let desk: FixtureDesk
    let server: HttpServer
    const pages: Page[] = []

    const serve = (port: number) =>
      createHttpServer({ desk, port, consoleDir, log, streamLimits: { beatMs: 200, gatherMs: 20 } })
    const open = async (path = '', view = WIDE): Promise<Page> => {
      const page = await browser.open(`http://127.0.0.1:${server.port}/${path}`, view)
      pages.push(page)
      await page.until(SHOWN)
      return page
    }

    beforeAll(async () => {
      consoleDir = await mkdtemp(join(tmpdir(), 'heatflex-built-'))
      const build = [
        'vite',
        'build',
        'src/console',
        '--outDir',
        consoleDir,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ]
      const [, started] = await Promise.all([
        promisify(execFile)('npx', build, { cwd: ROOT }),
        startBrowser(browserPath ?? ''),
      ])
      browser = started
      desk = createFixtureDesk()
      server = await serve(0)
    }, 60_000)

    // A browser keeps six connections to a server: pages left open would hold them all with their streams.
    afterEach(async () => {
      for (const page of pages.splice(0)) await page.close()
    })

    afterAll(async () => {
      await browser?.close()
      await server?.stop()
      if (consoleDir) await rm(consoleDir, { recursive: true, force: true })
    })

    it('shows the fleet at a glance and loudly what is not real', async () => {
      const page = await open()
      const top = await page.evaluate(text('.top'))
      for (const word of ['SIMULATED buildings', 'SYNTHETIC prices', 'SYNTHETIC weather', '17:07']) {
        expect(top).toContain(word)
      }
      expect(await page.evaluate(text('.key-figures'))).toContain('1\u202f573 kW')
      expect(await page.evaluate(text('.turn'))).toContain('17:00 Heat is dear until 20:00')
      expect(await page.evaluate('document.querySelectorAll(".buildings tbody tr").length')).toBe(20)
      expect(await page.evaluate(text('.refused'))).toContain('seconds-for-milliseconds')
    })

    it('runs under its own policy without a complaint, and asks nobody else', async () => {
      const page = await open('#/building/satama-3')
      await page.until('document.querySelectorAll(".detail .uplot").length === 2')
      const asked = await page.evaluate('performance.getEntriesByType("resource").map(({ name }) => name)')
      for (const url of Array.isArray(asked) ? asked : [])
        expect(url).toContain(`http://127.0.0.1:${server.port}/`)
      expect(page.complaints).toEqual([])
    })

    it('puts trouble first, and shows nothing else when asked', async () => {
      const page = await open()
      expect(await page.evaluate(text('.buildings tbody tr'))).toContain('telemetry lost')
      await page.evaluate(`document.querySelectorAll('.tools button')[1].click()`)
      await page.until('document.querySelectorAll(".buildings tbody tr").length === 9')
    })

    it('sorts by a column, either way', async () => {
      const page = await open()
      const first = (title: string) =>
        page.evaluate(`new Promise((done) => {
        [...document.querySelectorAll('.buildings thead button')].find((head) => head.textContent.startsWith('${title}')).click()
        setTimeout(() => done(document.querySelector('.buildings tbody a').textContent), 50)
      })`)
      expect(await first('Building')).toBe('Kauppakatu 12')
      expect(await first('Building')).toBe('Valtakatu 23 (Harju)')
      expect(await first('Rooms')).toBe('Raastuvankatu 5')
    })

    it('follows what happens', async () => {
      const page = await open()
      const building = desk.fleet().buildings.find(({ id }) => id === 'satama-1')
      if (!building) throw new Error('the fixture has no satama-1')
      const events: DeskEvent[] = [
        { type: 'building', building: { ...building, heatKw: 77.7, coldestC: 17.2 } },
        {
          type: 'turn',
          turn: { at: DESK_NOW, tookMs: 9, planned: 20, leased: 20, onCurve: 0, text: 'All is calm.' },
        },
        { type: 'rejected', rejection: { ...desk.rejected(1)[0], code: 'too-deep', detail: 'depth 900' } },
      ]
      await page.until(`${text('.link')} === 'live'`)
      for (const event of events) desk.emit(event)
      await page.until(`${row('Satamatori 1')}?.textContent.includes('77.7')`)
      await page.until(`${row('Satamatori 1')}?.dataset.severity === '3'`)
      await page.until(`${text('.refused')}.includes('too-deep')`)
    })

    it('asks before it steers, and then the desk has it', async () => {
      const page = await open('#/building/leirikatu-2')
      await page.until('document.querySelectorAll(".mode button").length === 3')
      await page.evaluate(`document.querySelectorAll('.mode button')[1].click()`)
      await page.until(`${text('.confirm')}.includes('Leirikatu 2')`)
      expect(desk.building(fixtureId('leirikatu-2'))?.mode).toEqual({ kind: 'auto' })
      await page.evaluate(`document.querySelector('.confirm .primary').click()`)
      await page.until(`${text('.detail .outcome')}.startsWith('Done')`)
      expect(desk.building(fixtureId('leirikatu-2'))?.mode).toEqual({ kind: 'curve' })
      await page.until(`${row('Leirikatu 2')}?.textContent.includes('own curve')`)
    })

    it('says what an order would bring before it is placed, and asks before it is cancelled', async () => {
      const page = await open()
      await page.until(`${text('.link')} === 'live'`)
      const press = (name: string) =>
        page.evaluate(
          `[...document.querySelectorAll('.orders button')].find(({ textContent }) => textContent === ${JSON.stringify(name)}).click()`,
        )
      const type = (field: string, value: string) =>
        page.evaluate(`(() => {
          const input = [...document.querySelectorAll('.order-form label')].find((label) => label.textContent.startsWith('${field}')).querySelector('input')
          input.value = '${value}'
          input.dispatchEvent(new Event('input', { bubbles: true }))
        })()`)
      expect(await page.evaluate(text('.orders'))).toContain('Take less heat: 150 kW')
      expect(await page.evaluate(text('.orders'))).toContain('150 kW promised, 145 kW so far')
      const known = desk.orders().length
      await press('Place an order')
      await page.until('document.querySelectorAll(".order-form label").length === 6')
      await type('kW', '500')
      await press('What would it bring?')
      await page.until(`${text('.order-quote')}.includes('It would be refused')`)
      await type('kW', '120')
      await press('What would it bring?')
      await page.until(`${text('.order-quote')}.includes('It would be accepted')`)
      expect(desk.orders()).toHaveLength(known)
      await press('Place it')
      await page.until(`${text('.orders .outcome')}.includes('is accepted')`)
      expect(desk.orders()[0]).toMatchObject({ kind: 'reduce', kw: 120, state: 'accepted' })
      await page.until(`${text('.orders ol')}.includes('Take less heat: 120 kW')`)
      await press('Cancel')
      await press('Yes, cancel it')
      await page.until(`${text('.orders .outcome')}.includes('is cancelled')`)
      expect(desk.orders()[0]).toMatchObject({ state: 'cancelled' })
      await page.until(`${text('.orders ol li')}.startsWith('cancelled')`)
    })

    it('says that the connection is lost and of when its figures are, and comes back by itself', async () => {
      const page = await open()
      await page.until(`${text('.link')} === 'live'`)
      const { port } = server
      await server.stop()
      await page.until(`${text('.connection')}.startsWith('Connection lost.')`)
      expect(await page.evaluate(text('.connection'))).toContain('Figures from Wed 14 Jan 17:07')
      expect(await page.evaluate('document.querySelector(".page").dataset.stale')).toBe('true')
      server = await serve(port)
      await page.until(`${text('.link')} === 'live'`, 20_000)
      await page.until(`${text('.connection')} === ''`)
    })

    it.each([
      { width: 360, height: 740, scheme: 'dark' as const },
      { width: 768, height: 1024, scheme: 'light' as const },
      { width: 1440, height: 900, scheme: 'dark' as const },
      { width: 3840, height: 2160, scheme: 'dark' as const },
    ])('fits $width pixels without scrolling sideways', async (view) => {
      const page = await open('', view)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width)
      const small = `[...document.querySelectorAll('main button, main a')].some((thing) => thing.getBoundingClientRect().right > innerWidth)`
      expect(await page.evaluate(small)).toBe(false)
    })
  },
)
