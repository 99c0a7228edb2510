import type { BuildingQp, PeakFee } from '../../../../src/core/math/building-qp.ts'
import { exactZoh } from '../../../../src/core/math/exact-zoh.ts'

const STEP_HOURS = 0.25
const MEAN_EUR_PER_KWH = 0.06

/** The same numbers in [0, 1) for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface RandomBuilding {
  readonly seed: number
  readonly n?: number
  /** `lp` has no quadratic terms. */
  readonly form?: 'qp' | 'lp'
  /** Largest change of heat, a share of the largest heat. */
  readonly rateShare?: number
  /** How late the emitters are; absent, they are quick. */
  readonly emitterHours?: number
  /** EUR for each kW of the peak, a share of a day's heat bill for it. */
  readonly feeShare?: number
}

/** A plausible building of 1-10 thousand m² in some winter week: 2R2C, hourly prices with two peaks, night set-back. */
export function randomBuilding({
  seed,
  n = 192,
  form = 'qp',
  rateShare,
  emitterHours,
  feeShare,
}: RandomBuilding): BuildingQp {
  const random = seeded(seed)
  const between = (from: number, to: number) => from + (to - from) * random()
  const areaM2 = 1000 * Math.exp(Math.log(10) * random())
  const lossKwPerK = (areaM2 * between(0.5, 1.5)) / 1000
  const capacity = between(50, 300) * lossKwPerK
  const air = between(0.08, 0.18) * capacity
  const mass = capacity - air
  const coupling = air / between(1, 3)
  const airLoss = between(0.35, 0.65) * lossKwPerK
  const massLoss = lossKwPerK - airLoss
  const masses = { air, mass, coupling, airLoss, massLoss }
  const { a, b, emitter } = emitterHours ? laggedSteps(masses, emitterHours) : steps(masses)

  const rows = () => new Float64Array(n)
  const [d1, d2, lo, hi, price] = [rows(), rows(), rows(), rows(), rows()]
  const baseC = between(-14, 0)
  const setC = between(20, 21)
  const setBackK = between(0, 0.5)
  let noiseK = 0
  let hourly = 0
  for (let k = 0; k < n; k++) {
    const hour = (k * STEP_HOURS) % 24
    noiseK = 0.98 * noiseK + between(-0.4, 0.4)
    const outdoorC = baseC + 3.5 * Math.sin(((hour - 9) / 12) * Math.PI) + noiseK
    const sunKw = hour > 8 && hour < 16 ? areaM2 * 0.002 * Math.sin(((hour - 8) / 8) * Math.PI) : 0
    const gainsKw = areaM2 * 0.003 * (hour > 6 && hour < 23 ? 1.3 : 0.6)
    d1[k] = b[1] * outdoorC + b[2] * (gainsKw + sunKw / 2) + b[3] * (sunKw / 2)
    d2[k] = b[5] * outdoorC + b[6] * (gainsKw + sunKw / 2) + b[7] * (sunKw / 2)
    lo[k] = setC - (hour < 5.5 ? setBackK : 0)
    hi[k] = setC + 2
    if (k % 4 === 0) hourly = (0.045 + peak(hour, 8, 0.035) + peak(hour, 18, 0.05)) * between(0.8, 1.2)
    price[k] = hourly * STEP_HOURS
  }

  const quadratic = form === 'qp' ? 1 : 0
  const uMaxKw = lossKwPerK * between(48, 65)
  const ti = setC + between(0.2, 1.4)
  const weight = (3 * areaM2 * STEP_HOURS) / 1000
  const weights = () => rows().map(() => weight * between(0.5, 1.5))
  const eurPerK = -0.85 * MEAN_EUR_PER_KWH
  const concavity = (quadratic * MEAN_EUR_PER_KWH * between(0.05, 0.3)) / capacity
  return {
    n,
    a: [a[0], a[1], a[2], a[3]],
    b: [b[0], b[4]],
    ...(emitter && { emitter: { ...emitter, q0: uMaxKw * 0.3, endEurPerKw: eurPerK * (emitterHours ?? 0) } }),
    ...(feeShare && { peak: feeOf(feeShare, uMaxKw, n) }),
    ...{ d1, d2, lo, hi, price },
    x0: [ti, ti - between(0.5, 3)],
    u0: uMaxKw * between(0.1, 0.6),
    uMax: rows().fill(uMaxKw),
    rateKw: rateShare === undefined ? Number.POSITIVE_INFINITY : rateShare * uMaxKw,
    wr: (quadratic * STEP_HOURS * MEAN_EUR_PER_KWH) / uMaxKw,
    w1Lo: weights(),
    w1Hi: weights(),
    w2Lo: quadratic * 2 * weight,
    w2Hi: quadratic * weight,
    terminal: {
      p: [eurPerK * air, eurPerK * mass],
      P: [concavity * air * air, concavity * air * mass, concavity * mass * mass],
      r: [setC, setC - 1],
    },
  }
}

/** A fee beside hot water that is taken in the morning and in the evening. */
function feeOf(share: number, uMaxKw: number, n: number): PeakFee {
  const hotWater = (k: number) => ((k * STEP_HOURS) % 12 > 6 && (k * STEP_HOURS) % 12 < 9 ? 0.15 * uMaxKw : 0)
  return {
    eurPerKw: share * 24 * MEAN_EUR_PER_KWH,
    soFarKw: 0.3 * uMaxKw,
    fixedKw: Float64Array.from({ length: n }, (_, k) => hotWater(k)),
  }
}

interface Masses {
  readonly air: number
  readonly mass: number
  readonly coupling: number
  readonly airLoss: number
  readonly massLoss: number
}

/** A step of the two masses; inputs: heat, outdoor temperature, gains into the air, gains into the mass. */
export function steps({ air, mass, coupling, airLoss, massLoss }: Masses) {
  const { a, b } = exactZoh(
    [-(coupling + airLoss) / air, coupling / air, coupling / mass, -(coupling + massLoss) / mass],
    [1 / air, airLoss / air, 1 / air, 0, 0, massLoss / mass, 0, 1 / mass],
    2,
    STEP_HOURS,
  )
  return { a, b, emitter: undefined }
}

/** The same with the emitters' heat as a third state between the input and the air. */
export function laggedSteps({ air, mass, coupling, airLoss, massLoss }: Masses, emitterHours: number) {
  const { a, b } = exactZoh(
    [
      ...[-(coupling + airLoss) / air, coupling / air, 1 / air],
      ...[coupling / mass, -(coupling + massLoss) / mass, 0],
      ...[0, 0, -1 / emitterHours],
    ],
    [0, airLoss / air, 1 / air, 0, 0, massLoss / mass, 0, 1 / mass, 1 / emitterHours, 0, 0, 0],
    3,
    STEP_HOURS,
  )
  const emitter = { toTi: a[2], toTm: a[5], keep: a[8], take: b[8] }
  return { a: [a[0], a[1], a[3], a[4]], b: b.slice(0, 8), emitter }
}

function peak(hour: number, at: number, height: number): number {
  const away = Math.floor(hour) - at
  return height * Math.exp((-away * away) / 5)
}
