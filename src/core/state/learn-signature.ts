import type { Building } from '../domain/building.ts'
import { learnWeekHour, WEEK_HOURS } from '../thermal/week-profile.ts'
import type { SignatureBelief } from './belief.ts'
import { dot, type HeatHour, TERMS, terms } from './signature.ts'

/** One hour more. */
export function learnSignature(
  signature: SignatureBelief,
  building: Building,
  hour: HeatHour,
): SignatureBelief {
  const h = terms(signature, building, hour)
  const covariance = forget(signature)
  const ph = new Float64Array(TERMS)
  for (let i = 0; i < TERMS; i++) for (let j = 0; j < TERMS; j++) ph[i] += covariance[i * TERMS + j] * h[j]
  const variance = dot(h, ph) + hour.noiseKw * hour.noiseKw
  const residual = hour.spaceKw - signature.weekKw[hour.weekHour] - dot(h, signature.mean)
  const limit = 3 * Math.sqrt(variance)
  const step = Math.max(-limit, Math.min(limit, residual)) / variance
  const mean = signature.mean.map((value, i) => value + ph[i] * step)
  for (let i = 0; i < TERMS; i++) {
    for (let j = 0; j < TERMS; j++) covariance[i * TERMS + j] -= (ph[i] * ph[j]) / variance
  }
  return {
    ...signature,
    mean,
    covariance,
    weekKw: learnWeek(signature, building, hour.weekHour, residual),
    roomC: usualRoom(signature, hour),
    hours: signature.hours + 1,
    residualKw: Math.sqrt(0.98 * signature.residualKw * signature.residualKw + 0.02 * residual * residual),
  }
}

// Where air is changed by schedule the hour of the week says much, elsewhere little but noise.
const WEEK_RATE = { scheduled: 0.2, other: 0.04 } as const

function learnWeek(
  signature: SignatureBelief,
  building: Building,
  hour: number,
  residual: number,
): Float64Array {
  const rate = building.kind === 'school' ? WEEK_RATE.scheduled : WEEK_RATE.other
  const weekKw = learnWeekHour(signature.weekKw, hour, rate * residual)
  let sum = 0
  for (let i = 0; i < WEEK_HOURS; i++) sum += weekKw[i]
  for (let i = 0; i < WEEK_HOURS; i++) weekKw[i] -= sum / WEEK_HOURS
  return weekKw
}

const WALK_PER_HOUR = 0.0004

function forget(signature: SignatureBelief): Float64Array {
  const p = signature.covariance.slice()
  for (let i = 0; i < TERMS; i++) {
    const room = signature.priorVariance[i] - p[i * TERMS + i]
    p[i * TERMS + i] += Math.max(0, Math.min(room, WALK_PER_HOUR * signature.priorVariance[i]))
  }
  return p
}

// Only an untouched curve shows what rooms are usual with it.
function usualRoom(signature: SignatureBelief, hour: HeatHour): number | null {
  if (hour.roomC === null) return signature.roomC
  if (signature.roomC === null) return hour.roomC
  if (Math.abs(hour.offsetK) > 0.5) return signature.roomC
  return signature.roomC + (hour.roomC - signature.roomC) / Math.min(72, signature.hours + 1)
}
