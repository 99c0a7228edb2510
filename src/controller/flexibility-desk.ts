import type { Flexibility, Offer } from '../core/domain/flexibility.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { OrderRequest } from '../core/domain/order.ts'
import { atConfidence } from '../core/plan/offers/at-confidence.ts'
import { flexibilityOffers } from '../core/plan/offers/flexibility-offers.ts'
import { offerFor } from '../core/plan/offers/offer-for.ts'
import type { ControllerState } from './controller-state.ts'
import { flexibleMember } from './flexible-member.ts'
import type { Member } from './member.ts'
import { networkPlaces } from './orders/network-places.ts'

/** What the fleet, or a part of it, can give beside its plans. */
export interface FlexibilityDesk {
  /** As of the last turn; undefined before the first. Calculated when it is first asked for after a turn. */
  offers(now: Instant, confidence?: number): Flexibility | undefined
  /** What is offered for an order's window by the buildings that it would ask; undefined outside of all offers. */
  offerFor(order: Asked, now: Instant): Offer | undefined
}

type Asked = Pick<OrderRequest, 'kind' | 'from' | 'until' | 'branch'>

export interface FlexibilityTerms {
  /** What deviations are multiplied by, from what was delivered so far. */
  readonly calibration: () => number
  readonly isProtected: (member: Member, at: Instant) => boolean
}

/** The share of calls in which an offer is to be delivered, where nobody asks for another. */
const CONFIDENCE = 0.9
/** Of more buildings than these so many are asked, evenly spread, and only of every fourth start. */
const ASKED = 1000

export function createFlexibilityDesk(state: ControllerState, terms: FlexibilityTerms): FlexibilityDesk {
  const places = networkPlaces(state.setup.production?.network.branches ?? [])
  let kept: { readonly turn: unknown; readonly offers: Flexibility } | undefined

  function offersOf(members: readonly Member[], now: Instant): Flexibility | undefined {
    const { outlook } = state
    if (!outlook) return undefined
    const { lostAfterMinutes } = state.setup.control
    const every = Math.max(1, Math.ceil(members.length / ASKED))
    const asked = members.filter((_, i) => i % every === 0)
    return flexibilityOffers(
      asked.map((member) => flexibleMember(member, outlook, { ...terms, lostAfterMinutes }, now)),
      {
        issuedAt: now,
        start: outlook.start,
        slots: outlook.slots,
        confidence: CONFIDENCE,
        calibration: terms.calibration(),
        fleetSize: members.length,
        everySlots: every > 1 ? 4 : 1,
      },
    )
  }

  function offers(now: Instant, confidence = CONFIDENCE): Flexibility | undefined {
    if (!kept || kept.turn !== state.lastTurn) {
      const made = offersOf(state.members, now)
      kept = made && state.lastTurn ? { turn: state.lastTurn, offers: made } : undefined
    }
    return kept && atConfidence(kept.offers, confidence)
  }

  return {
    offers,
    offerFor({ kind, from, until, branch }, now) {
      const direction = kind === 'increase' ? 'up' : 'down'
      const isHere = ({ building }: Member) => places.isUnder(building.branch, branch)
      const made = branch === undefined ? offers(now) : offersOf(state.members.filter(isHere), now)
      return made && offerFor(made, direction, { from, to: until })
    },
  }
}
