import type { Logger } from 'pino'
import type { Building } from '../core/domain/building.ts'
import { DEFAULT_ORDER_SETTINGS } from '../core/plan/orders/order-settings.ts'
import type { ControlledSetup } from './controlled-run.ts'
import { knownCo2 } from './production/known-co2.ts'
import type { Scenario } from './scenario.ts'
import { type Scene, siteOf } from './street.ts'
import { createWeatherTrack } from './weather-track.ts'

/** How a life under control is lived, whatever the scenario. */
export interface LiveOptions {
  readonly workers: number
  readonly log: Logger
  /** One line of progress for people. */
  readonly say: (line: string) => void
  readonly brokerDelayMs?: (() => number) | undefined
  readonly horizonHours?: number | undefined
}

/** Residents who press `warmer` when their rooms are cold. */
const RESIDENTS = { coldBelowC: 19.5, pressChance: 0.1, lastsHours: 2 }

/** A scenario's life under control, but for plant, network and what an operator does. */
export function controlledSetup(
  { scenario, world, street }: Scene,
  buildings: readonly Building[],
  options: LiveOptions,
): ControlledSetup {
  const { start, days, warmUpDays, seed, faults, outage, fleet } = scenario
  return {
    specs: street.map(({ spec }) => spec),
    buildings,
    site: siteOf(scenario),
    start,
    days,
    warmUpDays,
    telemetryMinutes: fleet.telemetryMinutes,
    track: createWeatherTrack(world.truth.weather),
    prices: world.prices,
    weather: world.weather,
    co2: knownCo2(world),
    emissions: scenario.emissions,
    // A fleet that nobody calls keeps no writes back for calls.
    orders: isCalled(scenario) ? DEFAULT_ORDER_SETTINGS : { ...DEFAULT_ORDER_SETTINGS, callWrites: 0 },
    seed,
    faults,
    residents: fleet.residents ? RESIDENTS : undefined,
    outage,
    horizonHours: options.horizonHours ?? 48,
    workers: options.workers,
    brokerDelayMs: options.brokerDelayMs,
    log: options.log,
    onDay: (day: number) => options.say(day <= 0 ? `warm-up, ${-day} days to go` : `day ${day} of ${days}`),
  }
}

function isCalled({ orders, calls }: Scenario): boolean {
  return orders.length > 0 || calls !== undefined
}
