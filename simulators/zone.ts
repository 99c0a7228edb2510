import type { ZoneSpec } from './building-spec.ts'
import { RADIATIVE_SHARE, type RadiatorState, radiatorKwhPerK, stepRadiator } from './radiator.ts'
import { valveFlowRatio, valveOpening } from './valve.ts'

const STEP_HOURS = 1 / 60
const GAINS_TO_AIR = 0.4
const SOLAR_TO_AIR = 0.6

export interface ZoneState extends RadiatorState {
  airC: number
  massC: number
  envelopeC: number
  /** What the valve's head has come to feel. */
  feltC: number
  presence: number
  /** 0 shut, 1 open; a share where chance is off. */
  window: number
  flowKwPerK: number
  /** From the neighbours' masses. */
  neighbourKw: number
  gainsKw: number
  lossKw: number
}

/** What is the same around every zone of a building in this minute. */
export interface Surroundings {
  outdoorC: number
  /** 1 at 4 m/s. */
  windRatio: number
  fanRatio: number
  supplyAirC: number
  applianceRatio: number
  /** Heat of hot-water pipes, kW per m² of floor. */
  pipeGainKwM2: number
  readonly facadeWm2: Float64Array
}

/** The valve's head follows the room; what it lets through at the pump's full head is left in the state. */
export function moveValve(zone: ZoneSpec, state: ZoneState): void {
  state.feltC += (state.airC - state.feltC) / zone.valve.lagMin
  state.flowKwPerK = zone.radiator.flowKwPerK * valveFlowRatio(valveOpening(zone.valve, state.feltC))
}

/** One minute of a zone: its radiator, then air (implicit), mass and envelope (explicit). */
export function stepZone(zone: ZoneSpec, state: ZoneState, around: Surroundings, supplyC: number): void {
  stepRadiator(state, zone.radiator, supplyC, state.flowKwPerK, state.airC)
  const solarKw = (zone.apertureM2 * around.facadeWm2[zone.facade]!) / 1000
  const innerKw =
    zone.peopleKw * state.presence +
    zone.applianceKw * around.applianceRatio +
    around.pipeGainKwM2 * zone.areaM2
  const leakKwPerK =
    zone.windowLossKwPerK + zone.infiltrationKwPerK * around.windRatio + zone.openWindowKwPerK * state.window
  const fanKwPerK = zone.ventilationKwPerK * around.fanRatio
  const toAirKw = (1 - RADIATIVE_SHARE) * state.emittedKw + GAINS_TO_AIR * innerKw + SOLAR_TO_AIR * solarKw
  const toMassKw =
    RADIATIVE_SHARE * state.emittedKw + (1 - GAINS_TO_AIR) * innerKw + (1 - SOLAR_TO_AIR) * solarKw
  const inertia = zone.airKwhPerK / STEP_HOURS
  const airC =
    (inertia * state.airC +
      zone.airMassKwPerK * state.massC +
      zone.envelopeInKwPerK * state.envelopeC +
      leakKwPerK * around.outdoorC +
      fanKwPerK * around.supplyAirC +
      toAirKw) /
    (inertia + zone.airMassKwPerK + zone.envelopeInKwPerK + leakKwPerK + fanKwPerK)
  const wallKw = zone.envelopeInKwPerK * (airC - state.envelopeC)
  const outKw = zone.envelopeOutKwPerK * (state.envelopeC - around.outdoorC)
  const massKw = zone.airMassKwPerK * (airC - state.massC) + toMassKw + state.neighbourKw
  state.airC = airC
  state.massC += (massKw * STEP_HOURS) / zone.massKwhPerK
  state.envelopeC += ((wallKw - outKw) * STEP_HOURS) / zone.envelopeKwhPerK
  state.gainsKw = solarKw + innerKw
  state.lossKw = outKw + leakKwPerK * (airC - around.outdoorC) + fanKwPerK * (airC - around.supplyAirC)
}

/** Heat held above 0 °C. */
export function zoneStoredKwh(zone: ZoneSpec, state: ZoneState): number {
  return (
    zone.airKwhPerK * state.airC +
    zone.massKwhPerK * state.massC +
    zone.envelopeKwhPerK * state.envelopeC +
    radiatorKwhPerK(zone.radiator) * 0.5 * (state.middleC + state.outletC)
  )
}

/** A room that has been at `airC` for long, over a guess of 35 °C water. */
export function settledZone(airC: number, outdoorC: number): ZoneState {
  return {
    airC,
    massC: airC,
    envelopeC: airC + 0.3 * (outdoorC - airC),
    feltC: airC,
    middleC: 40.5,
    outletC: 30.5,
    emittedKw: 0.5,
    takenKw: 0.5,
    presence: 0.5,
    window: 0,
    flowKwPerK: 0.5,
    neighbourKw: 0.5,
    gainsKw: 0.5,
    lossKw: 0.5,
  }
}
