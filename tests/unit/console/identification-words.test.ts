import { expect, it } from 'vitest'
import { driftText, estimateText, modelOrigin } from '../../../src/console/identification-words.ts'
import { FIXTURE_BUILDINGS } from '../../fixtures/desk-buildings.ts'
import { buildingView } from '../../fixtures/desk-views.ts'

it.each([
  { estimate: { value: 2.412, low: 2.3, high: 2.52 }, text: '2.41 (2.30 to 2.52)' },
  { estimate: { value: 2.412, low: null, high: null }, text: '2.41, to an unknown degree' },
])('says $text', ({ estimate, text }) => expect(estimateText(estimate, 2)).toBe(text))

it.each([
  { ratio: 1.22, text: 'loses 22 % more heat than a month ago and earlier' },
  { ratio: 0.8, text: 'loses 20 % less heat than a month ago and earlier' },
])('says that a building $text', ({ ratio, text }) => expect(driftText({ ratio, since: 0 })).toBe(text))

it('says where the model comes from', () => {
  const building = buildingView(FIXTURE_BUILDINGS[1]!, 1)
  const learnedAt = Date.UTC(2026, 0, 12, 12)
  const none = { checkedAt: null, days: null, heatLossKwPerK: null, response2hKPerKw: null }
  const nothing = { timeConstantHours: null, dayAheadRmseK: null, persistenceRmseK: null, drift: null }
  const shut = { gate: 'shut', reasons: [], learnedAt: null, ...none, ...nothing } as const
  expect(modelOrigin({ ...building, modelSource: 'configured' })).toBe('configured')
  expect(modelOrigin({ ...building, modelSource: 'prior' })).toBe('assumed from its kind')
  expect(modelOrigin({ ...building, modelSource: 'prior', identification: shut })).toMatch(
    'until it is learned',
  )
  const open = { ...shut, gate: 'open', learnedAt } as const
  expect(modelOrigin({ ...building, modelSource: 'learned', identification: open })).toBe(
    'learned, Mon 12 Jan',
  )
})
