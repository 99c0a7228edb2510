import type { z } from '@hono/zod-openapi'
import type { CommitmentView, Flexibility, FlexibilitySlice } from '../../core/domain/flexibility.ts'
import { SLOT_MS } from '../../core/domain/instant.ts'
import type { flexibilityQuerySchema, flexibilitySchema } from './schemas/flexibility.ts'

type FlexibilityView = z.output<typeof flexibilitySchema>
type Query = z.output<typeof flexibilityQuerySchema>

/** What is asked of the offers, in figures no finer than anything here is known. */
export function flexibilityView(
  flexibility: Flexibility,
  commitments: readonly CommitmentView[],
  { direction, durationMinutes }: Query,
): FlexibilityView {
  const { issuedAt, start, confidence, buildings, withheld } = flexibility
  const slices = flexibility.slices.filter(
    (one) =>
      (direction === undefined || one.direction === direction) &&
      (durationMinutes === undefined || one.durationMinutes === durationMinutes),
  )
  return {
    issuedAt,
    start,
    stepMs: SLOT_MS,
    confidence,
    buildings,
    withheld: { ...withheld },
    slices: slices.map(sliceView),
    commitments,
  }
}

function sliceView(one: FlexibilitySlice): FlexibilityView['slices'][number] {
  const had = (values: Float64Array, digits: number) =>
    Array.from(values, (value, k) => (one.meanKw[k]! > 0 ? rounded(value, digits) : null))
  const kw = (values: Float64Array) => Array.from(values, (value) => rounded(value, 1))
  return {
    direction: one.direction,
    durationMinutes: one.durationMinutes,
    noticeMinutes: one.noticeMinutes,
    kw: kw(one.kw),
    meanKw: kw(one.meanKw),
    sigmaKw: kw(one.sigmaKw),
    eurPerKwh: had(one.eurPerKwh, 4),
    reboundKwhPerKwh: had(one.reboundKwhPerKwh, 3),
    reboundKwPerKw: had(one.reboundKwPerKw, 3),
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
