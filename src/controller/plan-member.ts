import {
  type Dispatched,
  type DispatchFacts,
  dispatchBuilding,
  offsetReach,
} from '../core/dispatch/dispatch-building.ts'
import { valueEnd } from '../core/dispatch/lease.ts'
import { HOUR_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import { correctWeather } from '../core/forecast/correct-weather.ts'
import { planMeterOnly } from '../core/plan/meter-only.ts'
import type { PlanJob, Schedule } from '../core/plan/plan-job.ts'
import { safeLevelC } from '../core/plan/safe-level.ts'
import { bandShiftK, type Steering, steering } from '../core/plan/steering.ts'
import { planningEurPerKwh } from '../core/plan/tariffs/planning-price.ts'
import { type RoomLevels, warmLimitC } from '../core/plan/warm-limit.ts'
import type { Belief } from '../core/state/belief.ts'
import { curveSupplyC } from '../core/state/curve-supply.ts'
import { effect, signatureFloorKw } from '../core/state/effect.ts'
import { forecastGains } from '../core/state/forecast-gains.ts'
import { hotWaterKw } from '../core/state/hot-water.ts'
import { AIR, MASS } from '../core/thermal/filter.ts'
import type { Member } from './member.ts'
import type { Outlook } from './outlook.ts'

/** The outlook as one building meets it: its own weather, tariff and reach, one value a slot. */
export interface MemberOutlook {
  readonly start: Instant
  readonly timeZone: string
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
  readonly eurPerKwh: Float64Array
  readonly curveHeatKw: Float64Array
  readonly kwPerKUp: Float64Array
  readonly kwPerKDown: Float64Array
  readonly minHeatKw: Float64Array
  readonly maxHeatKw: Float64Array
  /** Hot water takes clearly more than its mean now. */
  readonly hotWaterPeak: boolean
}

/** Everything about the next days that depends on the building, from what is believed of it now. */
export function memberOutlook(member: Member, outlook: Outlook, now: Instant): MemberOutlook {
  const { building } = member
  const belief = member.timeline.belief
  const reach = offsetReach(building)
  const own = ownWeather(belief, outlook, now)
  const n = outlook.slots
  const series = () => new Float64Array(n)
  const result = {
    start: outlook.start,
    timeZone: outlook.timeZone,
    outdoorC: own,
    solarWm2: outlook.solarWm2,
    curveHeatKw: series(),
    kwPerKUp: series(),
    kwPerKDown: series(),
    minHeatKw: series(),
    maxHeatKw: series(),
    hotWaterPeak: false,
  }
  const meanHotWaterKw = meanOf(belief.hotWater.profileKw)
  const warmerK = roomDeviationK(belief)
  for (let k = 0; k < n; k++) {
    const at = outlook.start + k * SLOT_MS
    const able = effect(belief, building, own[k]!, { at, timeZone: outlook.timeZone })
    // A room that is warmer than the curve usually makes it takes less: its valves close.
    const curveKw = Math.max(
      0,
      able.curveHeatKw - able.roomKwPerK * warmerK * Math.exp((-k * SLOT_MS) / ROOM_MEMORY_MS),
    )
    const hotWaterExcessKw = Math.max(0, hotWaterKw(belief, at, outlook.timeZone) - 1.3 * meanHotWaterKw)
    const lowest = Math.max(reach.min, able.minOffsetUsefulK)
    const highest = Math.min(reach.max, able.maxOffsetUsefulK)
    result.curveHeatKw[k] = curveKw
    result.kwPerKUp[k] = able.kwPerKUp
    result.kwPerKDown[k] = able.kwPerKDown
    result.minHeatKw[k] = Math.max(0, curveKw + lowest * able.kwPerKDown)
    const mostKw = Math.min(able.maxHeatKw, curveKw + highest * able.kwPerKUp) - hotWaterExcessKw
    // What the own curve takes is in reach whatever the limits say, and taking less is never the only way.
    result.maxHeatKw[k] = Math.max(curveKw, mostKw)
    if (k === 0) result.hotWaterPeak = hotWaterExcessKw > 0.1 * building.maxHeatKw
  }
  const eurPerKwh = planningEurPerKwh(building.tariff, {
    start: outlook.start,
    timeZone: outlook.timeZone,
    spotEurPerMwh: outlook.prices.eurPerMwh,
    outdoorC: own,
    supplyC: own.map((outdoorC) => curveSupplyC(building, outdoorC)),
    loadKw: result.curveHeatKw,
    carbonEurPerMwh: outlook.carbonEurPerMwh,
  })
  return { ...result, eurPerKwh }
}

// How long a room stays warmer than usual, for the valves' sake: about the time in which plans let it cool.
const ROOM_MEMORY_MS = 12 * HOUR_MS

function roomDeviationK(belief: Belief): number {
  const { meanC } = belief.comfort
  const usualC = belief.signature.roomC
  return meanC === null || usualC === null ? 0 : meanC - usualC
}

function ownWeather(belief: Belief, outlook: Outlook, now: Instant): Float64Array {
  const { outdoorC, source, local } = belief.outdoor
  const reading = outdoorC !== null && source === 'sensor' ? { at: belief.at, outdoorC } : undefined
  const series = { ...outlook.weather, start: outlook.start, outdoorC: outlook.outdoorC }
  return correctWeather(series, { reading, local }, now).outdoorC
}

export interface SteeringLimits {
  readonly lostAfterMinutes: number
  readonly seasonEndsC: number
  /** Until then buildings that learn are only learned from; a replay's warm-up is no time to store heat in. */
  readonly planFrom?: Instant | undefined
}

export function steeringOf(limits: SteeringLimits, member: Member, outlook: Outlook, now: Instant): Steering {
  const { belief } = member.timeline
  return steering({
    mode: member.mode,
    overrides: member.overrides,
    now,
    lastSampleAt: member.lastSampleAt,
    lostAfterMinutes: limits.lostAfterMinutes,
    dayMeanOutdoorC: belief.outdoor.dayMeanC ?? outlook.dayMeanOutdoorC,
    seasonEndsC: limits.seasonEndsC,
    coldestC: belief.comfort.coldestC ?? undefined,
    hasIndoorSensor: member.building.hasIndoorSensor,
  })
}

// Kept above the band's lower edge: thermometers are off by some tenths, and forecasts by more.
const MARGIN_K = 0.35
// What a kelvin-hour too warm is held to cost, EUR/m²: a price that ordinary days are not worth.
const WARM_EUR_PER_M2_KH = 0.001
// The coldest room must have some way to go, however unequal the rooms are.
const LEAST_WAY_K = 0.2

/** The plan of this building as a job for a planner thread. */
export function planJob(member: Member, own: MemberOutlook, now: Instant): PlanJob {
  const { building, model } = member
  const belief = member.timeline.belief
  const n = own.eurPerKwh.length
  const shiftK = bandShiftK(member.overrides, now)
  const rooms = roomLevels(member)
  const lowC = Math.max(building.comfort.minC + MARGIN_K + shiftK, safeRoomC(member))
  const highC = Math.max(
    lowC + LEAST_WAY_K,
    shiftK + (rooms ? warmLimitC(member.overheatingBalanceKh, rooms) : 0),
  )
  return {
    building: building.id,
    madeAt: now,
    start: own.start,
    model,
    airC: belief.filter?.mean[AIR] ?? lowC,
    massC: belief.filter?.mean[MASS] ?? lowC,
    heatKw: belief.heat.spaceKw ?? own.curveHeatKw[0]!,
    outdoorC: own.outdoorC,
    solarWm2: own.solarWm2,
    gainsKw: forecastGains(belief, own.start, n, own.timeZone),
    eurPerKwh: own.eurPerKwh,
    curveHeatKw: own.curveHeatKw,
    minHeatKw: own.minHeatKw,
    maxHeatKw: own.maxHeatKw,
    minC: new Float64Array(n).fill(lowC),
    maxC: new Float64Array(n).fill(highC),
    warmEurPerKh: WARM_EUR_PER_M2_KH * building.floorAreaM2,
    earlierKw: earlierHeat(member, own.start, n),
    rateKw: 0.5 * building.maxHeatKw,
  }
}

/** The level that the coldest room needs, °C; the band's lower edge stands in for what the curve is not yet known to give. */
export function safeRoomC({ timeline, building }: Member): number {
  const { comfort, signature } = timeline.belief
  const { coldestC, lowestC, meanC } = comfort
  if (coldestC === null || lowestC === null || meanC === null) return building.comfort.minC
  const onCurveC = signature.roomC === null ? building.comfort.minC : signature.roomC - (meanC - coldestC)
  return safeLevelC(coldestC, lowestC, onCurveC)
}

/** The last plan on the grid from `start`, its last value held where it ends; undefined without one. */
function earlierHeat({ plan }: Member, start: Instant, slots: number): Float64Array | undefined {
  if (!plan || start < plan.start) return undefined
  const skip = (start - plan.start) / SLOT_MS
  const { heatKw } = plan
  if (skip >= heatKw.length) return undefined
  return Float64Array.from({ length: slots }, (_, k) => heatKw[Math.min(k + skip, heatKw.length - 1)]!)
}

/** Valid rooms and the comfort zone among them; undefined where no room can be trusted. */
export function roomLevels(member: Member): RoomLevels | undefined {
  const { zones, comfort } = member.timeline.belief
  if (comfort.coldestC === null) return undefined
  const roomsC = zones.flatMap(({ state, indoorC }) => (state === 'ok' ? [indoorC] : []))
  return { roomsC, comfortC: comfort.coldestC, band: member.building.comfort }
}

/** The plan of a building that nobody measures the rooms of. */
export function meterOnlyPlan(member: Member, own: MemberOutlook, now: Instant): Schedule {
  return planMeterOnly({
    building: member.building.id,
    madeAt: now,
    start: own.start,
    curveHeatKw: own.curveHeatKw,
    eurPerKwh: own.eurPerKwh,
    floorKw: own.outdoorC.map((outdoorC) => signatureFloorKw(member.timeline.belief, outdoorC)),
    movedSlots: movedSlots(member, now),
  })
}

/** Slots since the building was last on its curve. */
function movedSlots(member: Member, now: Instant): number {
  const last = member.writes[member.writes.length - 1]
  return last === undefined || heldOffsetK(member, now) === 0 ? 0 : Math.floor((now - last) / SLOT_MS)
}

/** The offset on its curve that the building follows now, K: 0 once its lease, or a deep cut in it, has run out. */
export function heldOffsetK(
  { lease, heldOffsetK }: Pick<Member, 'lease' | 'heldOffsetK'>,
  now: Instant,
): number {
  return lease && now < valueEnd(lease) ? heldOffsetK : 0
}

/** What orders mean for a building's setting. */
export interface OrderMark {
  readonly isScarce: boolean
  readonly stakes: Float64Array | undefined
  readonly callWrites: Uint8Array
}

export function dispatchMember(
  member: Member,
  own: MemberOutlook,
  schedule: Schedule,
  now: Instant,
  order: Partial<OrderMark> = {},
): Dispatched {
  const { isScarce, stakes, callWrites } = order
  const { building } = member
  const belief = member.timeline.belief
  const facts: DispatchFacts = {
    // An emergency goes below the band, as far as is safe.
    building: isScarce
      ? { ...building, comfort: { ...building.comfort, minC: safeRoomC(member) } }
      : building,
    plan: schedule,
    effect: own,
    outdoorC: own.outdoorC,
    heldOffsetK: heldOffsetK(member, now),
    writes: member.writes,
    now,
    timeZone: own.timeZone,
    indoorC: belief.comfort.coldestC ?? undefined,
    lowestC: belief.comfort.lowestC ?? undefined,
    hotWaterPeak: own.hotWaterPeak,
    stakes,
    callWrites,
  }
  return dispatchBuilding(facts)
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
