import { describe, expect, it } from 'vitest'
import { flexibilityView } from '../../../src/adapters/http/flexibility-view.ts'
import { behindWords, commitmentWords, offerWords } from '../../../src/console/flexibility-words.ts'
import { flexibilityData } from '../../../src/console/plots/flexibility-data.ts'
import { fixtureCommitments, fixtureFlexibility } from '../../fixtures/desk-flexibility.ts'

const view = flexibilityView(fixtureFlexibility(), fixtureCommitments(), {})
const kind = { durationMinutes: 120, noticeMinutes: 180 }

describe('the words beside the offers', () => {
  it('say what can be had at the soonest, how surely, at what price, and what comes back', () => {
    expect(offerWords(view, kind)).toMatch(
      /^\d+ kW less \(21 €\/MWh\) or \d+ kW more \(21 €\/MWh\) for 2 h, delivered in 90 % of calls; 93 % of it comes back\.$/,
    )
  })

  it('promise nothing where nothing can be promised', () => {
    const slices = view.slices.map((one) => ({ ...one, kw: one.kw.map(() => 0) }))
    expect(offerWords({ ...view, slices }, kind)).toBe('Nothing can be promised for 2 h at 90 %.')
    expect(offerWords({ ...view, slices: [] }, kind)).toBe('Nothing can be promised for 2 h at 90 %.')
  })

  it('name who is not counted on', () => {
    expect(behindWords(view)).toBe('17 buildings; not counted on: 1 offline, 2 without a plan')
    const metered = { ...view, withheld: { 'meter-only': 1 } }
    expect(behindWords(metered)).toBe('17 buildings; not counted on: 1 with a meter only')
  })

  it('say how an order in force fares, and what is missing', () => {
    const [one] = view.commitments
    if (!one) throw new Error('the fixture has a commitment')
    expect(commitmentWords(one)).toContain('others stand in for satama-1')
    expect(commitmentWords({ ...one, unmetKw: 40, dropped: [] })).toMatch(/40 kW that nobody has room for\.$/)
  })
})

describe('the picture of the offers', () => {
  it('puts more above the line and less below it, promised within expected', () => {
    const [at, more, likelyMore, less, likelyLess] = flexibilityData(
      view,
      kind,
      view.start - view.stepMs,
      view.start + 4 * view.stepMs,
    )
    expect(at).toHaveLength(6)
    expect(more?.[0]).toBeNull()
    for (let k = 1; k < 6; k++) {
      expect(more![k]!).toBeGreaterThan(0)
      expect(likelyMore![k]!).toBeGreaterThan(more![k]!)
      expect(less![k]!).toBeLessThan(0)
      expect(likelyLess![k]!).toBeLessThan(less![k]!)
    }
  })
})
