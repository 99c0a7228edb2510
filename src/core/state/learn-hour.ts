import type { Building } from '../domain/building.ts'
import { HOUR_MS } from '../domain/instant.ts'
import { filterNoise } from '../thermal/filter.ts'
import { modelOf } from '../thermal/prior-model.ts'
import { learnWeekHour, weekHour } from '../thermal/week-profile.ts'
import type { Belief, HotWaterBelief } from './belief.ts'
import { learnHiddenHotWater, learnMeteredHotWater } from './hot-water.ts'
import { learnSignature } from './learn-signature.ts'
import { isHeldFor } from './observe-actuator.ts'
import { observeResponse } from './saturation.ts'
import { expectedKw, type HeatHour } from './signature.ts'
import { learnVentilation } from './ventilation.ts'

const LEAST_HOURS = 0.5
const GAINS_RATE = 0.2
/** The filter sees unmeasured heat about this much later than it came. */
const GAINS_LAG_HOURS = 1

/** What a finished hour teaches: the signature, the effect of offsets, hot water and the week's gains. */
export function learnHour(belief: Belief, building: Building, timeZone: string): Belief {
  const { hour } = belief
  if (hour.hours < LEAST_HOURS) return belief
  const at = hour.index * HOUR_MS
  const gains = belief.filter === null ? belief.gains : learnGains(belief, building, timeZone)
  if (hour.heatHours < LEAST_HOURS) return { ...belief, gains }
  const hour168 = weekHour(at, timeZone)
  const means = meansOf(belief, hour168)
  const excessKw = means.spaceKw - expectedKw(belief.signature, building, means)
  const hotWater = learnHotWater(belief, hour168, excessKw)
  const ventilation = learnAirHandling(belief, hour168, means.outdoorC)
  const { shortSince, noFlowSince } = belief.actuator
  // A plant that cannot follow shows its limit, not its curve.
  const isHeld = isHeldFor(shortSince, 45, belief.at) || isHeldFor(noFlowSince, 15, belief.at)
  if (isHeld) return { ...belief, gains, hotWater, ventilation }
  return {
    ...belief,
    gains,
    hotWater,
    ventilation,
    actuator: observeResponse(belief, building, means),
    signature: learnSignature(belief.signature, building, means),
  }
}

function learnGains(belief: Belief, building: Building, timeZone: string): Belief['gains'] {
  const { hour, gains } = belief
  const limitKw = filterNoise(modelOf(building)).briefKw
  const briefKw = Math.max(-limitKw, Math.min(limitKw, hour.briefKwh / hour.hours))
  const at = (hour.index - GAINS_LAG_HOURS) * HOUR_MS
  return { profileKw: learnWeekHour(gains.profileKw, weekHour(at, timeZone), GAINS_RATE * briefKw) }
}

function learnHotWater(belief: Belief, hour: number, excessKw: number): HotWaterBelief {
  const { hotWater, hour: sums } = belief
  if (sums.apart) return learnMeteredHotWater(hotWater, hour, sums.hotWaterKwh / sums.heatHours)
  return hotWater.metered ? hotWater : learnHiddenHotWater(hotWater, hour, excessKw)
}

function learnAirHandling({ hour, ventilation }: Belief, hour168: number, outdoorC: number) {
  if (hour.ventKwh === undefined) return ventilation
  return learnVentilation(ventilation, hour168, hour.ventKwh / hour.heatHours, outdoorC)
}

function meansOf(belief: Belief, weekHour: number): HeatHour {
  const { hour } = belief
  const spaceKw = hour.spaceKwh / hour.heatHours
  const hotWaterNoiseKw = hour.apart ? 0 : (0.4 * hour.hotWaterKwh) / hour.heatHours
  // A pulse of 1 kWh at either end of the hour, and what an hour has of its own.
  const ownKw = 0.5 + 0.04 * Math.abs(spaceKw)
  return {
    spaceKw,
    outdoorC: hour.outdoorKh / hour.hours,
    offsetK: hour.offsetKh / hour.hours,
    roomC: hour.roomHours > 0 ? hour.roomKh / hour.roomHours : null,
    weekHour,
    noiseKw: Math.sqrt(ownKw * ownKw + hotWaterNoiseKw * hotWaterNoiseKw),
  }
}
