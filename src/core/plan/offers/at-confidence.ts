import type { Flexibility, FlexibilitySlice } from '../../domain/flexibility.ts'
import { normalQuantile } from '../../math/normal.ts'
import { keepOrder } from './keep-order.ts'

/** The same offers, promised more or less surely: the surer, the less. */
export function atConfidence(flexibility: Flexibility, confidence: number): Flexibility {
  if (confidence === flexibility.confidence) return flexibility
  const z = Math.max(0, normalQuantile(confidence))
  const slices = keepOrder(flexibility.slices.map((one) => promised(one, z)))
  return { ...flexibility, confidence, slices }
}

/** Copies of its own, for who holds longer may yet stand in for it. */
function promised(one: FlexibilitySlice, z: number): FlexibilitySlice {
  return {
    ...one,
    kw: one.meanKw.map((meanKw, k) => Math.max(0, meanKw - z * one.sigmaKw[k])),
    meanKw: one.meanKw.slice(),
    sigmaKw: one.sigmaKw.slice(),
    responseShare: one.responseShare.slice(),
    eurPerKwh: one.eurPerKwh.slice(),
    reboundKwhPerKwh: one.reboundKwhPerKwh.slice(),
    reboundKwPerKw: one.reboundKwPerKw.slice(),
  }
}
