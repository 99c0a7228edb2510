import type { Lease } from './api-types.ts'
import { figure, signedFigure } from './figures.ts'

export type LeaseNow =
  | { readonly kind: 'none' | 'lapsed' }
  | {
      readonly kind: 'running'
      readonly asks: string
      readonly offsetK: number | null
      readonly until: number
      /** What follows within the lease, where another step does. */
      readonly next: { readonly from: number; readonly asks: string } | null
    }

/** What a lease asks for at `at`. */
export function leaseNow(lease: Lease | null, at: number): LeaseNow {
  if (!lease) return { kind: 'none' }
  if (at >= lease.validUntil) return { kind: 'lapsed' }
  const index = Math.max(
    0,
    lease.steps.findLastIndex(({ from }) => from <= at),
  )
  const step = lease.steps[index]
  const next = lease.steps[index + 1]
  return {
    kind: 'running',
    asks: step ? stepText(step) : 'own curve',
    offsetK: step?.supplyOffsetK ?? null,
    until: lease.validUntil,
    next: next ? { from: next.from, asks: stepText(next) } : null,
  }
}

type Step = Lease['steps'][number]

/** The offset, or the other actuators in their units; `own curve` where a step asks for nothing. */
export function stepText({ supplyOffsetK, roomSetpointC, supplyC, heatLimitKw }: Step): string {
  const asked = [
    known(supplyOffsetK) && `${signedFigure(supplyOffsetK, 1)} K`,
    known(roomSetpointC) && `room ${figure(roomSetpointC, 1)} °C`,
    known(supplyC) && `supply ${figure(supplyC, 1)} °C`,
    known(heatLimitKw) && `≤ ${figure(heatLimitKw)} kW`,
  ].filter((text) => text !== false)
  return asked.join(', ') || 'own curve'
}

function known(value: number | null | undefined): value is number {
  return value !== null && value !== undefined
}
