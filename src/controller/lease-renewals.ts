import { isDeepCut, nextSeq, RENEWAL_MS, renewedLease, valueEnd } from '../core/dispatch/lease.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'
import { sayLease } from './say-lease.ts'

/** Says deep cuts anew between the turns: a building that hears nothing more has its heat back in minutes. */
export interface LeaseRenewals {
  /** Leases were given: they are to be renewed in time. */
  arm(): void
  stop(): void
}

export interface LeaseRenewalsSetup {
  readonly state: ControllerState
  /** Work that waits for its place among the turns. */
  readonly enqueue: (work: () => Promise<void>) => unknown
  readonly onRenewed: (which: readonly Member[]) => void
}

export function createLeaseRenewals({ state, enqueue, onRenewed }: LeaseRenewalsSetup): LeaseRenewals {
  const { clock } = state.setup
  let cancel: (() => void) | undefined
  let isStopped = false

  function arm(): void {
    cancel?.()
    // A turn that was under way at the end comes here after it.
    if (isStopped) return
    const now = clock.now()
    // One that could not be said is not tried again: the next turn says what holds then.
    const due = state.members.flatMap((member) => renewalAt(member, now) ?? []).filter((at) => at > now)
    cancel = due.length > 0 ? clock.at(Math.min(...due), run) : undefined
  }

  function run(): void {
    cancel = undefined
    enqueue(async () => {
      try {
        onRenewed(await renew(state, clock.now()))
      } finally {
        arm()
      }
    })
  }

  return {
    arm,
    stop() {
      isStopped = true
      cancel?.()
    },
  }
}

/** When the building’s lease is to be said anew; undefined where it holds by itself, or is over. */
function renewalAt({ lease, mode }: Member, now: Instant): Instant | undefined {
  if (!lease || mode.kind !== 'auto' || !isDeepCut(lease) || valueEnd(lease) <= now) return undefined
  const at = lease.issuedAt + RENEWAL_MS
  return at < lease.validUntil ? at : undefined
}

async function renew(
  { members, setup, link, trouble }: ControllerState,
  now: Instant,
): Promise<readonly Member[]> {
  const due = members.filter((member) => (renewalAt(member, now) ?? Number.POSITIVE_INFINITY) <= now)
  const renewed = due.flatMap((member) => {
    const seq = nextSeq(member.lastSeq, now)
    return member.lease ? [{ member, lease: renewedLease(member.lease, seq, now) }] : []
  })
  await setup.recorder.keepLeases(renewed.map(({ lease }) => lease))
  const said = renewed.map(async ({ member, lease }) => {
    member.lastSeq = lease.seq
    if (!link) return
    await sayLease(link, member, lease, now)
    member.lease = lease
  })
  const unsent = (await Promise.allSettled(said)).flatMap((one) => (one.status === 'rejected' ? [one] : []))
  if (unsent[0]) trouble.note(unsent[0].reason, 'setpoint not sent', { buildings: unsent.length })
  return due
}
