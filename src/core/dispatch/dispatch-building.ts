import { type Building, ROOM_REFERENCE_C } from '../domain/building.ts'
import { DAY_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import type { LeaseStep, Reason } from '../domain/lease.ts'
import type { BuildingPlan } from '../domain/plan.ts'
import { deepCutEnd } from './lease.ts'
import { type ActuatorSlot, actuatorValue, type EffectSeries, offsetWish, roomSlope } from './offset-wish.ts'
import { reasonFor } from './reason.ts'
import { segments } from './segments.ts'

export interface DispatchFacts {
  readonly building: Building
  readonly plan: Omit<BuildingPlan, 'reason'>
  readonly effect: EffectSeries
  readonly outdoorC: Float64Array
  /** The offset in force, K; 0 on the own curve. */
  readonly heldOffsetK: number
  /** Changes of the value in the last day, oldest first. */
  readonly writes: readonly Instant[]
  readonly now: Instant
  readonly timeZone: string
  readonly indoorC: number | undefined
  /** The coldest room of all, °C. */
  readonly lowestC: number | undefined
  readonly hotWaterPeak: boolean
  /** How many times as much a wrong setting costs in each slot of the plan while an order runs; 1 at other times. */
  readonly stakes?: Float64Array | undefined
  /** Writes kept back for calls in each slot of the plan; never more in a later one. */
  readonly callWrites?: Uint8Array | undefined
}

export interface Dispatched {
  readonly steps: readonly LeaseStep[]
  /** The offset on the curve behind the first step, K. */
  readonly offsetK: number
  readonly reason: Reason
}

// Writes that only a cold room or a resident may use.
const RESERVED_WRITES = 1
// Eighteen hours: as far as a change of offset now can matter to the next ones.
const AHEAD = 72

/** Plan → setpoint steps of one building: kilowatts into its actuator's unit, within its write budget. */
export function dispatchBuilding(facts: DispatchFacts): Dispatched {
  const first = Math.max(0, Math.floor((facts.now - facts.plan.start) / SLOT_MS))
  const wanted = chooseOffsets(facts, first)[0]
  // Less than the dead-band is not worth a write, though many hours of it might seem so.
  const isWorthIt = Math.abs(wanted - facts.heldOffsetK) >= facts.building.actuator.deadband
  const offsetK = isWorthIt ? wanted : safeHold(facts)
  return { steps: leaseSteps(facts, offsetK, first), offsetK, reason: explain(facts, offsetK) }
}

function chooseOffsets(facts: DispatchFacts, first: number): Float64Array {
  const { plan, building, heldOffsetK } = facts
  const reach = safeReach(facts)
  const wish = offsetWish(plan.heatKw, plan.curveHeatKw, facts.effect, reach).slice(first, first + AHEAD)
  const { step, deadband } = building.actuator
  return segments({
    wish,
    weight: weights(facts, first, wish.length),
    held: Math.min(reach.max, Math.max(reach.min, heldOffsetK)),
    available: writesAvailable(facts, first, wish.length),
    writeCost: deadband * deadband,
    step,
    ...reach,
  }).values
}

// A room this far under its band is not cooled further, whatever a plan or a learned effect says.
const COLD_K = 0.4
// Some way above the 18 °C below which no home may fall: heat needs its time to come.
const UNSAFE_C = 18.8

/** The actuator's reach; from a cold room no heat is taken. */
function safeReach({ building, indoorC, lowestC }: DispatchFacts): {
  readonly min: number
  readonly max: number
} {
  const reach = offsetReach(building)
  const isCold = indoorC !== undefined && indoorC < building.comfort.minC - COLD_K
  const isUnsafe = lowestC !== undefined && lowestC < UNSAFE_C
  return isCold || isUnsafe ? { min: 0, max: reach.max } : reach
}

/** What is held on: the value in force, unless a cold room has put it out of reach. */
function safeHold(facts: DispatchFacts): number {
  const { min, max } = safeReach(facts)
  return Math.min(max, Math.max(min, facts.heldOffsetK))
}

/** A kelvin of error costs what its heat costs, relative to the mean hour; early slots are surer than late. */
function weights({ plan, effect, stakes }: DispatchFacts, first: number, n: number): Float64Array {
  const cost = new Float64Array(n)
  let mean = 0
  for (let k = 0; k < n; k++) {
    cost[k] = Math.abs(plan.eurPerKwh[first + k]) * effect.kwPerKDown[first + k]
    mean += cost[k] / n
  }
  for (let k = 0; k < n; k++) {
    const relative = mean > 0 ? Math.min(8, Math.max(0.3, cost[k] / mean)) : 1
    cost[k] = relative * (stakes?.[first + k] ?? 1) * Math.exp(-k / AHEAD)
  }
  return cost
}

/** Changes that the budget of any 24 hours bears by each slot ahead: what was used frees itself a day later. */
function writesAvailable(facts: DispatchFacts, first: number, slots: number): Int32Array {
  const { building, writes, now, indoorC, callWrites } = facts
  const { writesPerDay } = building.actuator
  const isCold = indoorC !== undefined && indoorC < building.comfort.minC - COLD_K
  return Int32Array.from({ length: slots }, (_, k) => {
    const kept = RESERVED_WRITES + (callWrites?.[first + k] ?? 0)
    const reserve = isCold ? 0 : Math.min(kept, writesPerDay - 1)
    const dayBefore = now + k * SLOT_MS - DAY_MS
    return Math.max(0, writesPerDay - reserve - writes.filter((at) => at > dayBefore).length)
  })
}

/** Where the actuator can take the supply, kelvins on the own curve. */
export function offsetReach(building: Building): { readonly min: number; readonly max: number } {
  const { kind, min, max } = building.actuator
  switch (kind) {
    case 'supplyOffsetK':
      return { min, max }
    case 'roomSetpointC': {
      const perRoomK = roomSlope(building)
      return {
        min: Math.max(-20, (min - ROOM_REFERENCE_C) * perRoomK),
        max: Math.min(10, (max - ROOM_REFERENCE_C) * perRoomK),
      }
    }
    case 'supplyC':
      return { min: -20, max: 10 }
    case 'heatLimitKw':
      return { min: -20, max: 0 }
    default:
      return kind satisfies never
  }
}

// From here on down half an hour of silence would be felt: such cuts hold only while they are said anew.
const DEEP_CUT_K = -5

/**
 * The value now, for the whole lease: a later step would be a write that the next turn, which knows more, may have
 * to take back. Deep cuts end after some minutes unless they are said anew.
 */
function leaseSteps(facts: DispatchFacts, offsetK: number, first: number): LeaseStep[] {
  const { building, plan, effect, outdoorC, now } = facts
  const slot = {
    offsetK,
    outdoorC: outdoorC[first],
    curveHeatKw: plan.curveHeatKw[first],
    kwPerKDown: effect.kwPerKDown[first],
  }
  return offsetSteps(building, slot, now)
}

/** A lease's steps for an offset from now on, in the building's own unit. */
export function offsetSteps(building: Building, slot: ActuatorSlot, now: Instant): LeaseStep[] {
  const { kind } = building.actuator
  const value = { from: now, [kind]: actuatorValue(building, slot) }
  return slot.offsetK > DEEP_CUT_K ? [value] : [value, { from: deepCutEnd(now), [kind]: null }]
}

function explain(facts: DispatchFacts, offsetK: number): Reason {
  const { now, timeZone, plan, indoorC, building, hotWaterPeak } = facts
  const { eurPerKwh, start } = plan
  return reasonFor({
    now,
    timeZone,
    offsetK,
    eurPerKwh,
    start,
    indoorC,
    band: building.comfort,
    hotWaterPeak,
    hasIndoorSensor: building.hasIndoorSensor,
  })
}
