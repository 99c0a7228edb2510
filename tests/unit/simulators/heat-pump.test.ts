import { describe, expect, it } from 'vitest'
import {
  type HeatPumpState,
  heatPumpCapacityKw,
  heatPumpCop,
  heatSource,
  stepHeatPump,
} from '../../../simulators/heat-pump.ts'

const spec = {
  capacityKw: 60,
  carnotRatio: 0.43,
  backupKw: 50,
  bufferKwhPerK: 2,
  minRunMin: 20,
  minOffMin: 10,
}

function newPump(): HeatPumpState {
  return { bufferC: 40, compressorOn: 1, sinceMin: 30, tankKw: 0, pumpKw: 0, backupKw: 0, electricKw: 0 }
}

function run(state: HeatPumpState, minutes: number, spaceKw: number, outdoorC: number): number[] {
  const on: number[] = []
  for (let i = 0; i < minutes; i++) {
    stepHeatPump(spec, state, { targetC: 42, spaceKw, hotWaterKw: 0 }, outdoorC)
    on.push(state.compressorOn)
  }
  return on
}

describe('an air-source heat pump', () => {
  it.each([
    { outdoorC: 7, supplyC: 35, low: 3.3, high: 4.5 },
    { outdoorC: -7, supplyC: 45, low: 2.1, high: 2.7 },
    { outdoorC: -20, supplyC: 55, low: 1.5, high: 1.9 },
  ])(
    'has a COP of $low to $high at $outdoorC °C with $supplyC °C water',
    ({ outdoorC, supplyC, low, high }) => {
      expect(heatPumpCop(spec, outdoorC, supplyC)).toBeGreaterThan(low)
      expect(heatPumpCop(spec, outdoorC, supplyC)).toBeLessThan(high)
    },
  )

  it('gives less heat in the cold', () => {
    const capacities = [7, 0, -7, -15, -25].map((outdoorC) => heatPumpCapacityKw(spec, outdoorC))
    expect(capacities).toEqual([...capacities].sort((a, b) => b - a))
    expect(capacities[2]).toBe(60)
  })

  it('runs and rests for its shortest times when little is wanted', () => {
    const runs = run(newPump(), 2000, 4, 5).join('').match(/1+|0+/g) ?? []
    expect(runs.length).toBeGreaterThan(6)
    for (const one of runs.slice(1, -1)) {
      expect(one.length).toBeGreaterThanOrEqual(one.startsWith('1') ? 20 : 10)
    }
  })

  it('modulates without stopping, and without electricity, at half its capacity', () => {
    const state = newPump()
    expect(run(state, 600, 35, -7).slice(60)).not.toContain(0)
    expect(heatSource(state)).toBe('heat-pump')
    expect(state.bufferC).toBeGreaterThan(41)
  })

  it('calls its electric backup when the cold asks for more than it has', () => {
    const state = newPump()
    run(state, 600, 80, -20)
    expect(heatSource(state)).toBe('heat-pump+electric')
    expect(state.pumpKw + state.backupKw).toBeCloseTo(80, 1)
    expect(state.bufferC).toBeGreaterThan(38)
    expect((state.pumpKw + state.backupKw) / state.electricKw).toBeLessThan(1.9)
  })

  it('keeps the balance of its buffer', () => {
    const state = newPump()
    for (let i = 0; i < 500; i++) {
      const before = state.bufferC
      run(state, 1, 30 + 20 * Math.sin(i / 30), -5)
      const gained = (state.bufferC - before) * spec.bufferKwhPerK * 60
      expect(state.pumpKw + state.backupKw - 30 - 20 * Math.sin(i / 30)).toBeCloseTo(gained, 8)
    }
  })
})
