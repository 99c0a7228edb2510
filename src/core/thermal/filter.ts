import type { ThermalModel } from '../domain/building.ts'
import { heatLossKwPerK } from './time-constant.ts'

/** Order of the state: air and mass, °C; the short-lived and the slow part of unmeasured heat, kW. */
export const AIR = 0
export const MASS = 1
export const BRIEF = 2
export const SLOW = 3
export const STATES = 4

/** In this time the short-lived heat fades to 1/e. */
export const BRIEF_HOURS = 4

/** A Gaussian over the four states; `covariance` is 4x4, row by row, symmetric and positive semidefinite. */
export interface ThermalFilter {
  readonly mean: Float64Array
  readonly covariance: Float64Array
}

/** How much of the world the model leaves out, per root hour, and how far a thermometer is to be believed. */
export interface FilterNoise {
  readonly airK: number
  readonly massK: number
  /** Standing deviation of the short-lived heat. */
  readonly briefKw: number
  readonly slowKw: number
  /** The slow part moves no faster than this, kW an hour: an afternoon's sun is not a habit. */
  readonly slowRateKw: number
  readonly sensorK: number
}

/** Noise in proportion to the building: a kelvin of it costs `heatLossKwPerK`. */
export function filterNoise(model: ThermalModel): FilterNoise {
  const kwPerK = heatLossKwPerK(model)
  return {
    airK: 0.05,
    massK: 0.02,
    briefKw: 2 * kwPerK + 0.3 * model.gainsKw,
    slowKw: 0.1 * kwPerK,
    slowRateKw: 0.25 * kwPerK,
    sensorK: 0.15,
  }
}

export interface FilterStart {
  readonly airC: number
  readonly massC: number
}

/** A filter that has seen one temperature and knows nothing of the mass or of unmeasured heat. */
export function createFilter(model: ThermalModel, start: FilterStart): ThermalFilter {
  const noise = filterNoise(model)
  const mean = new Float64Array(STATES)
  mean[AIR] = start.airC
  mean[MASS] = start.massC
  const covariance = new Float64Array(STATES * STATES)
  const deviation = [0.3, 1, noise.briefKw, 5 * heatLossKwPerK(model)]
  for (let i = 0; i < STATES; i++) covariance[i * STATES + i] = deviation[i] * deviation[i]
  return { mean, covariance }
}

/** The same belief with all temperatures `byK` higher: what they stand for has changed, not the building. */
export function shiftFilter(filter: ThermalFilter, byK: number): ThermalFilter {
  const mean = filter.mean.slice()
  mean[AIR] += byK
  mean[MASS] += byK
  return { mean, covariance: filter.covariance }
}
