import type { Building } from '../../domain/building.ts'
import { HOUR_MS, type Instant } from '../../domain/instant.ts'
import { localTime } from '../../domain/local-time.ts'
import type { SchoolHours } from './order-settings.ts'

export interface PriorityTerms {
  readonly schools: SchoolHours
  readonly timeZone: string
}

/** Hospitals and elderly homes always, schools while they are in session: no order asks anything of these. */
export function isProtected(
  building: Pick<Building, 'kind' | 'priority'>,
  at: Instant,
  terms: PriorityTerms,
): boolean {
  if (building.priority === 'protected') return true
  return building.kind === 'school' && isInSession(at, terms)
}

const FRIDAY = 4

function isInSession(at: Instant, { schools, timeZone }: PriorityTerms): boolean {
  const { weekday, hour } = localTime(at, timeZone)
  if (weekday > FRIDAY || hour < schools.fromHour || hour >= schools.untilHour) return false
  const day = dayOfYear(at, timeZone)
  return !schools.holidays.some(({ from, until }) => isWithin(day, from, until))
}

/** `01-31`, by the clock on the wall: its noon is on the same day in UTC. */
function dayOfYear(at: Instant, timeZone: string): string {
  const noon = new Date(at + (12 - localTime(at, timeZone).hour) * HOUR_MS)
  return `${pad(noon.getUTCMonth() + 1)}-${pad(noon.getUTCDate())}`
}

/** Spans may run over the turn of the year. */
function isWithin(day: string, from: string, until: string): boolean {
  return from <= until ? day >= from && day <= until : day >= from || day <= until
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
