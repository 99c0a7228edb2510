import type { CopPoint, Tariff } from '../domain/building.ts'
import type { Instant } from '../domain/instant.ts'
import { localTime } from '../domain/local-time.ts'

/** What a kilowatt-hour of space heat costs its owner in the slot at `at`, EUR; a negative spot price stays so. */
export function tariffEurPerKwh(
  tariff: Tariff,
  at: Instant,
  spotEurPerMwh: number,
  outdoorC: number,
  timeZone: string,
): number {
  switch (tariff.kind) {
    case 'spot':
      return (spotEurPerMwh + tariff.feeEurPerMwh) / 1000
    case 'flat':
      return tariff.eurPerMwh / 1000
    case 'monthly':
      return tariff.eurPerMwh[localTime(at, timeZone).month - 1] / 1000
    case 'heat-pump':
      return (spotEurPerMwh + tariff.feeEurPerMwh) / 1000 / copAt(tariff.copByOutdoorC, outdoorC)
    default:
      return tariff satisfies never
  }
}

/** The coefficient of performance at an outdoor temperature, on lines between the points, flat beyond them. */
export function copAt(points: readonly CopPoint[], outdoorC: number): number {
  const sorted = [...points].sort((a, b) => a.outdoorC - b.outdoorC)
  const above = sorted.findIndex((point) => point.outdoorC > outdoorC)
  if (above === 0) return sorted[0].cop
  if (above < 0) return sorted[sorted.length - 1].cop
  const [left, right] = [sorted[above - 1], sorted[above]]
  const share = (outdoorC - left.outdoorC) / (right.outdoorC - left.outdoorC)
  return left.cop + share * (right.cop - left.cop)
}
