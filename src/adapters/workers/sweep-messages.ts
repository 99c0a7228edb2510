import type { MemberSweeps } from '../../core/math/fleet/price-sqp/member-sweeps.ts'

type Round = keyof MemberSweeps

/** What a round gives, whichever it was. */
export type SweepValue = Awaited<ReturnType<MemberSweeps[Round]>>

/** One round of `MemberSweeps`, as it is sent to the thread in which members live. */
export type SweepRequest = {
  [R in Round]: { readonly id: number; readonly sweep: R; readonly given: Parameters<MemberSweeps[R]> }
}[Round]

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

/** Members elsewhere; `ask` sends a round there and brings what it gave. */
export function remoteSweeps(
  ask: <V extends SweepValue>(request: Unnumbered<SweepRequest>) => Promise<V>,
): MemberSweeps {
  return {
    alone: (...given) => ask({ sweep: 'alone', given }),
    core: (...given) => ask({ sweep: 'core', given }),
    sweep: (...given) => ask({ sweep: 'sweep', given }),
    finish: (...given) => ask({ sweep: 'finish', given }),
  }
}

/** Plays a round that came by message. */
export function playSweep(sweeps: MemberSweeps, request: SweepRequest): Promise<SweepValue> {
  switch (request.sweep) {
    case 'alone':
      return sweeps.alone(...request.given)
    case 'core':
      return sweeps.core(...request.given)
    case 'sweep':
      return sweeps.sweep(...request.given)
    case 'finish':
      return sweeps.finish(...request.given)
    default:
      return request satisfies never
  }
}
