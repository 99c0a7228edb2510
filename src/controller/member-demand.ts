import type { HeatBasis } from '../core/domain/heat-forecast.ts'
import { HOUR_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { BuildingPlan } from '../core/domain/plan.ts'
import type { HeatDemand } from '../core/forecast/heat-forecast.ts'
import { curveHeatKw } from '../core/state/effect.ts'
import { hotWaterKw } from '../core/state/hot-water.ts'
import { ventilationKw } from '../core/state/ventilation.ts'
import type { Member } from './member.ts'
import type { Outlook } from './outlook.ts'
import { type MemberOutlook, memberOutlook } from './plan-member.ts'

/** All heat that a building is expected to draw: space heat as planned or by its curve, the rest by its habits. */
export function memberDemand(
  member: Member,
  outlook: Outlook,
  now: Instant,
  plan: PlannedHeat | null = member.plan ?? null,
): HeatDemand {
  const { start } = outlook
  const space = spaceHeat(member, plan, outlook, now)
  const besideKw = besideSpaceHeat(member, outlook)
  const withAll = (spaceKw: Float64Array) => besideKw.map((kw, k) => kw + spaceKw[k]!)
  return {
    building: member.building.id,
    issuedAt: now,
    start,
    basis: space.basis,
    expectedKw: withAll(space.expectedKw),
    curveKw: withAll(space.curveKw),
  }
}

type PlannedHeat = Pick<BuildingPlan, 'start' | 'heatKw' | 'curveHeatKw'>

interface SpaceHeat {
  readonly basis: HeatBasis
  readonly expectedKw: Float64Array
  readonly curveKw: Float64Array
}

/** As this turn planned it; else as the curve takes it, with the offset that an operator holds it at. */
function spaceHeat(member: Member, plan: PlannedHeat | null, outlook: Outlook, now: Instant): SpaceHeat {
  const { mode } = member
  if (plan?.start === outlook.start && plan.heatKw.length === outlook.slots) {
    return { basis: 'as-planned', expectedKw: plan.heatKw, curveKw: plan.curveHeatKw }
  }
  if (mode.kind === 'hold') return heldHeat(memberOutlook(member, outlook, now), mode.supplyOffsetK)
  const curveKw = curveAhead(member, outlook)
  return { basis: 'on-curve', expectedKw: curveKw, curveKw }
}

function heldHeat({ curveHeatKw, kwPerKUp, kwPerKDown }: MemberOutlook, heldK: number): SpaceHeat {
  const perK = heldK > 0 ? kwPerKUp : kwPerKDown
  const expectedKw = curveHeatKw.map((kw, k) => Math.max(0, kw + heldK * perK[k]!))
  return { basis: 'on-curve', expectedKw, curveKw: curveHeatKw }
}

/** The weather as the building's own sensor usually shows it, which is what its curve goes by. */
function curveAhead({ timeline }: Member, { start, slots, timeZone, outdoorC }: Outlook): Float64Array {
  const { belief } = timeline
  const curveKw = new Float64Array(slots)
  for (let k = 0; k < slots; k++) {
    const when = { at: start + k * SLOT_MS, timeZone }
    curveKw[k] = curveHeatKw(belief, outdoorC[k]! + belief.outdoor.biasK, when)
  }
  return curveKw
}

/** Hot water and air handling by the habits of the week, which know hours: four slots share one. */
export function besideSpaceHeat(
  { timeline }: Pick<Member, 'timeline'>,
  outlook: Pick<Outlook, 'start' | 'slots' | 'timeZone' | 'outdoorC'>,
): Float64Array {
  const { start, slots, timeZone, outdoorC } = outlook
  const { belief } = timeline
  const ahead = new Float64Array(slots)
  for (let k = 0; k < slots; k++) {
    const at = start + k * SLOT_MS
    if (k > 0 && at % HOUR_MS !== 0) ahead[k] = ahead[k - 1]!
    else {
      const airKw = ventilationKw(belief, outdoorC[k]! + belief.outdoor.biasK, { at, timeZone })
      ahead[k] = hotWaterKw(belief, at, timeZone) + airKw
    }
  }
  return ahead
}
