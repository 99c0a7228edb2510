import { describe, expect, it } from 'vitest'
import { type MoveFacts, moveReason } from '../../../../src/core/dispatch/move-reason.ts'

const UNTIL = Date.UTC(2026, 0, 12, 6, 45)
const facts: MoveFacts = {
  behind: 'order',
  kind: 'reduce',
  until: UNTIL,
  timeZone: 'Europe/Helsinki',
  returnsTo: undefined,
}
const planned = { mode: 'auto', reason: { code: 'comfort-high', text: 'Rooms are warm enough.' } } as const

describe('a lease that is moved between plans', () => {
  it.each([
    { why: 'an order for less', change: {}, mode: 'order', code: 'order-less' },
    { why: 'a cap that was ordered', change: { kind: 'cap' }, mode: 'order', code: 'order-less' },
    { why: 'an order for more', change: { kind: 'increase' }, mode: 'order', code: 'order-more' },
    {
      why: 'a full pipe',
      change: { behind: 'network', kind: 'cap' },
      mode: 'auto',
      code: 'network-limit',
    },
  ] as const)('says $why on the account that it is on, until when', ({ change, mode, code }) => {
    const said = moveReason({ ...facts, ...change })
    expect(said).toMatchObject({ mode, reason: { code } })
    expect(said.reason.text).toContain('08:45')
  })

  it('says what the plan had said, on its account, where it is back at the plan’s setting', () => {
    expect(moveReason({ ...facts, returnsTo: planned })).toEqual(planned)
  })
})
