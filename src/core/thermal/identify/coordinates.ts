import { heatLossKwPerK } from '../time-constant.ts'
import type { GreyBox, Shape } from './grey-box.ts'
import type { IdentifyPrior } from './telemetry.ts'

/** One parameter of a fit: its prior is Gaussian in `log`, `logit` or plain units. */
export interface Coordinate {
  readonly name: keyof GreyBox
  readonly scale: 'log' | 'logit' | 'plain'
  /** In the parameter's own unit. */
  readonly centre: number
  /** In the unit of the scale. */
  readonly deviation: number
  readonly min: number
  readonly max: number
}

/** The parameters that a shape has, with their priors and physical bounds. */
export function coordinates(prior: IdentifyPrior, shape: Shape): readonly Coordinate[] {
  const { model, deviation } = prior
  const loss = heatLossKwPerK(model)
  const { hasMass, hasEmitter, hasSun, hasHabit } = shape
  const wide = (name: keyof GreyBox, centre: number, times: number): Coordinate => ({
    name,
    scale: 'log',
    centre,
    deviation: times * deviation,
    min: centre * Math.exp(-4.5 * times * deviation),
    max: centre * Math.exp(4.5 * times * deviation),
  })
  const gainsK = model.gainsKw / loss
  return [
    wide('lossKwPerK', loss, 1),
    hasMass
      ? wide('airKwhPerK', model.airKwhPerK, 1.3)
      : wide('airKwhPerK', 0.5 * (model.airKwhPerK + model.massKwhPerK), 1.5),
    ...(hasMass ? massCoordinates(wide, prior, loss) : []),
    ...(hasEmitter ? [positive('emitterHours', 0.35, 0.8, [0.03, 6])] : []),
    ...(hasSun ? [wide('apertureM2', model.apertureM2, 1.2)] : []),
    {
      name: 'gainsK',
      scale: 'plain',
      centre: gainsK,
      deviation: Math.max(1.5, 0.6 * gainsK),
      min: -3,
      max: Math.max(12, 4 * gainsK),
    },
    positive('sensorK', 0.06, 0.9, [0.003, 0.6]),
    positive('airNoiseK', 0.1, 1.3, [0.001, 8]),
    positive('briefK', 1, 1.2, [0.01, 40]),
    positive('briefHours', 5, 0.8, [0.7, 60]),
    ...(hasHabit ? HABIT : []),
  ]
}

function massCoordinates(
  wide: (name: keyof GreyBox, centre: number, times: number) => Coordinate,
  { model }: IdentifyPrior,
  loss: number,
): readonly Coordinate[] {
  return [
    wide('massKwhPerK', model.massKwhPerK, 1.1),
    // Below 1 the loss through the mass could not be what it is.
    positive('couplingRatio', model.couplingKwPerK / loss, 0.9, [1.2, 400]),
    share('airLossRatio', Math.min(0.9, model.airLossKwPerK / loss), 1, [0.05, 0.98]),
    share('heatToAirRatio', model.heatToAirRatio, 0.9, [0.05, 0.98]),
    positive('massNoiseK', 0.03, 1.1, [0.0005, 3]),
  ]
}

type Name = keyof GreyBox
const HABIT_NAMES = ['cosDayK', 'sinDayK', 'cosHalfDayK', 'sinHalfDayK'] as const
const HABIT: readonly Coordinate[] = HABIT_NAMES.map((name) => ({
  name,
  scale: 'plain',
  centre: 0,
  deviation: 1,
  min: -6,
  max: 6,
}))

function positive(
  name: Name,
  centre: number,
  deviation: number,
  span: readonly [number, number],
): Coordinate {
  return { name, scale: 'log', centre, deviation, min: span[0], max: span[1] }
}

function share(name: Name, centre: number, deviation: number, span: readonly [number, number]): Coordinate {
  return { name, scale: 'logit', centre, deviation, min: span[0], max: span[1] }
}

export function toScale(value: number, scale: Coordinate['scale']): number {
  if (scale === 'log') return Math.log(value)
  return scale === 'logit' ? Math.log(value / (1 - value)) : value
}

export function fromScale(x: number, scale: Coordinate['scale']): number {
  if (scale === 'log') return Math.exp(x)
  return scale === 'logit' ? 1 / (1 + Math.exp(-x)) : x
}

const ABSENT: GreyBox = {
  lossKwPerK: 0,
  airKwhPerK: 0,
  massKwhPerK: 0,
  couplingRatio: 0,
  airLossRatio: 1,
  heatToAirRatio: 1,
  apertureM2: 0,
  gainsK: 0,
  emitterHours: 0,
  sensorK: 0,
  airNoiseK: 0,
  massNoiseK: 0,
  briefK: 0,
  briefHours: 1,
  cosDayK: 0,
  sinDayK: 0,
  cosHalfDayK: 0,
  sinHalfDayK: 0,
}

/** The grey box at x, in the order of the coordinates. */
export function greyBoxAt(list: readonly Coordinate[], x: ArrayLike<number>): GreyBox {
  const box: { -readonly [K in Name]: number } = { ...ABSENT }
  for (let j = 0; j < list.length; j++) box[list[j].name] = fromScale(x[j], list[j].scale)
  return box
}

/** Where a grey box lies, cut to the bounds. */
export function coordinatesOf(list: readonly Coordinate[], box: GreyBox): Float64Array {
  return Float64Array.from(list, ({ name, scale, min, max }) =>
    toScale(Math.max(min, Math.min(max, box[name])), scale),
  )
}
