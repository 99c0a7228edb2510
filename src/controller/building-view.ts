import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { BuildingPlan } from '../core/domain/plan.ts'
import type { BuildingSummary, BuildingView, PlanView, SteeredBy } from '../core/domain/views.ts'
import { curveHeatKw } from '../core/state/effect.ts'
import { flags } from '../core/state/saturation.ts'
import type { HeatOutlook } from './heat-forecasts.ts'
import { heatView } from './heat-view.ts'
import { identificationView, learningFlags } from './identification-view.ts'
import type { Member } from './member.ts'
import type { Rejections } from './rejections.ts'

export interface Shown {
  readonly simulated: boolean
  readonly rejected: Rejections
}

const LOST_MS = 4 * SLOT_MS

/** One line of the operator's table. */
export function buildingSummary(member: Member, shown: Shown, now: Instant): BuildingSummary {
  const { building, timeline, lease } = member
  const { belief } = timeline
  const lastSample = timeline.samples[timeline.samples.length - 1]
  const isHeard = member.lastSampleAt !== undefined
  return {
    id: building.id,
    name: building.name,
    kind: building.kind,
    simulated: shown.simulated,
    mode: member.mode,
    steeredBy: steeredBy(member, now),
    online: member.status?.state === 'online',
    lastSampleAt: member.lastSampleAt ?? null,
    heatKw: belief.heat.totalKw,
    curveHeatKw: isHeard ? curveTotalKw(member) : null,
    coldestC: belief.comfort.coldestC,
    meanC: belief.comfort.meanC,
    warmestC: belief.comfort.warmestC,
    supplyC: lastSample?.readings.supplyC ?? null,
    comfort: building.comfort,
    lease: lease && lease.validUntil > now ? lease : null,
    ack: member.ack ?? null,
    rejected: shown.rejected.count(building.id),
    flags: isHeard ? [...flags(belief), ...learningFlags(member)] : [],
  }
}

/** Space heat of the untouched curve plus the hot water of now. */
function curveTotalKw({ timeline }: Member): number | null {
  const { heat, outdoor } = timeline.belief
  if (heat.totalKw === null || outdoor.outdoorC === null) return null
  return (
    curveHeatKw(timeline.belief, outdoor.outdoorC) +
    Math.max(0, heat.totalKw - (heat.spaceKw ?? heat.totalKw))
  )
}

function steeredBy(member: Member, now: Instant): SteeredBy {
  const isLost = member.lastSampleAt === undefined || now - member.lastSampleAt > LOST_MS
  if (isLost) return 'lost'
  if (!member.lease || member.lease.validUntil <= now) return 'curve'
  return member.mode.kind === 'hold' ? 'hold' : 'lease'
}

export function buildingView(
  member: Member,
  shown: Shown & { readonly heat: HeatOutlook },
  now: Instant,
): BuildingView {
  const { belief } = member.timeline
  return {
    ...buildingSummary(member, shown, now),
    zones: belief.zones.map((zone) => ({ zone: zone.id, indoorC: zone.indoorC, state: zone.state })),
    overrides: member.overrides.filter((override) => override.untilAt > now),
    model: member.model,
    modelSource: modelSource(member),
    identification: identificationView(member),
    rejectedByCode: shown.rejected.byCode(member.building.id),
    plan: member.plan ? planView(member.plan) : null,
    heatForecast: heatView(shown.heat),
  }
}

function modelSource({ building, learned }: Member): BuildingView['modelSource'] {
  if (!building.model) return 'prior'
  return learned ? 'learned' : 'configured'
}

function planView(plan: BuildingPlan): PlanView {
  return {
    madeAt: plan.madeAt,
    start: plan.start,
    stepMs: SLOT_MS,
    heatKw: Array.from(plan.heatKw),
    curveHeatKw: Array.from(plan.curveHeatKw),
    indoorC: Array.from(plan.indoorC, (value) => (Number.isFinite(value) ? value : null)),
    eurPerKwh: Array.from(plan.eurPerKwh),
    outcome: plan.outcome,
    underKh: plan.underKh,
    overKh: plan.overKh,
  }
}
