import { DAY_MS, type Instant, SLOT_MS, slotStart } from '../../core/domain/instant.ts'
import { type GapCause, type Quantity, refuse, type WeatherGap, type WeatherRead } from './weather-read.ts'
import type { Cell, Span, WeatherTracks } from './weather-tracks.ts'

/** No service looks or tells further; a wrong year must not fill the memory. */
const LONGEST_MS = 120 * DAY_MS

/** The slots between the first and the last temperature, each gap with its reason. */
export function slotWeather(tracks: WeatherTracks, source: string): WeatherRead {
  const { outdoorC: cells } = tracks
  const known = cells.filter(({ value }) => !Number.isNaN(value))
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return refuse('no-temperature', noTemperature(tracks))
  const start = slotStart(first.at + SLOT_MS - 1)
  const slots = Math.floor((last.at - start) / SLOT_MS) + 1
  if (slots < 1) return refuse('no-temperature', 'no temperature at the start of a slot')
  if (slots > LONGEST_MS / SLOT_MS) return refuse('too-long', `${slots} slots`)
  const grid = { start, slots }
  const outdoor = lineOntoSlots(grid, cells)
  const wind = lineOntoSlots(grid, tracks.windMs)
  const cloud = lineOntoSlots(grid, tracks.cloudRatio)
  const solar = meansOntoSlots(grid, tracks.solarWm2)
  return {
    ok: true,
    series: {
      start,
      outdoorC: outdoor.values,
      solarWm2: solar.values,
      windMs: wind.values,
      provenance: { source, kind: 'forecast', issuedAt: tracks.issuedAt ?? start },
    },
    issuedAt: tracks.issuedAt,
    cloudRatio: cloud.values,
    gaps: [
      ...gapsOf('outdoorC', grid, outdoor, tracks.absent),
      ...gapsOf('solarWm2', grid, solar, tracks.absent),
      ...gapsOf('windMs', grid, wind, tracks.absent),
    ],
  }
}

function noTemperature({ outdoorC, absent }: WeatherTracks): string {
  const why = outdoorC.find(({ why }) => why !== undefined)?.why ?? absent.outdoorC ?? 'not-given'
  return `no outdoor temperature at all: ${why}`
}

interface Grid {
  readonly start: Instant
  readonly slots: number
}

interface Slotted {
  readonly values: Float64Array
  /** Why a slot is `NaN`. */
  readonly why: readonly (GapCause | undefined)[]
}

/** On a line from cell to cell, as far as each reaches. */
function lineOntoSlots({ start, slots }: Grid, cells: readonly Cell[]): Slotted {
  const values = new Float64Array(slots).fill(Number.NaN)
  const why: (GapCause | undefined)[] = []
  let row = 0
  for (let k = 0; k < slots; k++) {
    const at = start + k * SLOT_MS
    while (row + 1 < cells.length && cells[row + 1]!.at <= at) row++
    const [here, next] = [cells[row], cells[row + 1]]
    if (!here || here.at > at) {
      why[k] = 'no-row'
    } else if (here.at === at) {
      values[k] = here.value
      why[k] = here.why
    } else if (!next || next.at - here.at > here.reachMs) {
      why[k] = 'no-row'
    } else {
      const share = (at - here.at) / (next.at - here.at)
      values[k] = here.value * (1 - share) + next.value * share
      why[k] = here.why ?? next.why
    }
  }
  return { values, why }
}

/** Each slot's mean; one that is not covered whole has none. */
function meansOntoSlots({ start, slots }: Grid, spans: readonly Span[]): Slotted {
  const values = new Float64Array(slots).fill(Number.NaN)
  const why: (GapCause | undefined)[] = []
  let first = 0
  for (let k = 0; k < slots; k++) {
    const from = start + k * SLOT_MS
    while (first < spans.length && spans[first]!.to <= from) first++
    const mean = meanBetween(spans, first, from)
    values[k] = mean.value
    why[k] = mean.why
  }
  return { values, why }
}

function meanBetween(spans: readonly Span[], first: number, from: Instant) {
  let sum = 0
  let coveredMs = 0
  for (let k = first; k < spans.length && spans[k]!.from < from + SLOT_MS; k++) {
    const span = spans[k]!
    if (Number.isNaN(span.value)) return { value: Number.NaN, why: span.why }
    const overlapMs = Math.min(from + SLOT_MS, span.to) - Math.max(from, span.from)
    sum += span.value * overlapMs
    coveredMs += overlapMs
  }
  if (coveredMs < SLOT_MS) return { value: Number.NaN, why: 'no-row' } as const
  return { value: sum / coveredMs, why: undefined }
}

/** Neighbouring slots that lack a value for the same reason are one gap. */
function gapsOf(
  quantity: Quantity,
  { start, slots }: Grid,
  { values, why }: Slotted,
  absent: WeatherTracks['absent'],
): WeatherGap[] {
  const gaps: WeatherGap[] = []
  if (values.every(Number.isNaN) && why.every((cause) => cause === 'no-row')) {
    return [{ quantity, from: start, to: start + slots * SLOT_MS, why: absent[quantity] ?? 'not-given' }]
  }
  for (let k = 0; k < slots; k++) {
    if (!Number.isNaN(values[k])) continue
    const cause = why[k] ?? 'no-row'
    let end = k + 1
    while (end < slots && Number.isNaN(values[end]) && why[end] === why[k]) end++
    gaps.push({ quantity, from: start + k * SLOT_MS, to: start + end * SLOT_MS, why: cause })
    k = end - 1
  }
  return gaps
}
