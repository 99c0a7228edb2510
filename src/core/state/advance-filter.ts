import type { Building, ThermalModel } from '../domain/building.ts'
import { HOUR_MS, type Instant, SLOT_MS, type Window } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import { createFilter, filterNoise, SLOW, type ThermalFilter } from '../thermal/filter.ts'
import { settledMassC, solarHeatKw, type ThermalInput } from '../thermal/predict.ts'
import { predictFilter } from '../thermal/predict-filter.ts'
import { modelOf } from '../thermal/prior-model.ts'
import { weekHour } from '../thermal/week-profile.ts'
import type { Belief } from './belief.ts'
import { signatureHeatKw } from './signature.ts'
import type { World } from './world.ts'

/** After a longer silence the temperatures are begun anew; only what is slow is kept. */
const FORGOTTEN_MS = 48 * HOUR_MS
const HEAT_HELD_MS = 2 * HOUR_MS

/** Where the belief's filter stands at the sample, before its temperature is taken in. */
export function advanceFilter(
  belief: Belief,
  building: Building,
  sample: Sample,
  world: World,
  heatKw: number | null,
): ThermalFilter | null {
  if (belief.filter === null || sample.at - belief.at > FORGOTTEN_MS) return null
  const model = modelOf(building)
  const noise = filterNoise(model)
  let filter = belief.filter
  for (let from = belief.at; from < sample.at; ) {
    const to = Math.min(sample.at, from + SLOT_MS)
    const input = inputOver(belief, model, sample, world, { from, to }, heatKw)
    filter = predictFilter(filter, model, noise, input, (to - from) / HOUR_MS)
    from = to
  }
  return filter
}

function inputOver(
  belief: Belief,
  model: ThermalModel,
  sample: Sample,
  world: World,
  { from, to }: Window,
  heatKw: number | null,
): ThermalInput {
  const weather = world.weatherAt(from)
  const outdoor = belief.outdoor
  const isOwn = to === sample.at || !Number.isFinite(weather.outdoorC)
  const outdoorC = isOwn ? (outdoor.outdoorC ?? 0) : weather.outdoorC + outdoor.biasK
  return {
    heatKw: heatOver(belief, sample, to, outdoorC, heatKw),
    outdoorC,
    solarKw: Number.isFinite(weather.solarWm2) ? solarHeatKw(model, weather.solarWm2) : 0,
    gainsKw: model.gainsKw + belief.gains.profileKw[weekHour(from, world.timeZone)],
  }
}

// Metered within the sample's interval; before it what was last known, then what the curve takes.
function heatOver(
  belief: Belief,
  sample: Sample,
  to: Instant,
  outdoorC: number,
  heatKw: number | null,
): number {
  if (heatKw !== null && to > sample.at - sample.intervalS * 1000) return heatKw
  const { spaceKw, at } = belief.heat
  if (spaceKw !== null && to - at <= HEAT_HELD_MS) return spaceKw
  return signatureHeatKw(belief.signature, outdoorC)
}

/** A filter begun at a first temperature, with the mass where it would have settled. */
export function startFilter(
  belief: Belief,
  building: Building,
  airC: number,
  outdoorC: number,
): ThermalFilter {
  const model = modelOf(building)
  const heatKw = signatureHeatKw(belief.signature, outdoorC)
  const massC = settledMassC(model, { airC, heatKw, outdoorC, solarKw: 0, gainsKw: 0 })
  const fresh = createFilter(model, { airC, massC })
  if (belief.filter === null) return fresh
  fresh.mean[SLOW] = belief.filter.mean[SLOW]
  return fresh
}
