import { type Instant, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import type { ProductionUnit } from '../../domain/plant.ts'
import { availableRatio } from './available-ratio.ts'
import type { UnitSource } from './heat-sources.ts'

/** What a dispatch asks of one unit. */
export interface UnitRun {
  readonly unit: string
  readonly heatKw: Float64Array
  readonly heatKwh: number
  readonly starts: number
  readonly startsEur: number
  /** Slots in which it would run between nothing and its least load: relaxed, and so not runnable as it stands. */
  readonly notRunnableSlots: readonly number[]
}

/** Less than this share of its heat is standing still. */
const STILL_RATIO = 1e-3

/** Heat, starts and the slots that the relaxation leaves open, unit by unit. */
export function unitRuns(
  units: readonly ProductionUnit[],
  sources: readonly UnitSource[],
  sourceKw: readonly Float64Array[],
): UnitRun[] {
  return units.map((unit) => {
    const own = sources.flatMap((source, j) => (source.unit === unit.id ? [sourceKw[j]] : []))
    const heatKw = own[0].map((_, k) => own.reduce((sum, kw) => sum + kw[k], 0))
    const stillKw = STILL_RATIO * unit.capKw
    const isOn = (k: number) => heatKw[k] > stillKw
    let starts = 0
    const notRunnableSlots: number[] = []
    for (let k = 0; k < heatKw.length; k++) {
      if (!isOn(k)) continue
      if (k > 0 && !isOn(k - 1)) starts++
      if (heatKw[k] < unit.minKw * (1 - STILL_RATIO)) notRunnableSlots.push(k)
    }
    const heatKwh = heatKw.reduce((sum, kw) => sum + kw * SLOT_HOURS, 0)
    return { unit: unit.id, heatKw, heatKwh, starts, startsEur: starts * unit.startEur, notRunnableSlots }
  })
}

/** In words, what stands between a relaxed dispatch and one that can be run; empty where nothing does. */
export function relaxationNotes(units: readonly ProductionUnit[], runs: readonly UnitRun[]): string[] {
  return units.flatMap(({ id, minKw }, i) => {
    const { notRunnableSlots, starts, startsEur } = runs[i]
    const notes: string[] = []
    if (notRunnableSlots.length > 0) {
      const hours = notRunnableSlots.length * SLOT_HOURS
      notes.push(
        `${id} is planned under its least load of ${minKw} kW for ${hours} h: not runnable as it stands`,
      )
    }
    if (startsEur > 0) notes.push(`${starts} starts of ${id} cost ${startsEur} EUR beside the plan`)
    return notes
  })
}

/** Instants of the outages that lie in a horizon, in words. */
export function outageNotes(units: readonly ProductionUnit[], start: Instant, slots: number): string[] {
  return units.flatMap(({ id, outages }) => {
    let lost = 0
    for (let k = 0; k < slots; k++) lost += 1 - availableRatio(outages, start + k * SLOT_MS)
    return lost > 0
      ? [`${id} is out of order for ${Math.round(lost * SLOT_HOURS * 10) / 10} h of its full heat`]
      : []
  })
}
