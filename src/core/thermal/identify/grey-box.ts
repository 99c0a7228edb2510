/**
 * A building as a grey box, all in one family:
 *
 *   Ci Ti' = coupling (Tm − Ti) + s·loss (To − Ti) + ρ e + ½ A I + gains + b
 *   Cm Tm' = coupling (Ti − Tm) + mass loss (To − Tm) + (1 − ρ) e + ½ A I
 *    e'   = (heat − e) / emitterHours
 *    b'   = −b / briefHours + noise
 *
 * Without mass or emitter the respective state is left out. Gains and b are told in kelvins of the building's loss.
 */
export interface GreyBox {
  /** Heat lost a kelvin once all is settled, kW/K. */
  readonly lossKwPerK: number
  readonly airKwhPerK: number
  readonly massKwhPerK: number
  /** Coupling between air and mass over the loss. */
  readonly couplingRatio: number
  /** The part of the loss that leaves the air directly. */
  readonly airLossRatio: number
  readonly heatToAirRatio: number
  readonly apertureM2: number
  readonly gainsK: number
  readonly emitterHours: number
  /** Noise of the thermometer, K. */
  readonly sensorK: number
  /** What moves air and mass and is not in the model, K per root hour. */
  readonly airNoiseK: number
  readonly massNoiseK: number
  /** Standing deviation of the unmeasured heat that fades with `briefHours`. */
  readonly briefK: number
  readonly briefHours: number
  /** Habit of the day: cosine and sine of 24 h, then of 12 h, by UTC. */
  readonly cosDayK: number
  readonly sinDayK: number
  readonly cosHalfDayK: number
  readonly sinHalfDayK: number
}

/** Which states a candidate has besides air and brief heat. */
export interface Shape {
  readonly hasMass: boolean
  readonly hasEmitter: boolean
  readonly hasSun: boolean
  readonly hasHabit: boolean
}

/** kW/K between air and mass, and from mass to the outside, of a grey box with a mass. */
export function massConductances(box: GreyBox): { readonly coupling: number; readonly massLoss: number } {
  const coupling = box.couplingRatio * box.lossKwPerK
  const through = (1 - box.airLossRatio) * box.lossKwPerK
  // In series with the coupling, the mass's loss makes up the rest of the whole.
  return { coupling, massLoss: (coupling * through) / (coupling - through) }
}

/** A name for people: one, two or three states. */
export function shapeName({ hasMass, hasEmitter, hasHabit }: Shape): string {
  const states = ['air', ...(hasMass ? ['mass'] : []), ...(hasEmitter ? ['emitter'] : [])]
  return `${states.join('+')}${hasHabit ? ', daily habit' : ''}`
}

export function stateCount({ hasMass, hasEmitter }: Shape): 1 | 2 | 3 {
  return hasMass && hasEmitter ? 3 : hasMass || hasEmitter ? 2 : 1
}
