import type { BuildingQp } from '../../../../src/core/math/building-qp.ts'

const rows = (n: number, value: (k: number) => number) => Float64Array.from({ length: n }, (_, k) => value(k))
const peakKw = (qp: BuildingQp) => Math.max(...qp.uMax)

/** What a building's problem may turn into on a bad day, by name. */
export const extremes: Readonly<Record<string, (qp: BuildingQp) => BuildingQp>> = {
  'a plain day': (qp) => qp,
  'negative prices': (qp) => ({ ...qp, price: qp.price.map((v) => -v) }),
  'prices of both signs': (qp) => ({ ...qp, price: qp.price.map((v, k) => (k % 8 < 4 ? v : -v)) }),
  'flat prices': (qp) => ({ ...qp, price: rows(qp.n, () => 0.015) }),
  'zero prices': (qp) => ({ ...qp, price: rows(qp.n, () => 0) }),
  'a spike of 5 EUR/kWh': (qp) => ({
    ...qp,
    price: qp.price.map((v, k) => (k % 96 > 68 && k % 96 < 73 ? 1.25 : v)),
  }),
  'a spike of 400 EUR/kWh': (qp) => ({
    ...qp,
    price: qp.price.map((v, k) => (k % 96 > 68 && k % 96 < 73 ? 100 : v)),
  }),
  'prices a million times as high': (qp) => ({ ...qp, price: qp.price.map((v) => v * 1e6) }),
  'a room 10 K too cold': (qp) => ({ ...qp, x0: [qp.x0[0] - 10, qp.x0[1] - 10] }),
  'a room 10 K too hot': (qp) => ({ ...qp, x0: [qp.x0[0] + 10, qp.x0[1] + 10] }),
  'a cold that cannot be met': (qp) => ({
    ...qp,
    d1: qp.d1.map((v) => v - 0.4),
    d2: qp.d2.map((v) => v - 0.02),
  }),
  'a summer day': (qp) => ({ ...qp, d1: qp.d1.map((v) => v + 0.6), d2: qp.d2.map((v) => v + 0.03) }),
  'no heat in some steps': (qp) => ({ ...qp, uMax: qp.uMax.map((v, k) => (k % 24 < 6 ? 0 : v)) }),
  'no heat at all': (qp) => ({ ...qp, uMax: rows(qp.n, () => 0) }),
  'a limit that jumps': (qp) => ({ ...qp, uMax: qp.uMax.map((v, k) => v * (k % 32 < 16 ? 1 : 0.2)) }),
  'a plant a hundred times too large': (qp) => ({ ...qp, uMax: qp.uMax.map((v) => v * 100) }),
  'a plant ten times too small': (qp) => ({ ...qp, uMax: qp.uMax.map((v) => v * 0.1) }),
  'a very tight rate': (qp) => ({ ...qp, rateKw: 0.005 * peakKw(qp) }),
  'no rate': (qp) => ({ ...qp, rateKw: 0 }),
  'heat that starts above its limit': (qp) => ({ ...qp, u0: 3 * peakKw(qp), rateKw: 0.05 * peakKw(qp) }),
  'a band whose edges cross': (qp) => ({ ...qp, hi: qp.lo.map((v) => v - 1) }),
  'a band without width': (qp) => ({ ...qp, hi: qp.lo }),
  'a deep set-back': (qp) => ({ ...qp, lo: qp.lo.map((v, k) => (k % 96 < 48 ? v : v - 8)) }),
  'comfort a thousand times dearer': (qp) => ({
    ...qp,
    w1Lo: qp.w1Lo.map((v) => v * 1000),
    w1Hi: qp.w1Hi.map((v) => v * 1000),
  }),
  'comfort that hardly counts': (qp) => ({
    ...qp,
    ...{ w1Lo: qp.w1Lo.map((v) => v / 1000), w1Hi: qp.w1Hi.map((v) => v / 1000), w2Lo: 0, w2Hi: 0 },
  }),
  'no upper edge': (qp) => ({ ...qp, w1Hi: rows(qp.n, () => 0), w2Hi: 0 }),
  'hours without comfort': (qp) => ({ ...qp, w1Lo: qp.w1Lo.map((v, k) => (k % 20 < 5 ? 0 : v)), w2Lo: 0 }),
  'no comfort at all': (qp) => ({
    ...qp,
    ...{ w1Lo: rows(qp.n, () => 0), w1Hi: rows(qp.n, () => 0), w2Lo: 0, w2Hi: 0 },
  }),
  'changes ten thousand times dearer': (qp) => ({ ...qp, wr: qp.wr * 1e4 }),
  'heat left over worth ten times as much': (qp) => ({
    ...qp,
    terminal: { ...qp.terminal, p: [10 * qp.terminal.p[0], 10 * qp.terminal.p[1]] },
  }),
  'heat left over worth nothing': (qp) => ({ ...qp, terminal: { p: [0, 0], P: [0, 0, 0], r: [0, 0] } }),
  'heat that does not arrive': (qp) => ({ ...qp, b: [0, 0] }),
}
