import { DAY_MS, type Instant, SLOT_MS, slotStart, type Window } from '../core/domain/instant.ts'
import type { WeatherSlot } from '../core/domain/weather-slot.ts'
import type { PastWeather } from '../core/state/night-fit.ts'
import type { Outlook } from './outlook.ts'

/** The weather of the last weeks as the source told it once it was past: a service tells of no further back. */
export interface PastWeatherMemory {
  /** Takes in the past day of an outlook; gives back what was new of it. */
  note(outlook: Pick<Outlook, 'start' | 'weather'>): readonly WeatherSlot[]
  restore(slots: readonly WeatherSlot[]): void
  at(instant: Instant): WeatherSlot | undefined
  of(window: Window): PastWeather
}

/** Remembers the last `days`. */
export function createPastWeather(days: number): PastWeatherMemory {
  const count = (days + 1) * (DAY_MS / SLOT_MS)
  const known = Array.from({ length: count }, (): WeatherSlot | undefined => undefined)
  const place = (at: Instant) => (at / SLOT_MS) % count
  const at = (slot: Instant) => {
    const found = known[place(slot)]
    return found?.at === slot ? found : undefined
  }
  const put = (slot: WeatherSlot) => {
    known[place(slot.at)] = slot
  }
  return {
    note({ start, weather }) {
      const fresh = pastSlots(start, weather).filter((slot) => !at(slot.at))
      fresh.forEach(put)
      return fresh
    },
    restore: (slots) => slots.forEach(put),
    at: (instant) => at(slotStart(instant)),
    of({ from, to }) {
      const start = slotStart(from)
      const slots = Array.from({ length: Math.ceil((to - start) / SLOT_MS) }, (_, k) =>
        at(start + k * SLOT_MS),
      )
      return {
        start,
        outdoorC: Float64Array.from(slots, (slot) => slot?.outdoorC ?? Number.NaN),
        solarWm2: Float64Array.from(slots, (slot) => slot?.solarWm2 ?? Number.NaN),
      }
    },
  }
}

function pastSlots(start: Instant, { outdoorC, solarWm2, ...weather }: Outlook['weather']): WeatherSlot[] {
  const slots: WeatherSlot[] = []
  for (let k = 0; weather.start + k * SLOT_MS < start; k++) {
    const slot = { at: weather.start + k * SLOT_MS, outdoorC: outdoorC[k]!, solarWm2: solarWm2[k]! }
    if (Number.isFinite(slot.outdoorC + slot.solarWm2)) slots.push(slot)
  }
  return slots
}
