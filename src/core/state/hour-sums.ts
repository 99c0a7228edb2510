import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import { BRIEF } from '../thermal/filter.ts'
import type { Belief, HourSums } from './belief.ts'
import { isApart } from './split-heat.ts'

export const NO_SUMS: Omit<HourSums, 'index'> = {
  hours: 0,
  outdoorKh: 0,
  offsetKh: 0,
  roomKh: 0,
  roomHours: 0,
  briefKwh: 0,
  heatHours: 0,
  spaceKwh: 0,
  hotWaterKwh: 0,
  ventKwh: 0,
  apart: true,
}

/** The hour that the interval before `at` belongs to, counted from the epoch. */
export function hourIndex(at: Instant): number {
  return Math.ceil(at / HOUR_MS) - 1
}

/** The hour in progress with one sample's interval more; `belief` has taken that sample in. */
export function addToHour(sums: HourSums, belief: Belief, sample: Sample, hours: number): HourSums {
  const room = belief.comfort.meanC
  const heatHours = belief.heat.at === sample.at ? Math.min(sample.intervalS / 3600, 1) : 0
  return {
    index: sums.index,
    hours: sums.hours + hours,
    outdoorKh: sums.outdoorKh + hours * (belief.outdoor.outdoorC ?? 0),
    offsetKh: sums.offsetKh + hours * belief.actuator.laggedOffset,
    roomKh: sums.roomKh + hours * (room ?? 0),
    roomHours: sums.roomHours + (room === null ? 0 : hours),
    briefKwh: sums.briefKwh + hours * (belief.filter?.mean[BRIEF] ?? 0),
    heatHours: sums.heatHours + heatHours,
    spaceKwh: sums.spaceKwh + heatHours * (belief.heat.spaceKw ?? 0),
    hotWaterKwh: sums.hotWaterKwh + heatHours * (belief.heat.hotWaterKw ?? 0),
    ventKwh: ventKwh(sums, belief, heatHours),
    apart: sums.apart && isApart(belief.heat),
  }
}

function ventKwh(sums: HourSums, { heat }: Belief, heatHours: number): number | undefined {
  if (heatHours === 0) return sums.ventKwh
  return sums.ventKwh === undefined || heat.ventKw === undefined
    ? undefined
    : sums.ventKwh + heatHours * heat.ventKw
}
