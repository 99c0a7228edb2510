import type { Flexibility } from '../core/domain/flexibility.ts'
import type { Instant } from '../core/domain/instant.ts'
import { atConfidence } from '../core/plan/offers/at-confidence.ts'
import { flexibilityOffers } from '../core/plan/offers/flexibility-offers.ts'
import type { ControllerState } from './controller-state.ts'
import { flexibleMember } from './flexible-member.ts'
import type { Member } from './member.ts'

/** What the fleet, or a part of it, can give beside its plans. */
export interface FlexibilityDesk {
  /** As of the last turn; undefined before the first. Calculated when it is first asked for after a turn. */
  offers(now: Instant, confidence?: number): Flexibility | undefined
  /** Of the buildings that are named: a branch, say. Never kept. */
  offersOf(which: Iterable<Member>, now: Instant): Flexibility | undefined
}

export interface FlexibilityTerms {
  readonly isProtected: (member: Member, at: Instant) => boolean
}

/** The share of calls in which an offer is to be delivered, where nobody asks for another. */
const CONFIDENCE = 0.9
/** With more buildings only every fourth start is calculated. */
const MANY = 2000

export function createFlexibilityDesk(state: ControllerState, terms: FlexibilityTerms): FlexibilityDesk {
  let kept: { readonly turn: unknown; readonly offers: Flexibility } | undefined

  function offersOf(which: Iterable<Member>, now: Instant): Flexibility | undefined {
    const { outlook } = state
    if (!outlook) return undefined
    const members = [...which]
    const isFleet = members.length === state.members.length
    const { lostAfterMinutes } = state.setup.control
    return flexibilityOffers(
      members.map((member) => flexibleMember(member, outlook, { ...terms, lostAfterMinutes }, now)),
      {
        issuedAt: now,
        start: outlook.start,
        slots: outlook.slots,
        confidence: CONFIDENCE,
        heat: isFleet ? state.heat.of(null).forecast : undefined,
        everySlots: members.length > MANY ? 4 : 1,
      },
    )
  }

  return {
    offersOf,
    offers(now, confidence = CONFIDENCE) {
      if (!kept || kept.turn !== state.lastTurn) {
        const offers = offersOf(state.members, now)
        kept = offers && state.lastTurn ? { turn: state.lastTurn, offers } : undefined
      }
      return kept && atConfidence(kept.offers, confidence)
    },
  }
}
