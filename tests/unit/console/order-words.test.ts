import { describe, expect, it } from 'vitest'
import { orderView, quoteView } from '../../../src/adapters/http/order-view.ts'
import {
  firstWindow,
  inputTime,
  isStanding,
  orderOutcome,
  orderTitle,
  quoteSentences,
} from '../../../src/console/order-words.ts'
import { createFixtureDesk } from '../../fixtures/desk.ts'
import { DESK_NOW } from '../../fixtures/desk-curves.ts'

const desk = createFixtureDesk()
const [running, refused] = desk.orders().map(orderView)
if (!running || !refused) throw new Error('the fixture has two orders')

describe('an order in words', () => {
  it.each([
    { asked: { kind: 'reduce', kw: 1250 }, title: 'Take less heat: 1\u202f250 kW' },
    { asked: { kind: 'increase', kw: 80, branch: 'north' }, title: 'Take more heat: 80 kW on north' },
    { asked: { kind: 'cap', kw: 900 }, title: 'Keep the flow under 900 kW' },
    {
      asked: { kind: 'emergency', kw: 0, branch: 'north' },
      title: 'Emergency: all but the protected give on north',
    },
  ] as const)('is titled “$title”', ({ asked, title }) => expect(orderTitle(asked)).toBe(title))

  it('says what came of it', () => {
    expect(orderOutcome(running)).toBe('150 kW promised, 145 kW so far')
    expect(orderOutcome({ ...running, deliveredKw: null })).toBe('150 kW promised')
    expect(orderOutcome({ ...running, kind: 'cap' })).toBe('at most 150 kW promised, at most 145 kW so far')
    expect(orderOutcome(refused)).toContain('1400 kW can')
  })

  it('can be taken back while it stands', () => {
    const states = ['accepted', 'running', 'releasing', 'done', 'cancelled', 'refused'] as const
    expect(states.filter((state) => isStanding({ state }))).toEqual(['accepted', 'running', 'releasing'])
  })
})

describe('a quote in sentences', () => {
  const asked = { kind: 'reduce', kw: 100, from: DESK_NOW, until: DESK_NOW + 7_200_000 } as const
  const sentences = async (more: { kind?: 'cap' | 'emergency'; kw?: number }) => {
    const request = { ...asked, ...more }
    return quoteSentences(quoteView(await desk.quoteOrder(request), request), request).join(' ')
  }

  it('says whether, how much, and what comes back', async () => {
    const said = await sentences({})
    for (const part of ['accepted', '180.0 kW', '1\u202f600 kW flow', '60 kW come back', '1.5 K·h']) {
      expect(said).toContain(part)
    }
  })

  it('says why not', async () => {
    expect(await sentences({ kw: 500 })).toContain('It would be refused: 500 kW is more than can be met')
    expect(await sentences({ kind: 'cap', kw: 100 })).toContain('The lowest that holds is 1\u202f400.0 kW')
  })

  it('says of an emergency what it takes away', async () => {
    expect(await sentences({ kind: 'emergency', kw: 0 })).toContain('takes away at least')
  })
})

it('begins at a quarter-hour that is still to come', () => {
  const { from, until } = firstWindow(DESK_NOW)
  expect([from % 900_000, until - from]).toEqual([0, 7_200_000])
  expect(from - DESK_NOW).toBeGreaterThan(900_000)
  expect(new Date(inputTime(from)).getTime()).toBe(from)
})
