import type { Building } from './api-types.ts'
import { figure } from './figures.ts'
import { localDay } from './local-time.ts'

type Identification = NonNullable<Building['identification']>
type Estimate = NonNullable<Identification['heatLossKwPerK']>

/** Where the model that plans go by comes from. */
export function modelOrigin({ modelSource, identification }: Building): string {
  if (modelSource === 'configured') return 'configured'
  const { learnedAt } = identification ?? { learnedAt: null }
  if (modelSource === 'learned' && learnedAt !== null) return `learned, ${localDay(learnedAt)}`
  return identification ? 'assumed from its kind until it is learned' : 'assumed from its kind'
}

/** `2.41 (2.30 to 2.52)`, or that the data set no limit. */
export function estimateText({ value, low, high }: Estimate, digits: number): string {
  if (low === null || high === null) return `${figure(value, digits)}, to an unknown degree`
  return `${figure(value, digits)} (${figure(low, digits)} to ${figure(high, digits)})`
}

/** `loses 22 % more heat than a month ago and earlier`. */
export function driftText({ ratio }: NonNullable<Identification['drift']>): string {
  const change = figure(100 * Math.abs(ratio - 1))
  return `loses ${change} % ${ratio > 1 ? 'more' : 'less'} heat than a month ago and earlier`
}
