import type { FleetPlan } from './api-types.ts'

export type Together = NonNullable<FleetPlan['together']>
export type Place = Together['places'][number]

const DAY_MS = 86_400_000

/** When most heat passes in the day ahead, and how much; undefined where flows are not known. */
export function fullest(
  { flowKw }: Place,
  { start, stepMs }: Together,
  now: number,
): { readonly kw: number; readonly at: number } | undefined {
  const day = flowKw?.slice(now, now + DAY_MS / stepMs) ?? []
  if (day.length === 0) return undefined
  const kw = Math.max(...day)
  return { kw, at: start + (now + day.indexOf(kw)) * stepMs }
}

// As in health: a plan's own rounding is no broken cap.
const BROKEN_RATIO = 1e-3

/** Places through which more is planned than their caps bear; undefined where all caps are kept. */
export function brokenCapWords({ places }: Pick<Together, 'places'>): string | undefined {
  const broken = places.filter(({ violation }) => violation > BROKEN_RATIO)
  if (broken.length === 0) return undefined
  const named = broken.map(
    ({ branch, violation }) => `${branch ?? 'the plant'} by up to ${(100 * violation).toFixed(1)} %`,
  )
  return `Caps that cannot be kept: ${named.join(', ')}.`
}
