import { type Instant, SLOT_HOURS } from '../core/domain/instant.ts'
import { type Caretaker, caretakerAboveK, NO_CARETAKER, stepCaretaker } from '../core/plan/caretaker.ts'
import { type ColdRoom, coldBalanceKh } from '../core/plan/cold-limit.ts'
import { type LearnedMargin, learnFromMiss, learnStray, NEW_MARGIN } from '../core/plan/learned-margin.ts'
import { overheatingBalanceKh, type RoomLevels } from '../core/plan/warm-limit.ts'
import type { ZoneBelief } from '../core/state/belief.ts'
import { effect } from '../core/state/effect.ts'
import { discretise } from '../core/thermal/discretise.ts'
import type { Member } from './member.ts'

/** What steering has done to the rooms of a building, held against a caretaker's curve. */
export interface ComfortAccount {
  readonly caretaker: Caretaker
  readonly margin: LearnedMargin
  /** What was spared against the caretaker and not yet spent, kelvin-hours: too warm, and too cold in the coldest room. */
  readonly overheatingKh: number
  readonly coldKh: number
}

export const NEW_ACCOUNT: ComfortAccount = {
  caretaker: NO_CARETAKER,
  margin: NEW_MARGIN,
  overheatingKh: 0,
  coldKh: 0,
}

type Accounted = Pick<Member, 'account' | 'building' | 'model' | 'timeline' | 'lease'>

/** Once a turn: balances only while a lease steers the building, for its own curve neither spares nor spends. */
export function settleComfort(member: Accounted, now: Instant): ComfortAccount {
  const { account, building, timeline } = member
  const comfortC = timeline.belief.comfort.coldestC ?? undefined
  const caretaker = stepCaretaker(account.caretaker, careStep(member, now))
  if (comfortC === undefined) return { ...account, caretaker }
  const margin = learnStray(account.margin, now, comfortC - caretaker.ours.airK)
  const seen = { ...account, caretaker, margin }
  if (!isSteered(member, now)) return seen
  const counted = { account: seen, building, timeline }
  const [rooms, coldest] = [roomLevels(counted), coldRoom(counted)]
  return {
    caretaker,
    margin: learnFromMiss(margin, comfortC < building.comfort.minC),
    overheatingKh: rooms
      ? overheatingBalanceKh(account.overheatingKh, rooms, SLOT_HOURS)
      : account.overheatingKh,
    coldKh: coldest
      ? coldBalanceKh(account.coldKh, aired(coldest, timeline.belief.zones), SLOT_HOURS)
      : account.coldKh,
  }
}

/** What is moved to learn from it is no saving. */
function isSteered({ lease }: Accounted, now: Instant): boolean {
  return lease !== undefined && lease.validUntil > now && lease.reason.code !== 'learning'
}

function careStep({ building, model, timeline }: Accounted, now: Instant) {
  const { belief } = timeline
  const able = effect(belief, building, belief.outdoor.outdoorC ?? 0)
  const { minOffsetUsefulK, maxOffsetUsefulK, kwPerKUp, kwPerKDown } = able
  const offsetK = Math.max(minOffsetUsefulK, Math.min(maxOffsetUsefulK, belief.actuator.laggedOffset))
  return {
    now,
    model: discretise(model, SLOT_HOURS),
    oursKw: offsetK * (offsetK > 0 ? kwPerKUp : kwPerKDown),
    kwPerK: kwPerKDown,
    roomKwPerK: able.roomKwPerK,
    comfortC: belief.comfort.coldestC ?? undefined,
    lowestC: lowestOf(belief.zones),
    minC: building.comfort.minC,
  }
}

/** People feel an aired room too. */
function aired(room: ColdRoom, zones: readonly ZoneBelief[]): ColdRoom {
  return { ...room, lowestC: lowestOf(zones) ?? room.lowestC }
}

/** Of rooms that show their own air, though a window be open. */
function lowestOf(zones: readonly ZoneBelief[]): number | undefined {
  const shown = zones.flatMap(({ state, indoorC }) =>
    state === 'ok' || state === 'window-open' ? [indoorC] : [],
  )
  return shown.length > 0 ? Math.min(...shown) : undefined
}

/** Valid rooms and the comfort zone among them; undefined where no room can be trusted. */
export function roomLevels({
  account,
  building,
  timeline,
}: Pick<Member, 'account' | 'building' | 'timeline'>): RoomLevels | undefined {
  const { zones, comfort } = timeline.belief
  if (comfort.coldestC === null) return undefined
  const roomsC = zones.flatMap(({ state, indoorC }) => (state === 'ok' ? [indoorC] : []))
  const caretakerC = comfort.coldestC + caretakerAboveK(account.caretaker)
  return { roomsC, comfortC: comfort.coldestC, caretakerC, band: building.comfort }
}

/** The coldest room; undefined where no room can be trusted. */
export function coldRoom({
  account,
  building,
  timeline,
}: Pick<Member, 'account' | 'building' | 'timeline'>): ColdRoom | undefined {
  const { coldestC, lowestC } = timeline.belief.comfort
  if (coldestC === null || lowestC === null) return undefined
  const caretakerC = coldestC + caretakerAboveK(account.caretaker)
  return { lowestC, comfortC: coldestC, caretakerC, minC: building.comfort.minC }
}
