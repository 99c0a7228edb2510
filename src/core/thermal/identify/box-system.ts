import type { MeasuredSystem, Samples } from '../../math/innovations.ts'
import { type GreyBox, massConductances, type Shape } from './grey-box.ts'

/** Columns of the inputs: all kW, °C, kW/m², or plain. */
export const HEAT = 0
export const OUTDOOR = 1
export const SUN = 2
export const ONE = 3
export const METERED_GAINS = 4
export const HABIT = 5
export const PLAIN_INPUTS = 5
export const HABIT_INPUTS = 9

const AIR = 0
/** How far the mass may be from where it would settle, where a run begins, K. */
const MASS_START_K = 1.5

/** The states of a shape: air, brief heat, then mass and emitter where it has them. */
export function boxSystem(box: GreyBox, shape: Shape): MeasuredSystem {
  const layout = layoutOf(shape)
  const { n, m, mass, emitter, brief } = layout
  const a = new Float64Array(n * n)
  const b = new Float64Array(n * m)
  const q = new Float64Array(n * n)
  const loss = box.lossKwPerK
  const air = box.airKwhPerK
  const toAir = shape.hasMass ? box.heatToAirRatio : 1
  const sunToAir = shape.hasMass ? 0.5 : 1
  const airLoss = shape.hasMass ? box.airLossRatio * loss : loss

  a[AIR * n + AIR] = -airLoss / air
  b[AIR * m + OUTDOOR] = airLoss / air
  addHeat(a, b, layout, { row: AIR, share: toAir, capacity: air })
  b[AIR * m + SUN] = (sunToAir * box.apertureM2) / air
  b[AIR * m + ONE] = (box.gainsK * loss) / air
  b[AIR * m + METERED_GAINS] = 1 / air
  if (shape.hasHabit) {
    const habit = [box.cosDayK, box.sinDayK, box.cosHalfDayK, box.sinHalfDayK]
    habit.forEach((kelvin, i) => {
      b[AIR * m + HABIT + i] = (kelvin * loss) / air
    })
  }
  a[AIR * n + brief] = loss / air
  a[brief * n + brief] = -1 / box.briefHours
  q[AIR * n + AIR] = box.airNoiseK * box.airNoiseK
  q[brief * n + brief] = (2 * box.briefK * box.briefK) / box.briefHours
  if (shape.hasMass) addMass(box, layout, { a, b, q })
  if (shape.hasEmitter) {
    a[emitter * n + emitter] = -1 / box.emitterHours
    b[emitter * m + HEAT] = 1 / box.emitterHours
  }

  const startVariance = new Float64Array(n)
  startVariance[brief] = box.briefK * box.briefK
  if (shape.hasMass) startVariance[mass] = MASS_START_K * MASS_START_K
  const sensorVariance = box.sensorK * box.sensorK
  return { n, m, a, b, q, sensorVariance, startVariance, start: starter(box, shape, layout) }
}

type Layout = ReturnType<typeof layoutOf>

function layoutOf({ hasMass, hasEmitter, hasHabit }: Shape) {
  const brief = 1
  const mass = hasMass ? 2 : -1
  const emitter = hasEmitter ? (hasMass ? 3 : 2) : -1
  const n = 2 + (hasMass ? 1 : 0) + (hasEmitter ? 1 : 0)
  return { n, m: hasHabit ? HABIT_INPUTS : PLAIN_INPUTS, brief, mass, emitter }
}

/** The emitters' heat into one mass: metered heat itself where nothing delays it. */
function addHeat(
  a: Float64Array,
  b: Float64Array,
  { n, m, emitter }: Layout,
  to: { readonly row: number; readonly share: number; readonly capacity: number },
): void {
  if (emitter < 0) b[to.row * m + HEAT] = to.share / to.capacity
  else a[to.row * n + emitter] = to.share / to.capacity
}

function addMass(
  box: GreyBox,
  layout: Layout,
  { a, b, q }: { readonly a: Float64Array; readonly b: Float64Array; readonly q: Float64Array },
): void {
  const { n, m, mass } = layout
  const { coupling, massLoss } = massConductances(box)
  a[AIR * n + AIR] -= coupling / box.airKwhPerK
  a[AIR * n + mass] = coupling / box.airKwhPerK
  a[mass * n + AIR] = coupling / box.massKwhPerK
  a[mass * n + mass] = -(coupling + massLoss) / box.massKwhPerK
  b[mass * m + OUTDOOR] = massLoss / box.massKwhPerK
  addHeat(a, b, layout, { row: mass, share: 1 - box.heatToAirRatio, capacity: box.massKwhPerK })
  b[mass * m + SUN] = (0.5 * box.apertureM2) / box.massKwhPerK
  q[mass * n + mass] = box.massNoiseK * box.massNoiseK
}

/** The air as measured, the mass settled between air and outside, the emitter as warm as its heat. */
function starter(box: GreyBox, shape: Shape, { n, m, brief, mass, emitter }: Layout) {
  const { coupling, massLoss } = shape.hasMass ? massConductances(box) : { coupling: 1, massLoss: 0 }
  return (measured: number, samples: Samples, at: number, x: Float64Array): void => {
    const heatKw = samples.inputs[at * m + HEAT]
    const outdoorC = samples.inputs[at * m + OUTDOOR]
    for (let i = 0; i < n; i++) x[i] = 0
    x[AIR] = measured
    x[brief] = 0
    if (mass >= 0) {
      const toMassKw = (1 - box.heatToAirRatio) * heatKw
      x[mass] = (coupling * measured + massLoss * outdoorC + toMassKw) / (coupling + massLoss)
    }
    if (emitter >= 0) x[emitter] = heatKw
  }
}
