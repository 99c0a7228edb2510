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
