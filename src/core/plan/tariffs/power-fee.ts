import { HOUR_MS, type Instant, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import { localMidnight } from '../../domain/local-time.ts'
import type { PowerFee } from '../../domain/tariff.ts'
import { isCounted } from './counted-months.ts'

const DAYS_A_MONTH = 365.25 / 12
/** Of the peak: groups that come so near to it share the fee, for nobody knows which will be highest. */
const NEAR_RATIO = 0.05

export interface PowerLoad {
  readonly start: Instant
  readonly heatKw: Float64Array
  readonly timeZone: string
}

interface Group {
  readonly slots: readonly number[]
  readonly meanKw: number
}

/** The largest clock hour, or local day, of the months that count, kW; 0 where none does. */
export function billedPeakKw(fee: PowerFee, load: PowerLoad): number {
  return groupsOf(fee, load).reduce((most, { meanKw }) => Math.max(most, meanKw), 0)
}

/** What the period is charged for power, EUR: the peak billed already counts on. */
export function powerFeeEur(fee: PowerFee, load: PowerLoad): number {
  const months = (load.heatKw.length * SLOT_HOURS) / 24 / DAYS_A_MONTH
  return fee.eurPerKwMonth * months * Math.max(fee.peakSoFarKw, billedPeakKw(fee, load))
}

/**
 * What a kilowatt-hour of each slot adds to the fee for as long as a new peak is billed, EUR/kWh: the slope of a
 * smooth maximum at the expected load. Within a day it is one price where the day's mean counts, so that shifting
 * heat within the day earns nothing; without a new peak in sight it is next to nothing.
 */
export function powerEurPerKwh(fee: PowerFee, expected: PowerLoad): Float64Array {
  const price = new Float64Array(expected.heatKw.length)
  const groups = groupsOf(fee, expected)
  const most = Math.max(fee.peakSoFarKw, ...groups.map(({ meanKw }) => meanKw))
  if (most <= 0) return price
  const nearness = (kw: number) => Math.exp((kw - most) / (NEAR_RATIO * most))
  const all = groups.reduce((sum, { meanKw }) => sum + nearness(meanKw), nearness(fee.peakSoFarKw))
  for (const { slots, meanKw } of groups) {
    const share = nearness(meanKw) / all
    const hours = slots.length * SLOT_HOURS
    for (const k of slots) price[k] = (fee.eurPerKwMonth * fee.billedMonths * share) / hours
  }
  return price
}

/** Hours by the clock or days by the local calendar; the first and last may be cut short. */
function groupsOf({ on, months }: PowerFee, { start, heatKw, timeZone }: PowerLoad): Group[] {
  const slots = new Map<Instant, number[]>()
  for (let k = 0; k < heatKw.length; k++) {
    const at = start + k * SLOT_MS
    if (!isCounted(months, at, timeZone)) continue
    const group = on === 'hour' ? Math.floor(at / HOUR_MS) : localMidnight(at, timeZone)
    const members = slots.get(group)
    if (members) members.push(k)
    else slots.set(group, [k])
  }
  return [...slots.values()].map((members) => ({
    slots: members,
    meanKw: members.reduce((sum, k) => sum + heatKw[k], 0) / members.length,
  }))
}
