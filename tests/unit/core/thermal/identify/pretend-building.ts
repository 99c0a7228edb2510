import type { ThermalModel } from '../../../../../src/core/domain/building.ts'
import { hashedNormal, hashedUnit } from '../../../../../src/core/domain/chance.ts'
import { HOUR_MS } from '../../../../../src/core/domain/instant.ts'
import { discretise } from '../../../../../src/core/thermal/discretise.ts'
import { predict, solarHeatKw } from '../../../../../src/core/thermal/predict.ts'

export const TRUTH: ThermalModel = {
  airKwhPerK: 8,
  massKwhPerK: 150,
  couplingKwPerK: 30,
  airLossKwPerK: 1.4,
  massLossKwPerK: 1.1,
  apertureM2: 60,
  gainsKw: 8,
  heatToAirRatio: 0.6,
}

export interface Pretend {
  readonly days: number
  readonly stepHours?: number
  /** kW beside what the curve gives. */
  readonly moveKw?: number
  readonly curve?: (outdoorC: number) => number
}

const START = Date.UTC(2024, 0, 8)

/** Telemetry of a house of two masses whose answers are known: the plan's own model, with a noisy thermometer. */
export function pretend({ days, stepHours = 0.5, moveKw = 12, curve }: Pretend) {
  const count = Math.round((days * 24) / stepHours)
  const at = Array.from({ length: count }, (_, k) => START + k * stepHours * HOUR_MS)
  const outdoorC = at.map((_, k) => {
    const hour = k * stepHours
    return (
      -4 + 4 * Math.sin((hour * 2 * Math.PI) / 24 - 2) + 5 * Math.sin(hour / 31) + 2 * Math.sin(hour / 11)
    )
  })
  const solarWm2 = at.map((_, k) => Math.max(0, 180 * Math.sin(((k * stepHours - 7) * Math.PI) / 12)))
  const step = discretise(TRUTH, stepHours)
  const heatKw: number[] = []
  const indoorC: number[] = []
  let state = { airC: 21, massC: 20.8 }
  let until = 0
  let moved = 0
  for (let k = 0; k < count; k++) {
    if (k >= until) {
      moved = (hashedUnit(3, k) < 0.5 ? -1 : 1) * moveKw
      until = k + Math.round((4 + 8 * hashedUnit(4, k)) / stepHours)
    }
    const outside = outdoorC[k] ?? 0
    heatKw.push(Math.max(0, (curve?.(outside) ?? 2.4 * (21 - outside) - 9) + moved))
    if (k > 0) {
      const input = {
        heatKw: heatKw[k] ?? 0,
        outdoorC: (outside + (outdoorC[k - 1] ?? 0)) / 2,
        solarKw: solarHeatKw(TRUTH, solarWm2[k] ?? 0),
        gainsKw: TRUTH.gainsKw + 1.5 * hashedNormal(6, k),
      }
      state = predict(step, state, input)
    }
    indoorC.push(state.airC + 0.05 * hashedNormal(5, k))
  }
  return { at, indoorC, heatKw, outdoorC, solarWm2 }
}
