import type { EstimateView, IdentificationView } from '../core/domain/views.ts'
import type { Estimates } from '../core/thermal/identify/estimates.ts'
import type { Member } from './member.ts'
import { gateTexts, isLearner } from './member-learning.ts'

/** What the nights have taught of a building, for its operator. */
export function identificationView(member: Member): IdentificationView | null {
  if (!isLearner(member)) return null
  const { learned } = member
  const identified = learned?.identified
  const fit = identified?.kind === 'fitted' ? identified.fit : undefined
  const reasons = gateTexts(member)
  return {
    gate: reasons.length === 0 ? 'open' : 'shut',
    reasons,
    learnedAt: learned?.learnedAt ?? null,
    checkedAt: learned?.checkedAt ?? null,
    days: identified && identified.kind !== 'bad-input' ? identified.days : null,
    heatLossKwPerK: estimate(fit?.estimates.heatLossKwPerK),
    response2hKPerKw: estimate(fit?.estimates.response2hKPerKw),
    timeConstantHours: estimate(fit?.estimates.slowHours),
    dayAheadRmseK: fit?.heldOut.dayAheadRmseK ?? null,
    persistenceRmseK: fit?.heldOut.persistenceRmseK ?? null,
    drift: learned?.drift ?? null,
  }
}

function estimate(found: Estimates[keyof Estimates] | undefined): EstimateView | null {
  if (!found || !Number.isFinite(found.value)) return null
  const { value, low, high, isOpen } = found
  return isOpen ? { value, low: null, high: null } : { value, low, high }
}

/** For the operator's table: that it is not steered yet, and that it is not what it was. */
export function learningFlags(member: Member): readonly string[] {
  if (!isLearner(member)) return []
  const isShut = gateTexts(member).length > 0
  return [...(isShut ? ['not-learned'] : []), ...(member.learned?.drift ? ['changed-slowly'] : [])]
}
