import type { Building } from '../domain/building.ts'
import { type Instant, SLOT_MS } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import type { Verdict } from '../thermal/identify/gate.ts'
import { type Identified, identifyBuilding } from '../thermal/identify/identify-building.ts'
import { priorByType } from '../thermal/identify/identify-prior.ts'
import { type Refit, refitBuilding } from '../thermal/identify/refit-building.ts'
import type { IdentifyTelemetry } from '../thermal/identify/telemetry.ts'
import { fitWindow, type HeatKnowledge } from './fit-window.ts'

/** The weather as it was, a value a slot from `start` on; `NaN` where nobody remembers. */
export interface PastWeather {
  readonly start: Instant
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
}

/** One building's work of a night: plain data, made to be sent to a thread. */
export interface NightFitJob {
  /** As it was described, without anything learned. */
  readonly building: Building
  readonly timeZone: string
  /** Of the rolling window, oldest first. */
  readonly samples: readonly Sample[]
  readonly weather: PastWeather
  readonly knowledge: HeatKnowledge
  readonly previous: Identified | undefined
}

/**
 * A fit in force that misses tomorrow by more than this is not steered by any longer, K. The first hard frost costs a
 * fit that has seen none about 1 K, and is no time to give up: rooms are measured, and what they show counts first.
 */
export const SHUT_AGAIN_K = 1.5

/** Fits a building to its window; what it is steered by is replaced only by what is better and understood too. */
export function nightFit(job: NightFitJob): Refit {
  const telemetry = telemetryOf(job)
  const prior = priorByType(job.building)
  const { previous } = job
  if (previous?.kind !== 'fitted' || !isUnderstood(previous)) return firstFit(telemetry, prior, previous)
  const refit = refitBuilding(telemetry, prior, previous)
  if (refit.isReplaced && isUnderstood(refit.identified)) return refit
  return {
    ...refit,
    isReplaced: false,
    identified: { ...previous, verdict: stillGood(refit, previous.verdict) },
  }
}

/** Nobody goes by a fit that never passed: the newest counts, begun where the last one ended. */
function firstFit(
  telemetry: IdentifyTelemetry,
  prior: ReturnType<typeof priorByType>,
  previous: Identified | undefined,
): Refit {
  const start = previous?.kind === 'fitted' ? { previous: previous.fit } : {}
  const identified = identifyBuilding(telemetry, prior, start)
  return { identified, candidate: identified, isReplaced: true, heldOut: null }
}

/** Whether the building may be steered by this. */
export function isUnderstood(identified: Identified | undefined): boolean {
  return identified?.kind === 'fitted' && identified.verdict.kind === 'steer'
}

function stillGood({ heldOut }: Refit, verdict: Verdict): Verdict {
  const errorK = heldOut?.previous.dayAheadRmseK ?? 0
  if (errorK <= SHUT_AGAIN_K) return verdict
  const text = `what was learned misses rooms 24 h ahead by ${errorK.toFixed(2)} K of late; ${SHUT_AGAIN_K} K at most are allowed`
  return { kind: 'leave-alone', reasons: [{ code: 'forecast-poor', text }] }
}

function telemetryOf({ building, timeZone, samples, weather, knowledge }: NightFitJob): IdentifyTelemetry {
  const slotOf = (at: Instant) => Math.floor((at - weather.start) / SLOT_MS)
  const weatherAt = (at: Instant) => ({
    outdoorC: weather.outdoorC[slotOf(at)] ?? Number.NaN,
    solarWm2: weather.solarWm2[slotOf(at)] ?? Number.NaN,
  })
  return fitWindow(building, samples, { timeZone, weatherAt }, knowledge)
}
