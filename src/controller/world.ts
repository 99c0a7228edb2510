import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { World } from '../core/state/world.ts'
import { offsetHeldAt } from './held-offsets.ts'
import { issuedC } from './issued-forecasts.ts'
import type { Member } from './member.ts'
import type { Outlook } from './outlook.ts'

/** What a fold asks of the world besides the sample: the weather then, and the offset then. */
export function worldOf(member: Member, outlook: Outlook | undefined, timeZone: string): World {
  return {
    timeZone,
    weatherAt: (at) => weatherAt(outlook, at),
    issuedC: (at, leadHours) => (outlook ? issuedC(outlook.issued, at, leadHours) : Number.NaN),
    offsetAt: (at) => (member.ack?.state === 'rejected' ? 0 : offsetHeldAt(member.held, at)),
  }
}

const UNKNOWN = { outdoorC: Number.NaN, solarWm2: Number.NaN }

/** Of the slot that holds `at`, or of the nearest one that is known. */
function weatherAt(outlook: Outlook | undefined, at: Instant): { outdoorC: number; solarWm2: number } {
  if (!outlook) return UNKNOWN
  const { start, outdoorC, solarWm2 } = outlook.weather
  const k = Math.max(0, Math.min(outdoorC.length - 1, Math.floor((at - start) / SLOT_MS)))
  return { outdoorC: outdoorC[k]!, solarWm2: solarWm2[k]! }
}
