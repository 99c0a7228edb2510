import { z } from 'zod'
import type { Instant } from '../src/core/domain/instant.ts'
import type { Weather } from './simulated-building.ts'

const numbers = z.array(z.number().nullable()).max(2_000)

/** A stretch of weather as it is told to a fleet: one value a step, null where it is not known. */
export const toldWeatherSchema = z.strictObject({
  start: z.number(),
  stepMs: z.number().positive(),
  outdoorC: numbers,
  solarWm2: numbers,
})
export type ToldWeather = z.output<typeof toldWeatherSchema>

export interface FleetWeather {
  readonly weatherAt: (at: Instant) => Weather
  /** What was told before of later instants is forgotten. */
  tell(told: ToldWeather): void
}

const KEPT_STEPS = 2_000

/** The weather that was told, and a drawn one where nothing was. */
export function createFleetWeather(drawnAt: (at: Instant) => Weather): FleetWeather {
  let stepMs = Number.POSITIVE_INFINITY
  const steps = new Map<number, { readonly outdoorC: number; readonly solarWm2: number }>()

  const weatherAt = (at: Instant): Weather => {
    const drawn = drawnAt(at)
    const place = at / stepMs
    const here = steps.get(Math.floor(place))
    if (!here) return drawn
    const next = steps.get(Math.floor(place) + 1) ?? here
    const share = place - Math.floor(place)
    const outdoorC = here.outdoorC * (1 - share) + next.outdoorC * share
    return { ...drawn, outdoorC, solarWm2: here.solarWm2 }
  }

  return {
    weatherAt,
    tell(told) {
      if (told.stepMs !== stepMs) steps.clear()
      stepMs = told.stepMs
      const first = Math.round(told.start / stepMs)
      for (const step of steps.keys()) if (step >= first || step < first - KEPT_STEPS) steps.delete(step)
      for (const [k, outdoorC] of told.outdoorC.entries()) {
        const solarWm2 = told.solarWm2[k] ?? null
        if (outdoorC !== null && solarWm2 !== null) steps.set(first + k, { outdoorC, solarWm2 })
      }
    },
  }
}
