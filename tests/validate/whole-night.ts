import { createFitPool } from '../../src/adapters/workers/fit-pool.ts'
import { SLOT_MS } from '../../src/core/domain/instant.ts'
import type { NightFitJob } from '../../src/core/state/night-fit.ts'
import { followBeliefs } from '../../src/replay/fit/belief-track.ts'
import type { WeatherTrack } from '../../src/replay/weather-track.ts'
import { liveWithExcitation, SITE, street, streetWeather } from './live-with-excitation.ts'

const DAYS = 28
const SEED = 11

/** A night of a fleet that learns: jobs as the controller makes them, in threads as it has them. */
export interface WholeNight {
  readonly buildings: number
  readonly threads: number
  readonly wallS: number
  /** Of the whole process: threads and what it takes to send jobs to them. */
  readonly cpuS: number
}

/** The second night of `count` simulated buildings with 28 days of telemetry; the first one is not timed. */
export async function wholeNight(count: number, threads: number): Promise<WholeNight> {
  const jobs = nightJobs(count)
  const pool = createFitPool(threads)
  const first = await Promise.all(jobs.map((job) => pool.fit(job)))
  const again = jobs.map((job, i) => ({ ...job, previous: first[i]?.identified }))
  const began = performance.now()
  const before = process.cpuUsage()
  await Promise.all(again.map((job) => pool.fit(job)))
  const { user, system } = process.cpuUsage(before)
  const wallS = (performance.now() - began) / 1000
  await pool.stop()
  return { buildings: jobs.length, threads, wallS, cpuS: (user + system) / 1e6 }
}

function nightJobs(count: number): readonly NightFitJob[] {
  const world = streetWeather(SEED, DAYS)
  return street(SEED, 2 * count)
    .filter(({ building }) => building.hasIndoorSensor)
    .slice(0, count)
    .map((house) => {
      const { building, samples, offsetK } = liveWithExcitation(house, world, DAYS)
      const beliefs = followBeliefs(building, { samples, offsetK }, world.weather, SITE.timeZone)
      const last = beliefs.at(-1)
      const from = samples[0]?.at
      if (!last || from === undefined) throw new RangeError(`${building.id} told nothing`)
      const { hotWater, signature } = last
      return {
        building,
        timeZone: SITE.timeZone,
        samples,
        weather: pastWeather(world.weather, from - SLOT_MS, samples.length + 1),
        knowledge: { hotWater, signature },
        previous: undefined,
      }
    })
}

function pastWeather(weather: WeatherTrack, start: number, slots: number) {
  const of = (name: 'outdoorC' | 'solarWm2') =>
    Float64Array.from({ length: slots }, (_, k) => weather.at(start + k * SLOT_MS)[name])
  return { start, outdoorC: of('outdoorC'), solarWm2: of('solarWm2') }
}
