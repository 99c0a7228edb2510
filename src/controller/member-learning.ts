import { offsetReach } from '../core/dispatch/dispatch-building.ts'
import { hashedUnit } from '../core/domain/chance.ts'
import { DAY_MS, type Instant } from '../core/domain/instant.ts'
import { bandShiftK, type Steering } from '../core/plan/steering.ts'
import { isUnderstood } from '../core/state/night-fit.ts'
import { excitationOffsetK } from '../core/thermal/identify/excitation.ts'
import type { GateReason } from '../core/thermal/identify/gate.ts'
import type { Member } from './member.ts'
import { heldOffsetK } from './plan-member.ts'

export interface GateText {
  readonly code: GateReason
  readonly text: string
}

/** Steered as ever, or moved a little so that there is something to learn from. */
export type MemberSteering = Steering | { readonly kind: 'excite'; readonly supplyOffsetK: number }

/** Without a thermometer there is nothing to learn; such buildings are steered by their meter. */
export function isLearner({ building }: Member): boolean {
  return building.learnsModel === true && building.hasIndoorSensor
}

const NOTHING_YET: readonly GateText[] = [
  { code: 'too-few-data', text: 'no night has looked at its telemetry yet' },
]

/** Why the gate is shut; empty where it is open. */
export function gateTexts({ learned }: Member): readonly GateText[] {
  if (!learned) return NOTHING_YET
  const { identified } = learned
  if (identified.kind === 'bad-input') {
    return identified.faults.map(({ code, text }) => ({
      code: code === 'too-few-rows' ? 'too-few-data' : 'not-physical',
      text,
    }))
  }
  return identified.verdict.kind === 'steer' ? [] : identified.verdict.reasons
}

/** What was decided for a building, unless its model has yet to be learned: `planFrom` is when plans begin at all. */
export function learnerSteering(
  member: Member,
  decided: Steering,
  now: Instant,
  planFrom = Number.NEGATIVE_INFINITY,
): MemberSteering {
  if (decided.kind !== 'plan' || !isLearner(member)) return decided
  if (isUnderstood(member.learned?.identified) && now >= planFrom) return decided
  const supplyOffsetK = teachingOffsetK(member, now)
  return supplyOffsetK === 0 ? { kind: 'curve', why: 'not-learned' } : { kind: 'excite', supplyOffsetK }
}

/** What a paused move has to be clear of before it goes on, K: or a room at an edge would switch it all day. */
const CLEAR_K = 0.3
/** No move takes heat from a house whose coldest room is near the 18 °C below which none may fall. */
const UNSAFE_C = 19
/** Changes that are left to who steers in earnest. */
const RESERVED_WRITES = 2

/** Excitation within comfort and the write budget. Where the gate is open already, more is learned until plans begin. */
function teachingOffsetK(member: Member, now: Instant): number {
  const { building, timeline, writes } = member
  const { coldestC, lowestC } = timeline.belief.comfort
  const lacks = gateTexts(member).map(({ code }) => code)
  const heldK = heldOffsetK(member, now)
  const clearK = heldK === 0 ? CLEAR_K : 0
  const reach = offsetReach(building)
  const drawnK = excitationOffsetK({
    seed: seedOf(building.id),
    now,
    indoorC: coldestC,
    comfort: { minC: building.comfort.minC + clearK, maxC: building.comfort.maxC - clearK },
    lacks: lacks.length > 0 ? lacks : ['too-few-data'],
  })
  const wantedK = Math.min(reach.max, Math.max(reach.min, drawnK))
  // Whoever has asked for another temperature is not experimented with.
  if (bandShiftK(member.overrides, now) !== 0) return 0
  if (wantedK < 0 && (lowestC === null || lowestC < UNSAFE_C)) return 0
  const recent = writes.filter((at) => at > now - DAY_MS).length
  const isBudgeted = wantedK === heldK || recent + RESERVED_WRITES < building.actuator.writesPerDay
  return isBudgeted ? wantedK : 0
}

/** The building's own chance, the same after every restart. */
function seedOf(id: string): number {
  let seed = 0
  for (let k = 0; k < id.length; k++) seed = Math.floor(hashedUnit(seed, id.charCodeAt(k), k) * 2_147_483_647)
  return seed
}
