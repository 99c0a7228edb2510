import type { Flexibility } from '../core/domain/flexibility.ts'
import type { Instant } from '../core/domain/instant.ts'
import { flexibilityOffers } from '../core/plan/offers/flexibility-offers.ts'
import type { ControllerState } from './controller-state.ts'
import { flexibleMember } from './flexible-member.ts'
import type { Member } from './member.ts'

/** What the fleet, or a part of it, can give beside its plans. */
export interface FlexibilityDesk {
  /** As of the last turn; undefined before the first. Calculated when it is first asked for after a turn. */
  offers(now: Instant): Flexibility | undefined
  /** Of the buildings that are named: a branch, say. Never kept. */
  offersOf(which: Iterable<Member>, now: Instant): Flexibility | undefined
}

export interface FlexibilityTerms {
  /** The share of calls in which the offer is to be delivered. */
  readonly confidence: number
  readonly isProtected: (member: Member, at: Instant) => boolean
  /** Deviations of past deliveries over those expected. */
  readonly calibration: () => number
}

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
        confidence: terms.confidence,
        heat: isFleet ? state.heat.of(null).forecast : undefined,
        calibration: terms.calibration(),
        everySlots: members.length > MANY ? 4 : 1,
      },
    )
  }

  return {
    offersOf,
    offers(now) {
      if (kept && kept.turn === state.lastTurn) return kept.offers
      const offers = offersOf(state.members, now)
      kept = offers && state.lastTurn ? { turn: state.lastTurn, offers } : undefined
      return offers
    },
  }
}
