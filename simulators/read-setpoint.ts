import { type DecodedLease, decodeLease } from '../src/core/devices/lease-payload.ts'
import { refuse } from '../src/core/devices/refusal.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import { DAY_MS } from '../src/core/domain/instant.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** No building hands itself over for longer, whatever the controller's clock says. */
export const LONGEST_LEASE_MS = 2 * DAY_MS

/** A setpoint as its bytes came; never throws. */
export function readSetpoint(building: BuildingId, payload: Uint8Array): DecodedLease {
  const text = textOf(payload)
  if (text === undefined) return refuse('not-utf8', 'payload: not UTF-8')
  const decoded = decodeLease(building, text)
  if (decoded.kind !== 'lease') return decoded
  const { validFrom, validUntil } = decoded.lease
  return validUntil - validFrom > LONGEST_LEASE_MS ? refuse('bad-time', 'validUntil: too far off') : decoded
}

function textOf(payload: Uint8Array): string | undefined {
  try {
    return utf8.decode(payload)
  } catch {
    return undefined // the decoder's only complaint
  }
}
