import { HOUR_MS, type Instant, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import { localMidnight } from '../../domain/local-time.ts'
import type { PowerFee } from '../../domain/tariff.ts'
import { isCounted } from './counted-months.ts'

const DAYS_A_MONTH = 365.25 / 12

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
 * What counts beside a slot's space heat where its plan pays for its peak, kW. Of the hour: what the same meter sees. Of
 * the day: so much that heat as the curve has it counts by its day's mean, whatever its hour. A plan that is beyond the
 * curve by no more than P − mean in any slot of a day is so in the mean: its fee is never more than it thinks.
 */
export function countedBesideKw(
  fee: PowerFee,
  { start, timeZone, heatKw: curveKw }: PowerLoad,
  besideKw: Float64Array,
): Float64Array {
  if (fee.on === 'hour') return besideKw
  const counted = curveKw.map((kw) => -kw)
  const heatKw = curveKw.map((kw, k) => kw + besideKw[k])
  for (const { slots, meanKw } of groupsOf(fee, { start, timeZone, heatKw })) {
    for (const k of slots) counted[k] += meanKw
  }
  return counted
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
