import type { Instant } from '../../domain/instant.ts'

/** What the price of a kilowatt-hour depends on. */
export interface TariffMoment {
  readonly at: Instant
  readonly spotEurPerMwh: number
  readonly outdoorC: number
  /** Supply temperature of the heating circuit. */
  readonly supplyC: number
  /** Space heat expected then, kW: where it is beyond a heat pump, its backup makes the next kilowatt. */
  readonly loadKw: number
  readonly timeZone: string
}
