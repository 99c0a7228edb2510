import { describe, expect, it } from 'vitest'
import { demandsOf, isMet, summaryLines } from '../../../../scripts/calls/calls-summary.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { OrderReport } from '../../../../src/replay/orders/orders-report.ts'

const FROM = Date.UTC(2024, 0, 15, 12)

/** A call for 100 kW of `spaceHeatKw`, of which `deliveredKw` came; undefined where it was refused. */
function call(noticeMinutes: number, spaceHeatKw: number, deliveredKw: number | undefined): OrderReport {
  const isAccepted = deliveredKw !== undefined
  return {
    kind: 'reduce',
    kw: 100,
    announcedAt: FROM - noticeMinutes * 60_000,
    from: FROM,
    until: FROM + 2 * HOUR_MS,
    noticeMinutes,
    outdoorC: -5,
    offer: { kw: 100, meanKw: 125, sigmaKw: 20 },
    refusal: isAccepted ? null : 'more-than-deliverable',
    deliverableKw: null,
    promisedReboundKw: null,
    promisedReboundKwh: null,
    isDelivered: isAccepted ? deliveredKw >= 100 : null,
    shareOfSpaceHeat: isAccepted ? 100 / spaceHeatKw : null,
    ledgerGini: 0,
    ...(isAccepted && { deliveredKw, netAfterKwh: 80, reboundKwh: 120 }),
  }
}

const met = (calls: readonly OrderReport[]) => demandsOf(calls).map(isMet)
const times = <T>(count: number, one: T) => Array.from({ length: count }, () => one)

describe('what two hundred calls are to show', () => {
  it.each([
    { delivered: 86, isKept: false },
    { delivered: 91, isKept: true },
    // An offer that is always delivered was less than could be had.
    { delivered: 99, isKept: false },
  ])('calls $delivered of 100 delivered kept: $isKept', ({ delivered, isKept }) => {
    const calls = [...times(delivered, call(10, 500, 110)), ...times(100 - delivered, call(180, 400, 90))]
    expect(met(calls)[0]).toBe(isKept)
  })

  it('asks more of calls with notice than without', () => {
    const a_seventh = [call(10, 700, 110), call(180, 700, 110)]
    expect(met(a_seventh).slice(1)).toEqual([false, true])
  })

  it('counts a refused call as an offer of nothing', () => {
    const calls = [call(10, 500, 110), call(10, 500, undefined), call(10, 500, undefined)]
    expect(met(calls)[2]).toBe(false)
  })

  it('misses what was never called', () => {
    expect(met([])).toEqual([false, false, false])
  })
})

it('tells rebound and refusals beside the demands', () => {
  const lines = summaryLines([call(10, 500, 160), call(10, 500, undefined)], [])
  expect(lines[0]).toBe('2 calls in 0 replays, 1 accepted; refused: {"more-than-deliverable":1}')
  expect(lines).toContain(
    'net of 24 h after, kWh per kWh delivered: median 0.25, a tenth below 0.25, a tenth above 0.25',
  )
})
