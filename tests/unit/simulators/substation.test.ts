import { describe, expect, it } from 'vitest'
import type { SubstationSpec } from '../../../simulators/building-spec.ts'
import { curveSupplyC } from '../../../simulators/heating-curve.ts'
import { networkSupplyC } from '../../../simulators/network.ts'
import {
  askSupply,
  districtLimitKw,
  feelOutdoor,
  moveSupply,
  type SubstationState,
  settlePrimary,
} from '../../../simulators/substation.ts'

const ECL = [75, 60, 50, 45, 40, 28].map((supplyC, i) => ({ outdoorC: [-30, -15, -5, 0, 5, 15][i], supplyC }))

const spec: SubstationSpec = {
  curve: ECL,
  supplyMinC: 20,
  supplyMaxC: 75,
  responseMin: 5,
  roomCompensation: 0,
  returnLimitC: null,
  primaryFlowMaxM3h: 3,
  designKw: 150,
  approachK: 4,
  pipeLossKwPerK: 0,
}

function stateAt(outdoorC: number): SubstationState {
  return {
    supplyC: 45,
    returnC: 35,
    flowKwPerK: 6,
    outdoorFeltC: outdoorC,
    seasonC: outdoorC,
    pumpOn: 1,
    roomFeltC: 21,
    curveSupplyC: 45,
    askedSupplyC: 45,
    primarySupplyC: networkSupplyC(outdoorC),
    primaryReturnC: 35,
    primaryFlowM3h: 1,
    spaceHeatKw: 60,
  }
}

const nothing = { drawKw: 0, circulationKw: 0, ventHeatKw: 0 }

describe('the heating curve', () => {
  it.each([
    { outdoorC: -40, supplyC: 75 },
    { outdoorC: -30, supplyC: 75 },
    { outdoorC: -10, supplyC: 55 },
    { outdoorC: 0, supplyC: 45 },
    { outdoorC: 10, supplyC: 34 },
    { outdoorC: 25, supplyC: 28 },
  ])('asks for $supplyC °C at $outdoorC °C', ({ outdoorC, supplyC }) => {
    expect(curveSupplyC(ECL, outdoorC)).toBeCloseTo(supplyC, 9)
  })

  it.each([
    { name: 'nothing', command: undefined, asked: 45 },
    { name: 'an offset', command: { supplyOffsetK: -8 }, asked: 37 },
    { name: 'more than it takes', command: { supplyOffsetK: 40 }, asked: 55 },
    { name: 'a supply temperature', command: { supplyC: 50 }, asked: 50 },
    { name: 'one above its limit', command: { supplyC: 95 }, asked: 75 },
    { name: 'a kelvin more of room', command: { roomSetpointC: 22 }, asked: 45 + (47 / 45) * 2.5 },
  ])(
    'asks for $asked °C at 0 °C when told $name, and says what the curve alone would',
    ({ command, asked }) => {
      const state = stateAt(0)
      askSupply(spec, state, command)
      expect(state.askedSupplyC).toBeCloseTo(asked, 9)
      expect(state.curveSupplyC).toBeCloseTo(45, 9)
    },
  )

  it('is lowered by a warm room where there is room compensation, and by a hot return at its limiter', () => {
    const warm = { ...stateAt(0), roomFeltC: 23 }
    askSupply({ ...spec, roomCompensation: 0.5 }, warm, undefined)
    expect(warm.askedSupplyC).toBeCloseTo(45 - 0.5 * 2 * 2.5 * (47 / 45), 9)
    const hot = { ...stateAt(0), returnC: 40 }
    askSupply({ ...spec, returnLimitC: 38 }, hot, undefined)
    expect(hot.askedSupplyC).toBeCloseTo(41, 9)
  })
})

describe('the exchanger', () => {
  it('gives less when the network is cooler', () => {
    const limits = [-26, -15, -5, 5].map((outdoorC) => districtLimitKw(spec, stateAt(outdoorC), nothing))
    expect(limits).toEqual([...limits].sort((a, b) => b - a))
    expect(limits[3] / limits[0]).toBeLessThan(0.6)
  })

  it('lets hot water go first, to the last of the flow', () => {
    const state = stateAt(-10)
    const free = districtLimitKw(spec, state, nothing)
    expect(districtLimitKw(spec, state, { ...nothing, drawKw: 80 })).toBeLessThan(free - 50)
    expect(districtLimitKw(spec, state, { ...nothing, drawKw: 800 })).toBe(0)
  })

  it('holds the supply down to what the limit allows, and follows its curve at its own pace below it', () => {
    const limited = { ...stateAt(0), askedSupplyC: 60 }
    for (let i = 0; i < 60; i++) moveSupply(spec, limited, 90)
    expect(limited.supplyC).toBeCloseTo(35 + 90 / 6, 6)
    const free = { ...stateAt(0), askedSupplyC: 55 }
    moveSupply(spec, free, 1000)
    expect(free.supplyC).toBeCloseTo(47, 9)
  })

  it('returns to the network what balances flow and heat', () => {
    const state = stateAt(0)
    const served = { drawKw: 30, circulationKw: 5, ventHeatKw: 10 }
    settlePrimary(spec, state, served)
    const heatKw = state.primaryFlowM3h * 1.163 * (state.primarySupplyC - state.primaryReturnC)
    expect(heatKw).toBeCloseTo(60 + 45, 9)
    expect(state.primaryReturnC).toBeGreaterThan(24)
    expect(state.primaryReturnC).toBeLessThan(45)
  })
})

describe('the season', () => {
  it('stops the pump in summer and starts it again below 15 °C', () => {
    const state = stateAt(10)
    const run = (outdoorC: number) => {
      for (let i = 0; i < 5 * 1440; i++) feelOutdoor(state, outdoorC, 22)
      return state.pumpOn
    }
    expect([10, 16, 20, 16, 12].map(run)).toEqual([1, 1, 0, 0, 1])
  })
})
