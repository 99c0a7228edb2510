import { expect, it } from 'vitest'
import type { HeatStore } from '../../../../../src/core/domain/plant.ts'
import { solveBuildingQp } from '../../../../../src/core/math/solve-building-qp.ts'
import { createWorkspace } from '../../../../../src/core/math/workspace.ts'
import { readStore, storeQp } from '../../../../../src/core/plan/production/store-qp.ts'

const tank: HeatStore = {
  id: 'tank',
  capacityKwh: 40_000,
  chargeKw: 5000,
  dischargeKw: 8000,
  lossRatioPerDay: 0.02,
}
/** Dear from 8 to 12 of each day. */
const eurPerKwh = Float64Array.from({ length: 192 }, (_, k) => (k % 96 >= 32 && k % 96 < 48 ? 0.12 : 0.04))

function planned(levelKwh: number) {
  const { qp, fixedKw } = storeQp(tank, levelKwh, eurPerKwh)
  const priced = { ...qp, price: eurPerKwh.map((eur) => eur / 4) }
  const result = solveBuildingQp(priced, createWorkspace(192), { gap: 1e-4, maxIterations: 40 })
  return { result, fixedKw, plan: readStore(tank, result) }
}

it('charges while heat is cheap and gives it while it is dear, within its tank and its pipes', () => {
  const { result, plan } = planned(0)
  expect(result.status).toBe('solved')
  const meanOf = (from: number, to: number) =>
    plan.chargeKw.subarray(from, to).reduce((sum, kw) => sum + kw, 0) / (to - from)
  expect(meanOf(0, 32)).toBeGreaterThan(1000)
  expect(meanOf(33, 48)).toBeLessThan(-7000)
  for (const kw of plan.chargeKw) {
    expect(kw).toBeGreaterThanOrEqual(-8000 - 1e-6)
    expect(kw).toBeLessThanOrEqual(5000 + 1e-6)
  }
  for (const kwh of plan.levelKwh) {
    expect(kwh).toBeGreaterThan(-0.01 * tank.capacityKwh)
    expect(kwh).toBeLessThan(1.01 * tank.capacityKwh)
  }
})

it('keeps account of its heat to the last kilowatt-hour', () => {
  const { plan, fixedKw } = planned(10_000)
  expect(fixedKw).toBe(-8000)
  const keeps = Math.exp((Math.log(0.98) / 24) * 0.25)
  let level = 10_000
  for (const [k, kw] of plan.chargeKw.entries()) {
    level = level * keeps + kw * 0.25
    expect(Math.abs(plan.levelKwh[k]! - level)).toBeLessThan(1)
  }
})

it('does not end empty where the next day will be dear', () => {
  const { plan } = planned(0)
  expect(plan.levelKwh[191]).toBeGreaterThan(0.5 * tank.capacityKwh)
})
