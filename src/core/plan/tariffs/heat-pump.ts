import type { CopPoint, HeatPumpTariff, PumpTerms } from '../../domain/tariff.ts'
import type { TariffMoment } from './tariff-moment.ts'

const KELVIN = 273.15
/** Closer than this no compressor works. */
const LEAST_LIFT_K = 15
/** Frost grows on the evaporator this far either side of 0 °C; colder air is dry. */
const FROST_K = 7

/** Electricity at spot plus grid fee through the heat pump, EUR/kWh of heat; the backup's price beyond its capacity. */
export function heatPumpEurPerKwh(tariff: HeatPumpTariff, moment: TariffMoment): number {
  const electricEurPerKwh = (moment.spotEurPerMwh + tariff.feeEurPerMwh) / 1000
  const { pump } = tariff
  if (pump && moment.loadKw > capacityKw(pump, moment.outdoorC)) {
    return electricEurPerKwh / pump.backupEfficiency
  }
  return electricEurPerKwh / buildingCop(tariff, moment.outdoorC, moment.supplyC)
}

/** Heat over electricity of a building's heat pump, never under that of a heating rod. */
export function buildingCop(tariff: HeatPumpTariff, outdoorC: number, supplyC: number): number {
  const cop = copAt(tariff.copByOutdoorC, outdoorC) * liftFactor(tariff.copByOutdoorC, outdoorC, supplyC)
  const frost = Math.max(0, 1 - Math.abs(outdoorC) / FROST_K)
  return Math.max(1, cop * (1 - (tariff.pump?.defrostLossRatio ?? 0) * frost))
}

/** The coefficient of performance at an outdoor temperature, on lines between the points, flat beyond them. */
export function copAt(points: readonly CopPoint[], outdoorC: number): number {
  return onLines(
    points.map((point) => [point.outdoorC, point.cop]),
    outdoorC,
  )
}

/** By Carnot, another supply temperature than the points hold at; 1 where they do not say which. */
function liftFactor(points: readonly CopPoint[], outdoorC: number, supplyC: number): number {
  const rated = points.flatMap((point) =>
    point.supplyC === undefined ? [] : [[point.outdoorC, point.supplyC] as const],
  )
  if (rated.length === 0) return 1
  return carnotCop(outdoorC, supplyC) / carnotCop(outdoorC, onLines(rated, outdoorC))
}

function carnotCop(outdoorC: number, supplyC: number): number {
  return (supplyC + KELVIN) / Math.max(LEAST_LIFT_K, supplyC - outdoorC)
}

function capacityKw({ capacity }: PumpTerms, outdoorC: number): number {
  if (!capacity) return Number.POSITIVE_INFINITY
  return onLines(
    capacity.map((point) => [point.outdoorC, point.kw]),
    outdoorC,
  )
}

function onLines(points: readonly (readonly [x: number, y: number])[], x: number): number {
  const sorted = [...points].sort(([a], [b]) => a - b)
  const above = sorted.findIndex(([at]) => at > x)
  if (above === 0) return sorted[0][1]
  if (above < 0) return sorted[sorted.length - 1][1]
  const [[x0, y0], [x1, y1]] = [sorted[above - 1], sorted[above]]
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
}
