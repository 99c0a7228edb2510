import { expect, it } from 'vitest'
import type { BuildingSpec } from '../../../simulators/building-spec.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import type { Command, SimulatedBuilding, Weather } from '../../../simulators/simulated-building.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../../src/core/domain/instant.ts'
import { LAPPEENRANTA, mean, report, settledBuilding } from './january.ts'

const DAYS = 6

/** Six days of a Tampere February and March: about -4 °C, frosts of -12 °C, some sun. */
function februaryWeather(at: Instant): Weather {
  const day = (at - LAPPEENRANTA.start) / DAY_MS
  const hour = (at / HOUR_MS) % 24
  const sun = hour > 6 && hour < 15 ? 220 * Math.sin(((hour - 6) / 9) * Math.PI) : 0
  const outdoorC = -4 + 5 * Math.sin((day * 2 * Math.PI) / 6) + 3 * Math.cos(((hour - 12) / 12) * Math.PI)
  return { outdoorC, solarWm2: sun, windMs: 4 }
}

interface Life {
  readonly energyKwh: number
  /** By hour, kW. */
  readonly heatKw: Float64Array
  readonly roomC: number
}

function live(spec: BuildingSpec, command: (hour: number) => Command | undefined): Life {
  const building = settledBuilding(spec, februaryWeather)
  // Rooms find their new temperature before anything is counted.
  for (let hour = 0; hour < 3 * 24; hour++) liveHour(building, command(hour % 24))
  const before = building.truth().energyKwh
  const heatKw = new Float64Array(DAYS * 24)
  let roomC = 0
  for (let hour = 0; hour < DAYS * 24; hour++) {
    const began = building.truth().energyKwh
    liveHour(building, command(hour % 24))
    heatKw[hour] = building.truth().energyKwh - began
    roomC += mean(building.truth().zoneC) / heatKw.length
  }
  return { energyKwh: building.truth().energyKwh - before, heatKw, roomC }
}

function liveHour(building: SimulatedBuilding, command: Command | undefined): void {
  for (let minute = 0; minute < 60; minute++) building.step(februaryWeather(building.at), command)
}

/** Tampere's recipe: a lower curve all day, and less still while people shower (UTC hours of a Finnish morning and evening). */
const DOWN_K = -4.5
const AT_PEAK_K = -9
const isShowerTime = (hour: number) => (hour >= 4 && hour < 7) || (hour >= 16 && hour < 18)

it('takes a tenth of the heat and of its peak from eight concrete blocks, as Tampere did (A1)', () => {
  const blocks = drawFleet({ seed: 23, count: 8, mix: { 'concrete-block': 1 }, zones: 6 })
  const found = blocks.map((spec) => live(spec, () => undefined))
  const steered = blocks.map((spec) =>
    live(spec, (hour) => ({ supplyOffsetK: isShowerTime(hour) ? AT_PEAK_K : DOWN_K })),
  )
  const changePercent = (of: (lives: readonly Life[]) => number) => 100 * (of(steered) / of(found) - 1)
  const energy = changePercent((lives) => lives.reduce((sum, { energyKwh }) => sum + energyKwh, 0))
  const peak = changePercent(peakKw)
  const rooms = [found, steered].map((lives) => mean(lives.map(({ roomC }) => roomC)).toFixed(1))
  report(`rooms ${rooms.join(' → ')} °C: energy ${energy.toFixed(1)} %, hourly peak ${peak.toFixed(1)} %`)
  expect(energy).toBeLessThan(-7)
  expect(energy).toBeGreaterThan(-13)
  expect(peak).toBeLessThan(-10)
  expect(peak).toBeGreaterThan(-20)
})

function peakKw(lives: readonly Life[]): number {
  const sums = lives[0]?.heatKw.map((_, hour) => lives.reduce((sum, { heatKw }) => sum + heatKw[hour]!, 0))
  return Math.max(...(sums ?? []))
}
