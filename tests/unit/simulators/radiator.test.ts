import { describe, expect, it } from 'vitest'
import {
  emissionKw,
  type RadiatorState,
  radiatorKwhPerK,
  stepRadiator,
} from '../../../simulators/radiator.ts'

const radiator = { nominalKw: 1, flowKwPerK: 0.1 }

function settled(supplyC: number, flowKwPerK: number, roomC = 20): RadiatorState {
  const state = { middleC: supplyC, outletC: supplyC, emittedKw: 0, takenKw: 0 }
  for (let i = 0; i < 600; i++) stepRadiator(state, radiator, supplyC, flowKwPerK, roomC)
  return state
}

describe('an EN 442 radiator', () => {
  it('gives its nominal heat at 75/65/20 °C', () => {
    const state = settled(75, 0.1)
    expect(state.emittedKw).toBeCloseTo(1, 2)
    expect(state.outletC).toBeCloseTo(65, 0)
  })

  it.each([
    { excessK: 50, heatKw: 1 },
    { excessK: 30, heatKw: 0.5148 },
    { excessK: 25, heatKw: 0.4061 },
  ])('follows the exponent 1.3: $heatKw at $excessK K', ({ excessK, heatKw }) => {
    expect(emissionKw(1, excessK)).toBeCloseTo(heatKw, 3)
  })

  it('has the time constant of its water and steel, 16 minutes at 50 K', () => {
    const slope = (1.3 * emissionKw(1, 50)) / 50
    expect((radiatorKwhPerK(radiator) / slope) * 60).toBeCloseTo(15.7, 0)
  })

  it.each([
    { name: 'heating up', supplyC: 60, flowKwPerK: 0.05 },
    { name: 'starved of flow', supplyC: 60, flowKwPerK: 0.001 },
    { name: 'shut', supplyC: 60, flowKwPerK: 0 },
    { name: 'fed colder than its room', supplyC: 15, flowKwPerK: 0.05 },
  ])('keeps the balance of its heat while $name', ({ supplyC, flowKwPerK }) => {
    const state = { middleC: 35, outletC: 30, emittedKw: 0, takenKw: 0 }
    for (let i = 0; i < 300; i++) {
      const before = state.middleC + state.outletC
      stepRadiator(state, radiator, supplyC, flowKwPerK, 20)
      const storedKw = (radiatorKwhPerK(radiator) * (state.middleC + state.outletC - before) * 60) / 2
      expect(state.takenKw - state.emittedKw).toBeCloseTo(storedKw, 9)
      expect(state.outletC).toBeGreaterThan(14)
    }
  })

  it('returns colder water with less flow', () => {
    const returns = [0.1, 0.05, 0.02, 0.005].map((flow) => settled(60, flow).outletC)
    expect(returns).toEqual([...returns].sort((a, b) => b - a))
    expect(returns.at(-1)).toBeLessThan(25)
  })
})
