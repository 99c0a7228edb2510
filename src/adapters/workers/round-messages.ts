import type { FleetMember } from '../../core/math/fleet/fleet-qp.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import type { MemberRounds } from '../../core/math/fleet/member-rounds.ts'
import type { SweepRequest, SweepValue } from './sweep-messages.ts'

type Round = keyof MemberRounds

/** What a round gives, whichever it was. */
export type RoundValue = Awaited<ReturnType<MemberRounds[Round]>>

/** One round of `MemberRounds`, as it is sent to the thread in which members live. */
export type RoundRequest = {
  [R in Round]: { readonly id: number; readonly round: R; readonly given: Parameters<MemberRounds[R]> }
}[Round]

/** The members that a thread is to keep from now on. */
export interface LoadRequest {
  readonly id: number
  readonly round: 'load'
  readonly members: readonly FleetMember[]
  readonly network: Network
  readonly earlier: readonly (Float64Array | undefined)[] | undefined
}

/** More members of a city that a thread is to keep; the first forget those before. */
export interface GatherRequest {
  readonly id: number
  readonly round: 'gather'
  readonly isFirst: boolean
  readonly members: readonly FleetMember[]
  readonly earlier: readonly (Float64Array | undefined)[] | undefined
}

/** From now on the gathered are swept. */
export interface SettleRequest {
  readonly id: number
  readonly round: 'settle'
  readonly network: Network
}

export type ShardRequest = RoundRequest | LoadRequest | GatherRequest | SettleRequest | SweepRequest

export interface ShardAnswer {
  readonly id: number
  readonly value: RoundValue | SweepValue | undefined
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

/** Members elsewhere; `ask` sends a round there and brings what it gave. */
export function remoteMembers(
  ask: <V extends RoundValue>(request: Unnumbered<RoundRequest>) => Promise<V>,
): MemberRounds {
  return {
    alone: (...given) => ask({ round: 'alone', given }),
    open: (...given) => ask({ round: 'open', given }),
    centre: (...given) => ask({ round: 'centre', given }),
    factor: (...given) => ask({ round: 'factor', given }),
    predict: (...given) => ask({ round: 'predict', given }),
    correct: (...given) => ask({ round: 'correct', given }),
    direct: (...given) => ask({ round: 'direct', given }),
    certify: (...given) => ask({ round: 'certify', given }),
    finish: (...given) => ask({ round: 'finish', given }),
  }
}

/** Plays a round that came by message. */
export function playRound(members: MemberRounds, request: RoundRequest): Promise<RoundValue> {
  switch (request.round) {
    case 'alone':
      return members.alone(...request.given)
    case 'open':
      return members.open(...request.given)
    case 'centre':
      return members.centre(...request.given)
    case 'factor':
      return members.factor(...request.given)
    case 'predict':
      return members.predict(...request.given)
    case 'correct':
      return members.correct(...request.given)
    case 'direct':
      return members.direct(...request.given)
    case 'certify':
      return members.certify(...request.given)
    case 'finish':
      return members.finish(...request.given)
    default:
      return request satisfies never
  }
}
