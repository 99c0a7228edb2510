import { z } from 'zod'
import type { Instant } from '../../core/domain/instant.ts'
import type { AcceptedOrder, BaselineError, Order } from '../../core/domain/order.ts'
import type { OrderSettlement } from '../../core/domain/settlement.ts'
import {
  calibrated,
  calibrationFactor,
  type OfferCalibration,
  PRIOR_CALIBRATION,
} from '../../core/verify/offer-calibration.ts'
import type { Recorder } from '../ports.ts'
import { readLearned } from '../read-learned.ts'

/** What is aimed at for an order's sake, and how surely that was thought to be delivered. */
export interface Aim {
  readonly aimedKw: number
  /** Standard deviation of what is delivered, kW, as models have it: before anything was learned of them. */
  readonly sigmaKw: number
}

/** What is remembered of orders beside themselves, and what later offers learn from them. */
export interface OrderLessons {
  aim(order: string): Aim | undefined
  take(order: AcceptedOrder, aim: Aim | undefined, now: Instant): void
  /** Once it is over and metered: each order is learned from once. */
  learn(order: AcceptedOrder, settlement: OrderSettlement, now: Instant): void
  /** What offers multiply their deviation by. */
  calibration(): number
}

export interface LessonsSetup {
  readonly recorder: Pick<Recorder, 'keepLearned'>
  readonly kept: { readonly learned: ReadonlyMap<string, string>; readonly orders: readonly Order[] }
  readonly onError: (error: unknown, what: string) => void
}

const CALIBRATION = 'offer-calibration'
const calibrationSchema = z.object({ variance: z.number().min(0), settled: z.int().min(0) })
const figures = z.object({ slots: z.int(), biasKw: z.number(), errorKw: z.number() })
const noteSchema = z.object({
  aim: z.object({ aimedKw: z.number(), sigmaKw: z.number() }).nullable(),
  baselineError: figures.nullable(),
})
type OrderNote = z.output<typeof noteSchema>

const noteName = (order: string) => `order:${order}`

export function createOrderLessons({ recorder, kept, onError }: LessonsSetup): OrderLessons {
  let calibration: OfferCalibration =
    readLearned(kept.learned, CALIBRATION, calibrationSchema) ?? PRIOR_CALIBRATION
  const aims = new Map<string, Aim>()
  for (const { id } of kept.orders) {
    const aim = readLearned(kept.learned, noteName(id), noteSchema)?.aim
    if (aim) aims.set(id, aim)
  }

  function keep(name: string, at: Instant, value: OfferCalibration | OrderNote): void {
    recorder
      .keepLearned([{ name, at, json: JSON.stringify(value) }])
      .catch((error: unknown) => onError(error, 'lesson not kept'))
  }

  return {
    aim: (order) => aims.get(order),
    take({ id, baselineError = null }, aim = undefined, now) {
      if (aim) aims.set(id, aim)
      keep(noteName(id), now, { aim: aim ?? null, baselineError })
    },
    learn({ id, baselineError = null }, { deliveredKw, doubt }, now) {
      const aim = aims.get(id)
      if (!aim) return
      aims.delete(id)
      keep(noteName(id), now, { aim: null, baselineError })
      // Against a baseline that says little nothing is learned.
      if (deliveredKw === null || doubt !== 'none' || !(aim.sigmaKw > 0)) return
      calibration = calibrated(calibration, (deliveredKw - aim.aimedKw) / aim.sigmaKw)
      keep(CALIBRATION, now, calibration)
    },
    calibration: () => calibrationFactor(calibration),
  }
}

/** How far the baseline of a kept order may be off, as it was known when it was accepted. */
export function keptBaselineError(
  learned: ReadonlyMap<string, string>,
  order: string,
): BaselineError | undefined {
  return readLearned(learned, noteName(order), noteSchema)?.baselineError ?? undefined
}
