import { describe, expect, it } from 'vitest'
import { isProtected } from '../../../../../src/core/plan/orders/priority.ts'

const terms = {
  timeZone: 'Europe/Helsinki',
  schools: {
    fromHour: 7,
    untilHour: 16,
    holidays: [
      { from: '06-01', until: '08-10' },
      { from: '12-22', until: '01-06' },
    ],
  },
}
const school = { kind: 'school' } as const
const block = { kind: 'concrete-block' } as const

describe('who is protected', () => {
  it.each([
    { when: 'a Monday morning', at: Date.UTC(2026, 0, 12, 6), expected: true },
    { when: 'before school', at: Date.UTC(2026, 0, 12, 4, 59), expected: false },
    { when: 'as it begins', at: Date.UTC(2026, 0, 12, 5), expected: true },
    { when: 'as it ends', at: Date.UTC(2026, 0, 12, 14), expected: false },
    { when: 'a Saturday', at: Date.UTC(2026, 0, 17, 8), expected: false },
    { when: 'the last day of the winter holiday', at: Date.UTC(2026, 0, 6, 8), expected: false },
    { when: 'the day after', at: Date.UTC(2026, 0, 7, 8), expected: true },
    { when: 'before Christmas', at: Date.UTC(2025, 11, 23, 8), expected: false },
    { when: 'midsummer', at: Date.UTC(2026, 5, 24, 8), expected: false },
    { when: 'the first day of the summer holiday', at: Date.UTC(2026, 5, 1, 8), expected: false },
  ])('is a school on $when: $expected', ({ at, expected }) => {
    expect(isProtected(school, at, terms)).toBe(expected)
  })

  it('is what is said to be, at any time', () => {
    const night = Date.UTC(2026, 0, 17, 1)
    expect(isProtected({ ...block, priority: 'protected' }, night, terms)).toBe(true)
    expect(isProtected({ ...school, priority: 'protected' }, night, terms)).toBe(true)
    expect(isProtected({ ...block, priority: 'normal' }, night, terms)).toBe(false)
    expect(isProtected(block, night, terms)).toBe(false)
  })
})
