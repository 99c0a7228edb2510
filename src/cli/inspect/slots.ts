import type { Slots, SlotsRead } from '../../adapters/prices/slots-read.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { Inspected, InspectKind } from './inspected.ts'

export type SlotsParser = (text: string, zone?: string) => SlotsRead

interface Unit {
  readonly name: 'eurPerMwh' | 'gPerKwh'
  readonly shown: string
}

/** Documents that hold one value a slot, by the provider that gives them. */
export function slotsKind(unit: Unit, parsers: Readonly<Record<string, SlotsParser>>): InspectKind {
  return {
    providers: Object.keys(parsers),
    inspect(text, provider, zone) {
      const read = parsers[provider]?.(text, zone)
      if (!read) return { ok: false, why: 'provider', detail: provider }
      return read.ok ? shown(read, unit) : read
    },
  }
}

function shown(slots: Slots, unit: Unit): Inspected {
  const { start, gaps, notes, issuedAt = null } = slots
  const values = [...slots.values].map((value) => (Number.isNaN(value) ? null : rounded(value)))
  const known = values.filter((value) => value !== null)
  const facts = {
    start,
    slotMinutes: SLOT_MS / MINUTE_MS,
    slots: values.length,
    known: known.length,
    [`${unit.name}Min`]: known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    [`${unit.name}Mean`]: rounded(known.reduce((sum, value) => sum + value, 0) / known.length),
    [`${unit.name}Max`]: known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  }
  const document = { ...facts, issuedAt, gaps, notes, [unit.name]: values }
  const lines = [
    `${values.length} slots of ${facts.slotMinutes} min from ${iso(start)}, ${unit.shown}`,
    `least ${facts[`${unit.name}Min`]}, mean ${facts[`${unit.name}Mean`]}, most ${facts[`${unit.name}Max`]}`,
    ...notes.map((note) => `note: ${note}`),
    ...gaps.map(({ from, to, cause }) => `gap: ${iso(from)} to ${iso(to)}, ${cause}`),
    ...hours(start, values),
  ]
  return { ok: true, lines, document }
}

/** A line an hour. */
function hours(start: Instant, values: readonly (number | null)[]): string[] {
  const lines = new Map<Instant, string[]>()
  for (const [k, value] of values.entries()) {
    const hour = Math.floor((start + k * SLOT_MS) / HOUR_MS) * HOUR_MS
    const line = lines.get(hour) ?? []
    line.push((value === null ? '-' : value.toFixed(2)).padStart(9))
    lines.set(hour, line)
  }
  return [...lines].map(([hour, cells]) => `${iso(hour)} ${cells.join('')}`)
}

function iso(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
