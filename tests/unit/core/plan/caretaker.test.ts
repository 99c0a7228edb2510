import { describe, expect, it } from 'vitest'
import type { ThermalModel } from '../../../../src/core/domain/building.ts'
import { SLOT_HOURS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import {
  type CareStep,
  type Caretaker,
  caretakerAboveK,
  NO_CARETAKER,
  stepCaretaker,
} from '../../../../src/core/plan/caretaker.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'

const model: ThermalModel = {
  airKwhPerK: 4,
  massKwhPerK: 60,
  couplingKwPerK: 8,
  airLossKwPerK: 0.7,
  massLossKwPerK: 0.3,
  apertureM2: 0,
  heatToAirRatio: 0.7,
  gainsKw: 0,
}
const quiet: CareStep = {
  now: 0,
  model: discretise(model, SLOT_HOURS),
  oursKw: 0,
  kwPerK: 0.5,
  roomKwPerK: 1,
  comfortC: 21,
  lowestC: 20.5,
  minC: 20,
}

/** `slots` quarter-hours, each as `step` makes it. */
function live(slots: number, step: (k: number, care: Caretaker) => Partial<CareStep>): Caretaker {
  let care = NO_CARETAKER
  for (let k = 0; k < slots; k++) care = stepCaretaker(care, { ...quiet, ...step(k, care), now: k * SLOT_MS })
  return care
}

const DAY = 96

describe('the caretaker', () => {
  it('knows what a kelvin for good does: heat over loss, and over what warm rooms refuse', () => {
    const { perShift } = live(1, () => ({}))
    const { massLossKwPerK: hm, couplingKwPerK: h, airLossKwPerK: hi } = model
    const lossKwPerK = hi + (hm * h) / (hm + h)
    // All but the share of heat that goes to the mass at once.
    expect(perShift?.airK).toBeCloseTo(0.5 / (lossKwPerK + 1), 1)
  })

  it('stands on the curve until something is known', () => {
    expect(caretakerAboveK(NO_CARETAKER)).toBeCloseTo(0, 12)
  })

  it('turns a curve that stands a kelvin too high down by a kelvin', () => {
    const care = live(3 * DAY, () => ({}))
    expect(21 + caretakerAboveK(care)).toBeCloseTo(20, 2)
  })

  it('keeps the edge in all but the three coldest hours of a fortnight', () => {
    const dips = (hours: number) => live(7 * DAY, (k) => ({ comfortC: k < hours * 4 ? 20.2 : 21 }))
    expect(21 + caretakerAboveK(dips(3))).toBeCloseTo(20, 2)
    expect(21 + caretakerAboveK(dips(6))).toBeCloseTo(20.8, 2)
  })

  it('forgets what was more than a fortnight ago', () => {
    const care = live(15 * DAY, (k) => ({ comfortC: k < 24 ? 20.2 : 21 }))
    expect(21 + caretakerAboveK(care)).toBeCloseTo(20, 2)
  })

  it('takes what our offsets did out of the rooms', () => {
    // The room is where the curve has it, 21 °C, and what we made of it.
    const oursKw = (k: number) => (k % DAY < DAY / 2 ? -1 : 1)
    const care = live(10 * DAY, (k, { ours }) => ({ oursKw: oursKw(k), comfortC: 21 + ours.airK }))
    expect(Math.abs(care.ours.airK)).toBeGreaterThan(0.1)
    expect(21 + care.ours.airK + caretakerAboveK(care)).toBeGreaterThan(19.7)
    expect(21 + care.ours.airK + caretakerAboveK(care)).toBeLessThan(20.1)
  })

  it('takes no room under 18 °C', () => {
    const care = live(3 * DAY, (k) => ({ comfortC: 22, lowestC: k === 100 ? 18.5 : 21 }))
    expect(22 + caretakerAboveK(care)).toBeCloseTo(21.5, 2)
  })

  it('leaves a room that the curve lets fall below 18 °C out of it', () => {
    const care = live(3 * DAY, () => ({ comfortC: 21, lowestC: 17.5 }))
    expect(21 + caretakerAboveK(care)).toBeCloseTo(20, 2)
  })

  it('learns nothing from rooms that cannot be trusted', () => {
    const care = live(DAY, () => ({ comfortC: undefined, lowestC: undefined }))
    expect(care.needs).toEqual([])
  })
})
