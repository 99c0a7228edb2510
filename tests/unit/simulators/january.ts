import { createBuilding } from '../../../simulators/building.ts'
import type { BuildingSpec } from '../../../simulators/building-spec.ts'
import type { Command, Setup, SimulatedBuilding, Weather } from '../../../simulators/simulated-building.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/domain/instant.ts'

export const LAPPEENRANTA: Setup = {
  start: Date.UTC(2024, 0, 1),
  timeZone: 'Europe/Helsinki',
  latitude: 61.06,
  longitude: 28.19,
  noise: true,
}

/** Four weeks about -6 °C, thaws and frosts in turn, one spell of -26 °C; some sun at noon. */
export function januaryWeather(at: Instant): Weather {
  const day = (at - LAPPEENRANTA.start) / DAY_MS
  const hour = (at / HOUR_MS) % 24
  const swing = 5.5 * Math.sin((day * 2 * Math.PI) / 9) + 3.5 * Math.sin((day * 2 * Math.PI) / 3.7 + 1)
  const frost = 12 * Math.exp(-((day - 17) * (day - 17)) / 3)
  const sun = hour > 7.5 && hour < 14 ? 90 * Math.sin(((hour - 7.5) / 6.5) * Math.PI) : 0
  return {
    outdoorC: -5 + swing - frost + 1.5 * Math.cos(((hour - 12) / 12) * Math.PI),
    solarWm2: sun,
    windMs: 4 + 2 * Math.sin(day * 5),
  }
}

export function steadyWeather(outdoorC: number): () => Weather {
  return () => ({ outdoorC, solarWm2: 0, windMs: 4 })
}

export function runFor(
  building: SimulatedBuilding,
  minutes: number,
  weather: (at: Instant) => Weather,
  command?: Command,
): void {
  const until = building.at + minutes * MINUTE_MS
  while (building.at < until) building.step(weather(building.at), command)
}

/** A building that has found its own temperatures. */
export function settledBuilding(
  spec: BuildingSpec,
  weather: (at: Instant) => Weather,
  setup: Partial<Setup> = {},
): SimulatedBuilding {
  const building = createBuilding(spec, { ...LAPPEENRANTA, ...setup })
  runFor(building, 7 * 1440, weather)
  return building
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** What a field trial found is what these buildings must show; the measured value is printed. */
export function report(finding: string): void {
  process.stdout.write(`  field: ${finding}\n`)
}
