import type { Sample } from '../domain/telemetry.ts'
import type { HeatBelief } from './belief.ts'

/**
 * Space heat of the sample's interval, by the best meter there is. Not cut off at zero: pulses of a whole kWh make
 * single intervals wrong both ways, and only their unspoiled mean is right.
 */
export function splitHeat(past: HeatBelief, sample: Sample, hotWaterProfileKw: number): HeatBelief {
  const { spaceHeatKw, dhwKw, ventHeatKw = 0 } = sample.readings
  const ventKw = ventilationKw(sample)
  const totalKw = totalHeatKw(sample)
  const found = { totalKw: totalKw ?? past.totalKw, at: sample.at }
  if (spaceHeatKw !== undefined) {
    const apartKw = dhwKw ?? (totalKw === undefined ? null : totalKw - spaceHeatKw - ventHeatKw)
    return { ...found, spaceKw: spaceHeatKw, hotWaterKw: apartKw, ventKw, source: 'space-meter' }
  }
  if (totalKw === undefined) return past
  if (dhwKw !== undefined) {
    const spaceKw = totalKw - dhwKw - ventHeatKw
    return { ...found, spaceKw, hotWaterKw: dhwKw, ventKw, source: 'less-hot-water-meter' }
  }
  const spaceKw = totalKw - hotWaterProfileKw - ventHeatKw
  const source = sample.readings.heatKw === undefined ? 'heat-pump' : 'less-hot-water-profile'
  return { ...found, spaceKw, hotWaterKw: hotWaterProfileKw, ventKw, source }
}

/** Air handling by its own meter, or what the meters of space heat and hot water leave of the whole. */
function ventilationKw(sample: Sample): number | undefined {
  const { spaceHeatKw, dhwKw, ventHeatKw } = sample.readings
  if (ventHeatKw !== undefined) return ventHeatKw
  const totalKw = totalHeatKw(sample)
  if (spaceHeatKw === undefined || dhwKw === undefined || totalKw === undefined) return undefined
  return totalKw - spaceHeatKw - dhwKw
}

/** All heat through the meter, or what a heat pump made of its electricity, kW. */
export function totalHeatKw(sample: Sample): number | undefined {
  return sample.readings.heatKw ?? heatPumpKw(sample)
}

function heatPumpKw(sample: Sample): number | undefined {
  const { electricKw, copRatio } = sample.readings
  return electricKw === undefined || copRatio === undefined ? undefined : electricKw * copRatio
}

/** Whether hot water was told apart by a meter, not by its profile. */
export function isApart(heat: HeatBelief): boolean {
  return heat.source === 'space-meter' || heat.source === 'less-hot-water-meter'
}
