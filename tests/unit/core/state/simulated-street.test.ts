import { describe, expect, it } from 'vitest'
import { createBuilding } from '../../../../simulators/building.ts'
import { drawFleet, installerView } from '../../../../simulators/fleet.ts'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import type { Instant } from '../../../../src/core/domain/instant.ts'
import type { Belief } from '../../../../src/core/state/belief.ts'
import { curveHeatKw } from '../../../../src/core/state/effect.ts'
import { forecastGains } from '../../../../src/core/state/forecast-gains.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { observe } from '../../../../src/core/state/observe.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'
import { AIR, MASS } from '../../../../src/core/thermal/filter.ts'
import { predict, solarHeatKw } from '../../../../src/core/thermal/predict.ts'
import { modelOf } from '../../../../src/core/thermal/prior-model.ts'

const ZONE = 'Europe/Helsinki'
const START = Date.parse('2024-01-01T00:00:00Z')
const DAYS = 14
const DAY = 96
const weather = syntheticWeather({ seed: 7 })
const steps = [0, -8, 0, 4, -4, 0]

interface Quarter {
  readonly at: Instant
  readonly belief: Belief
  readonly spaceKw: number
}

/** A week on the untouched curve, then offsets of some hours, through instruments with all their faults. */
function watch(spec: ReturnType<typeof drawFleet>[number]) {
  const building = installerView(spec, {
    comfort: { minC: 20, maxC: 23 },
    tariff: { kind: 'spot', feeEurPerMwh: 0 },
  })
  const simulated = createBuilding(spec, {
    start: START,
    timeZone: ZONE,
    latitude: 61,
    longitude: 28,
    noise: true,
  })
  const offsetAt = (at: Instant) =>
    at < START + 7 * 86_400_000 ? 0 : steps[Math.floor(at / 10_800_000) % steps.length]
  const world = { timeZone: ZONE, weatherAt: (at: Instant) => weather.weatherAt(at), offsetAt }
  const quarters: Quarter[] = []
  let belief = newBelief(building, 0)
  for (let k = 0; k < DAYS * DAY; k++) {
    let spaceKw = 0
    for (let minute = 0; minute < 15; minute++) {
      simulated.step(weather.weatherAt(simulated.at), { supplyOffsetK: offsetAt(simulated.at) })
      spaceKw += simulated.truth().spaceHeatKw / 15
    }
    const published = simulated.read()
    belief = observe(belief, building, { building: building.id, ...published }, world)
    quarters.push({ at: published.at, belief, spaceKw })
  }
  return { building, quarters }
}

/** Error of the coldest zone a day ahead, heat and weather being known, from every third hour of the second week. */
function dayAheadErrors({ building, quarters }: ReturnType<typeof watch>): number[] {
  const model = modelOf(building)
  const step = discretise(model, 0.25)
  const errors: number[] = []
  for (let k = 7 * DAY; k + DAY < quarters.length; k += 12) {
    const { belief, at } = quarters[k]
    const gains = forecastGains(belief, at, DAY, ZONE)
    let state = { airC: belief.filter!.mean[AIR], massC: belief.filter!.mean[MASS] }
    for (let j = 0; j < DAY; j++) {
      const { outdoorC, solarWm2 } = weather.weatherAt(quarters[k + j].at)
      const solarKw = solarHeatKw(model, solarWm2)
      const heatKw = quarters[k + j + 1].spaceKw
      state = predict(step, state, { heatKw, outdoorC, solarKw, gainsKw: model.gainsKw + gains[j] })
    }
    errors.push(state.airC - quarters[k + DAY].belief.comfort.coldestC!)
  }
  return errors
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a simulated street, seen through its instruments', () => {
  const kinds = ['concrete-block', 'insulated-block', 'row-house', 'heat-pump-block'] as const
  const watched = kinds.map((kind) =>
    watch(drawFleet({ seed: 11, count: 1, mix: { [kind]: 1 }, zones: 6 })[0]),
  )

  it.each(kinds.map((kind, i) => ({ kind, i })))('a $kind is foreseen a day ahead, without bias', ({ i }) => {
    const errors = dayAheadErrors(watched[i])
    expect(Math.abs(mean(errors))).toBeLessThan(0.6)
    expect(Math.sqrt(mean(errors.map((error) => error * error)))).toBeLessThan(0.8)
  })

  it.each(kinds.map((kind, i) => ({ kind, i })))('the curve of a $kind is known after a week', ({ i }) => {
    const { quarters } = watched[i]
    const { belief } = quarters[6 * DAY]
    const errors = quarters
      .slice(6 * DAY, 7 * DAY)
      .map(
        ({ at, spaceKw }) =>
          curveHeatKw(belief, weather.weatherAt(at).outdoorC, { at, timeZone: ZONE }) - spaceKw,
      )
    const takenKw = mean(quarters.slice(6 * DAY, 7 * DAY).map(({ spaceKw }) => spaceKw))
    expect(Math.abs(mean(errors)) / takenKw).toBeLessThan(0.12)
  })
})
