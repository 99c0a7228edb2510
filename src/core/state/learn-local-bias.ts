import { HOUR_MS, type Instant } from '../domain/instant.ts'
import { CELL, DAY_HOURS, LEAD_HOURS, type LocalBias } from '../domain/local-bias.ts'
import type { OutdoorBelief } from './belief.ts'
import type { World } from './world.ts'

/** Under more sun a thermometer on a wall tells of the wall. */
const MOST_SUN_WM2 = 100
/** One hour says no more than this, however far it lies off: a vent opens, a lorry idles. */
const MOST_K = 2
/** Older days fade behind these. */
const MEMORY_DAYS = 14

/** Once an hour: what the sensor shows against what is and was forecast for this hour. */
export function learnLocalBias(outdoor: OutdoorBelief, at: Instant, world: World): OutdoorBelief {
  const { outdoorC, source, local = NOTHING } = outdoor
  const hour = Math.floor(at / HOUR_MS)
  if (source !== 'sensor' || outdoorC === null || hour <= local.learnedHour) return outdoor
  const weather = world.weatherAt(at)
  // Written so that an unknown sun, or an unknown temperature, teaches nothing.
  if (!(weather.solarWm2 <= MOST_SUN_WM2) || !Number.isFinite(weather.outdoorC)) return outdoor
  const cell = CELL * (hour % DAY_HOURS)
  const byHour = local.byHour.slice()
  learnCell(byHour, cell, outdoorC - weather.outdoorC, 1)
  const byLead = local.byLead.slice()
  for (const [index, leadHours] of LEAD_HOURS.entries()) {
    const issuedC = world.issuedC?.(at, leadHours) ?? Number.NaN
    if (Number.isFinite(issuedC))
      learnCell(byLead, CELL * index, outdoorC - byHour[cell] - issuedC, 1 / DAY_HOURS)
  }
  return { ...outdoor, local: { learnedHour: hour, byHour, byLead } }
}

const NOTHING: LocalBias = {
  learnedHour: Number.NEGATIVE_INFINITY,
  byHour: new Float64Array(CELL * DAY_HOURS),
  byLead: new Float64Array(CELL * LEAD_HOURS.length),
}

function learnCell(cells: Float64Array, cell: number, errorK: number, newDays: number): void {
  const days = Math.min(cells[cell + 2] + newDays, MEMORY_DAYS)
  const rate = newDays / days
  const awayK = Math.min(Math.max(errorK - cells[cell], -MOST_K), MOST_K)
  cells[cell] += rate * awayK
  cells[cell + 1] = (1 - rate) * (cells[cell + 1] + rate * awayK * awayK)
  cells[cell + 2] = days
}
