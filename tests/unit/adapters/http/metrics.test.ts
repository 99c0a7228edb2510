import { expect, it } from 'vitest'
import { createFixtureDesk } from '../../../fixtures/desk.ts'
import { createTestApp } from './test-app.ts'

async function scrape(app: ReturnType<typeof createTestApp>): Promise<Map<string, string>> {
  const text = await (await app.request('/metrics')).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]),
  )
}

it('says what the desk counts, the same at every scrape', async () => {
  const app = createTestApp()
  await scrape(app)
  const metrics = await scrape(app)
  expect(metrics.get('heatflex_messages_received_total')).toBe('48211')
  expect(metrics.get('heatflex_plan_seconds_total')).toBe('31.7')
  expect(metrics.get('heatflex_rejected_total{code="out-of-range"}')).toBe('12')
  expect(metrics.get('heatflex_buildings{by="lost"}')).toBe('1')
  expect(metrics.get('heatflex_orders{state="running"}')).toBe('1')
  expect(metrics.get('heatflex_orders{state="done"}')).toBe('0')
  expect(metrics.get('heatflex_healthy')).toBe('0')
})

it('shares no registry between two servers', async () => {
  const desk = createFixtureDesk()
  const metrics = desk.metrics()
  desk.metrics = () => ({ ...metrics, turns: 9 })
  const other = createTestApp()
  expect((await scrape(createTestApp({ desk }))).get('heatflex_turns_total')).toBe('9')
  expect((await scrape(other)).get('heatflex_turns_total')).toBe('104')
})
