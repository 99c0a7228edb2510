import type { BuildingId } from '../../domain/building-id.ts'
import { hashedUnit } from '../../domain/chance.ts'
import { type Instant, MINUTE_MS } from '../../domain/instant.ts'

/**
 * When a building returns to its plan after an order: each at an instant of its own within `releaseMinutes`, drawn from
 * the order's and the building's names, so that they never all step back at once and a restart draws the same.
 */
export function releaseAt(
  order: { readonly id: string; readonly until: Instant },
  building: BuildingId,
  releaseMinutes: number,
): Instant {
  const drawn = hashedUnit(textSeed(order.id), textSeed(building))
  return order.until + Math.floor(drawn * releaseMinutes * MINUTE_MS)
}

function textSeed(text: string): number {
  let seed = 0
  for (let k = 0; k < text.length; k++) seed = (Math.imul(seed, 31) + text.charCodeAt(k)) | 0
  return seed >>> 0
}
