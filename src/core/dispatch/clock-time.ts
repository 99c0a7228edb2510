import type { Instant } from '../domain/instant.ts'
import { localTime } from '../domain/local-time.ts'

/** The hour on the wall, as people are told it: `07:45`. */
export function clockTime(at: Instant, timeZone: string): string {
  const { hour } = localTime(at, timeZone)
  // Hours are fractions: a whole minute may lie a hair below itself.
  const minutes = Math.floor((hour % 1) * 60 + 1e-6)
  return `${String(Math.floor(hour)).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}
