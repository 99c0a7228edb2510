import { fitShape, type ShapeFit } from './fit-shape.ts'
import { type GreyBox, type Shape, stateCount } from './grey-box.ts'
import { solve } from './profile-interval.ts'
import type { FitSeries } from './series.ts'
import type { IdentifyPrior } from './telemetry.ts'

/** Akaike's criterion: −2 ln L and two for each parameter, as far as the data and not the prior tell it. */
export function informationCriterion(fit: ShapeFit): number {
  return fit.likelihoodDeviance + 2 * effectiveParameters(fit)
}

function effectiveParameters({ list, curvature }: ShapeFit): number {
  let told = 0
  list.forEach(({ deviation }, j) => {
    const unit = new Float64Array(list.length)
    unit[j] = 1
    told += 1 - (2 * solve(curvature, unit)[j]) / (deviation * deviation)
  })
  return told
}

/** A richer model must be better by more than this, so that of equals the simpler wins. */
export const LEAST_GAIN = 1

/** Where a fit may begin, besides the prior: light and quick, or heavy and slow. */
const QUICK: Partial<GreyBox> = { emitterHours: 0.1, airNoiseK: 0.3, briefK: 0.3, sensorK: 0.03 }

/**
 * All candidates of one, two and three states, richer ones also from where simpler ones ended; the daily habit is
 * tried on the winner alone.
 */
export function fitCandidates(
  plain: FitSeries,
  prior: IdentifyPrior,
  previous: Partial<GreyBox> | undefined,
): readonly ShapeFit[] {
  const { hasSun } = plain
  const shape = (hasMass: boolean, hasEmitter: boolean): Shape => ({
    hasMass,
    hasEmitter,
    hasSun,
    hasHabit: false,
  })
  const warm = previous ? [previous] : []
  const best = (which: Shape, starts: readonly Partial<GreyBox>[]) => fitShape(plain, prior, which, starts)
  const air = best(shape(false, false), [{}])
  const airEmitter = best(shape(false, true), [air.box])
  const airMass = best(shape(true, false), [{}, QUICK, ...warm])
  const full = best(shape(true, true), [airMass.box, { ...airMass.box, emitterHours: 0.35 }, {}, ...warm])
  return [air, airEmitter, airMass, full]
}

/** The simplest candidate that no richer one beats by more than chance would. */
export function chooseFit(fits: readonly ShapeFit[]): ShapeFit {
  const bySize = fits.toSorted(
    (a, b) => stateCount(a.shape) - stateCount(b.shape) || a.list.length - b.list.length,
  )
  return bySize.reduce((best, next) =>
    informationCriterion(next) < informationCriterion(best) - LEAST_GAIN ? next : best,
  )
}
