import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { IngestMemory, Register } from './ingest-memory.ts'

export interface RegisterRead {
  readonly memory: IngestMemory
  /** Mean heat since the last value, kW; undefined where nothing can be said. */
  readonly heatKw: number | undefined
  readonly refused: string | undefined
}

/** Digits that heat meters count up to before they begin again. */
const ROLLOVERS_KWH = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
/** A difference over a longer time says too little of any quarter-hour. */
const LONGEST_MS = HOUR_MS
/** One pulse of 1 kWh may fall on either side of the interval. */
const PULSE_KWH = 1

/**
 * Heat from a register's growth. A value that fell, or grew faster than any plant, is refused and remembered: one
 * that goes on from it is a reset, one that goes on from before it was a slip.
 */
export function readRegister(memory: IngestMemory, now: Register, maxHeatKw: number): RegisterRead {
  const { register, doubted } = memory
  if (register === null)
    return { memory: { ...memory, register: now }, heatKw: undefined, refused: undefined }
  // A late value says nothing about the newest interval.
  if (now.at <= register.at) return { memory, heatKw: undefined, refused: undefined }
  const grownKwh = growth(register, now, maxHeatKw)
  if (grownKwh !== undefined) return believed(memory, now, register.at, grownKwh)
  const sinceDoubt = doubted === null || now.at <= doubted.at ? undefined : growth(doubted, now, maxHeatKw)
  if (doubted !== null && sinceDoubt !== undefined) return believed(memory, now, doubted.at, sinceDoubt)
  const refused = `${now.kwh} after ${register.kwh}`
  return { memory: { ...memory, doubted: now }, heatKw: undefined, refused }
}

function believed(memory: IngestMemory, now: Register, since: Instant, grownKwh: number): RegisterRead {
  const ms = now.at - since
  const heatKw = ms <= LONGEST_MS ? (grownKwh * HOUR_MS) / ms : undefined
  return { memory: { ...memory, register: now, doubted: null }, heatKw, refused: undefined }
}

/** Growth in kWh, over a rollover where there was one; undefined where no plant can have done that. */
function growth(from: Register, to: Register, maxHeatKw: number): number | undefined {
  const mostKwh = (maxHeatKw * (to.at - from.at)) / HOUR_MS + PULSE_KWH
  const turns = [0, ...ROLLOVERS_KWH.filter((turn) => from.kwh < turn && from.kwh > 0.9 * turn)]
  return turns.map((turn) => to.kwh + turn - from.kwh).find((kwh) => kwh >= 0 && kwh <= mostKwh)
}
