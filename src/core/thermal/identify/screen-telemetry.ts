import { quantile } from '../../math/quantile.ts'
import { usualStepMs } from './series.ts'
import type { IdentifyTelemetry } from './telemetry.ts'

/** What is wrong with telemetry as a whole, that no single row shows. */
export interface TelemetryFault {
  readonly code: 'too-few-rows' | 'negative-heat' | 'fahrenheit' | 'swapped-columns' | 'uneven-lengths'
  readonly text: string
  /** The first row that shows it, where one does. */
  readonly row?: number
}

const LEAST_ROWS = 48
/** A meter that rounds may go below nought by this share of its mean. */
const NEGATIVE_SHARE = 0.02
/** No heated room is warmer than this by the day, and none in Fahrenheit is colder. */
const WARMEST_ROOM_C = 45
const COLDEST_ROOM_C = 5

/** Every fault at once; an empty list is telemetry worth a fit. */
export function screenTelemetry(telemetry: IdentifyTelemetry): readonly TelemetryFault[] {
  const { at, indoorC, heatKw, outdoorC } = telemetry
  if ([indoorC, heatKw, outdoorC].some((values) => values.length !== at.length)) {
    return [{ code: 'uneven-lengths', text: 'the series differ in length' }]
  }
  const whole = wholeRows(telemetry)
  if (whole.length < LEAST_ROWS) {
    const text = `${whole.length} rows have indoorC, heatKw and outdoorC; ${LEAST_ROWS} at least are needed, and two weeks are better`
    return [{ code: 'too-few-rows', text }]
  }
  const faults = [fahrenheit(telemetry, whole), swapped(telemetry, whole), negativeHeat(telemetry, whole)]
  // Where columns are swapped, a negative heat is an outdoor temperature.
  const first = faults.findIndex((fault) => fault !== undefined)
  return first < 0 ? [] : faults.slice(first).flatMap((fault) => fault ?? [])
}

function wholeRows({ at, indoorC, heatKw, outdoorC }: IdentifyTelemetry): readonly number[] {
  const rows: number[] = []
  for (let k = 0; k < at.length; k++) {
    if (Number.isFinite(indoorC[k] + heatKw[k] + outdoorC[k])) rows.push(k)
  }
  return rows
}

function fahrenheit({ indoorC, heatKw, outdoorC }: IdentifyTelemetry, rows: readonly number[]) {
  const room = median(indoorC, rows)
  if (room >= 55 && room <= 95) {
    const celsius = ((room - 32) / 1.8).toFixed(1)
    return fault(
      'fahrenheit',
      `indoorC is ${room.toFixed(1)} in the middle: that is Fahrenheit (${celsius} °C)?`,
    )
  }
  const outside = median(outdoorC, rows)
  const warmer = rows.filter((k) => outdoorC[k] > indoorC[k]).length / rows.length
  const hasHeat = negativeShare(heatKw, rows) < SOME
  if (room >= COLDEST_ROOM_C && room <= 30 && outside > 30 && warmer > 0.5 && hasHeat) {
    return fault(
      'fahrenheit',
      `outdoorC is ${outside.toFixed(1)} in the middle and above the rooms: Fahrenheit?`,
    )
  }
  return undefined
}

function swapped({ indoorC, heatKw, outdoorC }: IdentifyTelemetry, rows: readonly number[]) {
  const room = median(indoorC, rows)
  const outside = median(outdoorC, rows)
  const isRoomLike = (values: ArrayLike<number>) => {
    const middle = median(values, rows)
    return middle > 15 && middle < 28 && spread(values, rows) < 6
  }
  if (room < outside && isRoomLike(outdoorC) && median(heatKw, rows) > 0) {
    return fault(
      'swapped-columns',
      `outdoorC (${outside.toFixed(1)}) is warmer than indoorC (${room.toFixed(1)}) while there is heat: are the two swapped?`,
    )
  }
  if (isRoomLike(indoorC)) {
    return room < outside && negativeShare(heatKw, rows) > SOME
      ? fault(
          'swapped-columns',
          'heatKw is often negative and outdoorC above the rooms: are the two swapped?',
        )
      : undefined
  }
  if (isRoomLike(heatKw)) {
    return fault(
      'swapped-columns',
      `indoorC is ${room.toFixed(1)} in the middle and heatKw is as a room is: are the two swapped?`,
    )
  }
  return room > WARMEST_ROOM_C || room < COLDEST_ROOM_C
    ? fault(
        'swapped-columns',
        `indoorC is ${room.toFixed(1)} in the middle: no heated room is; is it another column?`,
      )
    : undefined
}

/** More than odd rows. */
const SOME = 0.05

function negativeShare(values: ArrayLike<number>, rows: readonly number[]): number {
  return rows.filter((k) => values[k] < 0).length / rows.length
}

function negativeHeat({ heatKw }: IdentifyTelemetry, rows: readonly number[]) {
  const mean = rows.reduce((sum, k) => sum + Math.abs(heatKw[k]), 0) / rows.length
  const negative = rows.filter((k) => heatKw[k] < -NEGATIVE_SHARE * mean - 1e-9)
  if (negative.length === 0) return undefined
  const [row] = negative
  const text = `heatKw is negative in ${negative.length} rows (${heatKw[row]} in the first): consumption is positive`
  return { ...fault('negative-heat', text), row }
}

function fault(code: TelemetryFault['code'], text: string): TelemetryFault {
  return { code, text }
}

/** Whether heat hardly ever changes: then nothing can be learned of what a change would do. */
export function isConstantHeat({ at, heatKw }: IdentifyTelemetry): boolean {
  const values = Array.from(heatKw).filter(Number.isFinite)
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / values.length)
  return at.length > 0 && usualStepMs(at) > 0 && !(deviation > 0.02 * Math.abs(mean) && mean > 0)
}

function median(values: ArrayLike<number>, rows: readonly number[]): number {
  return quantile(rows.map((k) => values[k]), 0.5) ?? Number.NaN // biome-ignore format: one line
}

function spread(values: ArrayLike<number>, rows: readonly number[]): number {
  const of = (q: number) => quantile(rows.map((k) => values[k]), q) ?? Number.NaN // biome-ignore format: one line
  return of(0.95) - of(0.05)
}
