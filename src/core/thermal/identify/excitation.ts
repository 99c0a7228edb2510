import { hashedUnit } from '../../domain/chance.ts'
import { HOUR_MS, type Instant } from '../../domain/instant.ts'
import type { GateReason } from './gate.ts'

/** What decides whether a building's supply is moved to learn from it, and which way. */
export interface ExcitationAsk {
  /** The building's own, so that a fleet does not move as one. */
  readonly seed: number
  readonly now: Instant
  /** The comfort zone as measured; null where nothing is. */
  readonly indoorC: number | null
  readonly comfort: { readonly minC: number; readonly maxC: number }
  /** Why the gate is shut; an open one lacks nothing. */
  readonly lacks: readonly GateReason[]
}

export const EXCITATION_K = 3
/** Two steps a frame, cut at 4 to 12 h: neither is shorter or longer than that. */
const FRAME_HOURS = 16
const LEAST_HOURS = 4
/** The way down is closed this far above the band's lower edge: three kelvins of supply cost a room about so much. */
const FLOOR_MARGIN_K = 0.4
/** Further apart and the mean would drift, and with it the rooms. */
const BACK_SHARE = 0.75

const CURABLE: readonly GateReason[] = [
  'too-few-data',
  'constant-heat',
  'heat-follows-outdoor',
  'response-uncertain',
]

/** The offset in force now, K of supply: 0 where excitation would teach nothing or a room could grow cold. */
export function excitationOffsetK(ask: ExcitationAsk): number {
  if (ask.indoorC === null || !ask.lacks.some((reason) => CURABLE.includes(reason))) return 0
  const { minC, maxC } = ask.comfort
  if (ask.indoorC < minC) return 0
  const drawnK = EXCITATION_K * drawnSign(ask.seed, ask.now)
  if (drawnK < 0 && ask.indoorC < minC + FLOOR_MARGIN_K) return 0
  return drawnK > 0 && ask.indoorC > maxC ? 0 : drawnK
}

/** +1 or −1, held for 4 to 12 h: a function of seed and time alone, so that a restart changes nothing. */
function drawnSign(seed: number, now: Instant): 1 | -1 {
  const hours = now / HOUR_MS
  const frame = Math.floor(hours / FRAME_HOURS)
  const cut = LEAST_HOURS + (FRAME_HOURS - 2 * LEAST_HOURS) * hashedUnit(seed, 81, frame)
  const first = hashedUnit(seed, 82, frame) < 0.5 ? -1 : 1
  if (hours - frame * FRAME_HOURS < cut) return first
  const isBack = hashedUnit(seed, 83, frame) < BACK_SHARE
  return isBack ? (first === 1 ? -1 : 1) : first
}
